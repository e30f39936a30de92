"""`make doctor`: reports what is installed, what runs, response times and memory."""

from __future__ import annotations

import importlib.metadata
import platform
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

import amqp
import psutil
from rich.console import Console
from rich.table import Table

from deploy.local import environment
from deploy.local.checkout import Checkout
from deploy.local.complaint import Complaint
from deploy.local.processes import leftovers, ready
from deploy.local.servers import mongod, rabbitmq
from deploy.local.servers.ports import is_free
from shared.running.services import PORTS, SERVICES

MEMORY_AIM = 1.2e9
DISK_AIM = 2e9


@dataclass(frozen=True)
class Finding:
    """One line of the report; `fine` is None where there is nothing to judge."""

    what: str
    told: str
    fine: bool | None = None


def report(checkout: Checkout) -> int:
    """Print the report; 1 when something is wrong, else 0."""
    findings = [*_installed(), *_machine(checkout), *_running(checkout)]
    table = Table(box=None, show_header=False)
    for _ in range(3):
        table.add_column(overflow="fold")
    for finding in findings:
        table.add_row({None: " ", True: "[green]ok", False: "[red]!!"}[finding.fine], finding.what, finding.told)
    Console().print(table)
    return int(any(finding.fine is False for finding in findings))


def _installed() -> Iterator[Finding]:
    yield Finding("python", platform.python_version(), True)
    names = ("flask", "gunicorn", "kombu", "pymongo", "circus")
    yield Finding("libraries", ", ".join(f"{name} {importlib.metadata.version(name)}" for name in names))
    try:
        binary = mongod.find()
        said = subprocess.run([binary, "--version"], capture_output=True, text=True, check=False)
        yield Finding("mongod", f"{(said.stdout or said.stderr).splitlines()[0]} ({binary})", said.returncode == 0)
    except Complaint as complaint:
        yield Finding("mongod", str(complaint), environment.given("MONGO_URL") is not None)
    script = rabbitmq.find()
    yield Finding("rabbitmq-server", str(script or "absent; `make run` installs it"), script is not None)


def _machine(checkout: Checkout) -> Iterator[Finding]:
    disk = shutil.disk_usage(checkout.root).free
    yield Finding("disk", f"{disk / 1e9:.1f} GB free", disk > DISK_AIM)
    memory = psutil.virtual_memory().available
    yield Finding("memory", f"{memory / 1e9:.1f} GB available, {psutil.cpu_count()} cores", memory > MEMORY_AIM)
    if not leftovers.launcher(checkout):
        taken = [f"{name} {port}" for name, port in PORTS.items() if not is_free(port)]
        yield Finding("ports", f"taken, others will be used: {', '.join(taken)}" if taken else "free")


def _running(checkout: Checkout) -> Iterator[Finding]:
    alive = leftovers.processes(checkout)
    launcher = leftovers.launcher(checkout)
    if not launcher:
        found = ", ".join(alive)
        yield Finding("running", f"left over: {found}; `make down` ends them" if alive else "nothing", not alive)
        return
    yield Finding("running", f"launcher {launcher.pid}, {sum(map(len, alive.values()))} processes", True)
    yield from _memory(alive)
    yield from _services(checkout)


def _memory(alive: dict[str, list[psutil.Process]]) -> Iterator[Finding]:
    sums = {name: sum(map(_pss, family)) for name, family in alive.items()}
    for name, size in sorted(sums.items(), key=lambda item: -item[1]):
        yield Finding(f"  {name}", f"{size / 1e6:6.0f} MB in {len(alive[name])} processes")
    total = sum(sums.values())
    yield Finding("memory in use", f"{total / 1e6:.0f} MB (sum of PSS)", total < MEMORY_AIM)


def _pss(process: psutil.Process) -> int:
    """Proportional set size in bytes: shared pages are counted once over all processes."""
    try:
        full = process.memory_full_info()
    except psutil.Error:
        return 0  # Ended meanwhile.
    return int(getattr(full, "pss", full.rss))


def _services(checkout: Checkout) -> Iterator[Finding]:
    """Readiness and queue depths, at the addresses in the processes' own environment."""
    for service in SERVICES:
        told = leftovers.variables(checkout, f"{service}-web")
        answer = ready.status(f"http://{told['BIND']}") if told else "not running"
        yield Finding(f"{service} /readyz", answer, answer == "200")
        told = leftovers.variables(checkout, f"{service}-worker")
        if not told:
            yield Finding(f"{service} worker", "not running", False)
            continue
        for kind in ("events", "dead"):
            depth = _depth(told["AMQP_URL"], f"{service}.{kind}.v1")
            yield Finding(f"{service}.{kind}.v1", f"{depth} waiting", None if kind == "events" else depth == "0")


def _depth(url: str, queue: str) -> str:
    """How many messages wait, or why the number is not known."""
    try:
        with amqp.Connection(**rabbitmq.parts(url), connect_timeout=3) as connection:
            return str(connection.channel().queue_declare(queue, passive=True).message_count)
    except (OSError, amqp.AMQPError) as error:
        return f"unknown: {error}"
