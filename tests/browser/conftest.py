"""Fixtures of the browser tests: the running system, Chromium, visitors with nothing to complain about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from deploy.local import plan
from tests.browser.running_system import AgencyAtWork, RunningSystem, a_running_system
from tests.browser.visitor import Visitor, keep_picture
from tests.chromium import a_chromium

HERE = Path(__file__).parent
TOWNS = 2
Visitors = Callable[..., Visitor]
Pictures = Callable[[Visitor, str], None]


@pytest.hookimpl(tryfirst=True)  # before the workers read the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A process drives every other file in a system of its own; starting it may fall into the first test's time."""
    mine = [item for item in items if HERE in item.path.parents]
    files = sorted({item.path for item in mine})
    for item in mine:
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.xdist_group(f"browser-{files.index(item.path) % TOWNS}"))
        item.add_marker(pytest.mark.timeout(300))


@pytest.fixture(scope="package")
def running_system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSystem]:
    """All of Lintel, started once a process."""
    with a_running_system(tmp_path_factory.mktemp("system")) as found:
        yield found


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The browser."""
    with a_chromium() as found:
        yield found


@pytest.fixture
def agency(running_system: RunningSystem) -> AgencyAtWork:
    """An agency of this test's own, with an admin."""
    return running_system.agency()


@pytest.fixture
def visitors(chromium: Browser, running_system: RunningSystem) -> Iterator[Visitors]:
    """Browsers on demand: `visitors("phone", "sl")`; afterwards none may have complained or asked another host."""
    opened: list[Visitor] = []

    def come(device: str = "desktop", language: str = "en") -> Visitor:
        opened.append(Visitor(chromium, running_system.url, device, language))
        return opened[-1]

    yield come
    for visitor in opened:
        visitor.context.close()
    assert [line for visitor in opened for line in visitor.complaints_left()] == []
    assert [line for visitor in opened for line in visitor.foreign] == []


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Pictures:
    """`picture(visitor, "today")` keeps docs/pictures/today.png, when the run was asked for pictures."""
    folder = plan.root() / "docs/pictures" if request.config.getoption("--pictures") else None
    return lambda visitor, name: keep_picture(visitor, folder, name)
