"""`make run` in checkouts of their own: two at once, killed, as an ordinary user; nothing is ever left behind."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser, expect

from deploy.local.checkout import Checkout
from deploy.local.processes import leftovers
from deploy.local.servers.ports import is_free
from shared.running.services import PORTS
from tests.browser.running_system import PASSWORD, Account
from tests.browser.visitor import Visitor
from tests.chromium import a_chromium
from tests.system.checkouts import ORDINARY_USER, Launcher, copy_to, ordinary_python, read_variables, running

pytestmark = [pytest.mark.owns_servers, pytest.mark.timeout(600)]

NAMES = (
    *("GATEWAY_URL", "LEADS_URL", "PROPERTIES_URL", "MATCHING_URL", "NOTIFICATIONS_URL", "TOKEN_URL"),
    *("CLIENT_ID", "CLIENT_SECRET", "AGENT_EMAIL", "AGENT_PASSWORD", "ADMIN_EMAIL", "ADMIN_PASSWORD"),
    *("OPERATOR_EMAIL", "OPERATOR_PASSWORD", "MAIL_DIR"),
)
URLS = [name for name in NAMES if name.endswith("_URL") and name != "TOKEN_URL"]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that an ordinary user can reach too (pytest's own is its owner's only)."""
    path = Path("/tmp") / f"lintel-{os.getpid()}-{time.monotonic_ns() % 10**9}"
    path.mkdir(mode=0o755)
    yield path
    shutil.rmtree(path)


@pytest.fixture(scope="module")
def resident(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Launcher]:
    """A launcher that the tests below look at and leave running, up to the last one; what needs quiet stands above."""
    with running(copy_to(tmp_path_factory.mktemp("resident") / "one"), with_demo=True) as launcher:
        launcher.wait_ready()
        yield launcher


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with a_chromium() as found:
        yield found


def ask(url: str) -> int:
    with urllib.request.urlopen(f"{url}/readyz", timeout=5) as answer:
        return int(answer.status)


def tell(checkout: Checkout, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "deploy.local", *words]
    return subprocess.run(command, cwd=checkout.root, capture_output=True, text=True, timeout=60, check=False)


def listening(family: list[psutil.Process]) -> set[int]:
    connections = [connection for process in family for connection in process.net_connections("inet")]
    return {connection.laddr[1] for connection in connections if connection.status == psutil.CONN_LISTEN}


def strewn(places: Iterable[Path], besides: Path) -> set[Path]:
    """Files of the user who runs the launcher that stand outside its checkout."""
    found = set()
    for place in places:
        for path in place.iterdir():
            with suppress(OSError):  # Another program's, gone meanwhile.
                if path.lstat().st_uid == ORDINARY_USER and path != besides:
                    found.add(path)
    return found


def mark(checkout: Checkout) -> list[psutil.Process]:
    """Every process anywhere that carries the checkout's mark."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get("LINTEL_CHECKOUT") == str(checkout.root):
                found.append(process)
        except psutil.Error:
            continue  # Gone meanwhile.
    return found


def test_two_checkouts_run_at_once_one_stops_alone_and_down_ends_what_the_others_killed_launcher_could_not(
    folder: Path,
) -> None:
    one, two = copy_to(folder / "one"), copy_to(folder / "two")
    with running(one) as first, running(two) as second:
        mine, theirs = first.wait_ready(), second.wait_ready()
        assert not {mine[name] for name in URLS} & {theirs[name] for name in URLS}
        assert [ask(told[name]) for told in (mine, theirs) for name in URLS] == [200] * 10
        first.signal(signal.SIGINT)
        assert first.wait_end() == 0
        assert mark(one) == []
        assert [ask(theirs[name]) for name in URLS] == [200] * 5
        stubborn = leftovers.processes(two)["leads-worker"][0]
        stubborn.suspend()
        second.signal(signal.SIGKILL)
        second.wait_end()
        assert leftovers.wait([stubborn], 0) == [stubborn]
        assert "Ended" in tell(two, "down").stdout
        assert leftovers.wait([stubborn], 0) == []
        assert mark(two) == []


def test_an_ordinary_users_killed_launcher_leaves_no_process_no_port_and_no_file(folder: Path) -> None:
    checkout = copy_to(folder / "one")
    places = [path for path in map(Path, ("/tmp", "/var/tmp", "/dev/shm", "/run", "/var/log")) if path.is_dir()]
    before = strewn(places, besides=folder)
    with running(checkout, ordinary_python(folder)) as launcher:
        launcher.wait_ready()
        family = launcher.family()
        ports = listening(family)
        assert {process.uids().effective for process in family} == {ORDINARY_USER}
        assert len(ports) >= len(PORTS) + 4
        launcher.signal(signal.SIGKILL)
        launcher.wait_end()
        assert leftovers.wait(family, 30) == []
        assert mark(checkout) == []
        assert all(is_free(port) for port in ports)
        assert strewn(places, besides=folder) <= before
        assert "Nothing is left" in tell(checkout, "down").stdout
        assert not checkout.run.exists()


def test_demo_env_tells_where_everything_is_and_who_may_enter(resident: Launcher) -> None:
    told = read_variables(resident.checkout.demo_env)
    assert set(told) == set(NAMES)
    assert all(told.values())
    assert [ask(told[name]) for name in URLS] == [200] * 5


def test_what_is_secret_is_for_its_owner_only(resident: Launcher) -> None:
    checkout = resident.checkout
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (checkout.demo_env, checkout.local / "secrets.json")}
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(checkout.control.stat().st_mode) == 0o700


def test_a_second_run_is_refused_and_harms_nothing(resident: Launcher) -> None:
    refused = tell(resident.checkout, "run")
    assert refused.returncode == 1
    assert "already runs" in refused.stderr
    assert ask(read_variables(resident.checkout.demo_env)["GATEWAY_URL"]) == 200


def test_crashed_processes_start_again(resident: Launcher) -> None:
    crashed = leftovers.processes(resident.checkout)["matching-worker"][0]
    crashed.kill()
    until(lambda: new_worker(resident.checkout, crashed))


def test_workers_scale_live(resident: Launcher) -> None:
    assert "3 running" in tell(resident.checkout, "scale", "matching", "3").stdout
    assert "1 running" in tell(resident.checkout, "scale", "matching", "1").stdout
    assert tell(resident.checkout, "scale", "moon", "3").returncode == 1


def test_doctor_finds_everything_in_order(resident: Launcher) -> None:
    found = tell(resident.checkout, "doctor")
    assert found.returncode == 0, found.stdout
    assert "sum of PSS" in found.stdout
    assert all(f"{service}.events.v1" in found.stdout for service in PORTS)


def test_one_worker_more_and_one_fewer_by_the_button(resident: Launcher, chromium: Browser) -> None:
    visitor = Visitor(chromium, read_variables(resident.checkout.demo_env)["GATEWAY_URL"])
    visitor.sign_in(operator_of(resident.checkout))
    page = visitor.visit("/services?open=properties")
    expect(page.locator("#row-properties output")).to_have_text("1")
    page.locator("#more-properties").click()
    expect(page.locator("#row-properties output")).to_have_text("2")
    expect(page.locator("#sub-properties .it")).to_contain_text("properties-worker-2")
    assert kept(resident.checkout, "properties") == 2
    assert stat.S_IMODE((resident.checkout.root / resident.checkout.door).stat().st_mode) == 0o600
    assert "2 running, 2 wanted" in tell(resident.checkout, "scale", "properties", "2").stdout
    page.locator("#less-properties").click()
    expect(page.locator("#row-properties output")).to_have_text("1")
    until(lambda: kept(resident.checkout, "properties") == 1)
    expect(page.locator("#sub-properties .it")).not_to_contain_text("properties-worker-2")
    assert (visitor.axe(), visitor.complaints_left(), visitor.foreign) == ([], [], [])
    visitor.context.close()


def test_down_stops_what_runs_in_order(resident: Launcher) -> None:
    checkout = resident.checkout
    assert "Stopped." in tell(checkout, "down").stdout
    assert resident.wait_end() == 0
    assert mark(checkout) == []
    assert not checkout.demo_env.exists()
    assert not checkout.run.exists()


def operator_of(checkout: Checkout) -> Account:
    """Somebody who runs the platform of this checkout, by the command that the launcher tells."""
    secret = checkout.root / "password.txt"
    secret.write_text(PASSWORD)
    words = ("create-operator", "--email", "operator@example.com", "--password-file", str(secret))
    assert tell(checkout, "service", "gateway", *words).returncode == 0
    return Account("", "operator@example.com", "Operator", "operator")


def kept(checkout: Checkout, service: str) -> int:
    """How many workers of a service run, as `make scale` counts them."""
    return leftovers.programs(checkout).get(f"{service}-worker", 0)


def new_worker(checkout: Checkout, old: psutil.Process) -> bool:
    return any(process.pid != old.pid for process in leftovers.processes(checkout).get("matching-worker", []))


def until(happens: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < deadline
        time.sleep(0.1)
