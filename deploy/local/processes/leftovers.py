"""The processes of this checkout, and stopping those that a killed launcher left behind."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypedDict

import psutil

from deploy.local.checkout import Checkout, write_secretly


class Row(TypedDict):
    """A process as recorded; the start time distinguishes it from a later one with the same pid."""

    name: str
    pid: int
    started: float


class Register:
    """`.local/run.json`: the launcher and every process it has started that still runs."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._rows: list[Row] = []

    def add(self, name: str, pid: int) -> None:
        """Record a process that was just started."""
        row = Row(name=name, pid=pid, started=psutil.Process(pid).create_time())
        self._rows = [*(kept for kept in self._rows if _process(kept)), row]
        write_secretly(self._path, json.dumps(self._rows, indent=1))


def rows(checkout: Checkout) -> list[Row]:
    """The records of the last launcher; empty when there was none."""
    return json.loads(checkout.run.read_text()) if checkout.run.exists() else []


def launcher(checkout: Checkout) -> psutil.Process | None:
    """The launcher's process, while it runs."""
    return next((process for row in rows(checkout) if row["name"] == "launcher" and (process := _process(row))), None)


def processes(checkout: Checkout) -> dict[str, list[psutil.Process]]:
    """Running processes by program, each with its descendants, including the launcher."""
    alive: dict[str, list[psutil.Process]] = {}
    for row in rows(checkout):
        if process := _process(row):
            family = [] if row["name"] == "launcher" else _descendants(process)
            alive.setdefault(row["name"], []).extend([process, *family])
    return alive


def programs(checkout: Checkout) -> dict[str, int]:
    """How many processes of each program run, without descendants."""
    names = [row["name"] for row in rows(checkout) if _process(row)]
    return {name: names.count(name) for name in sorted(set(names))}


def variables(checkout: Checkout, program: str) -> dict[str, str]:
    """The environment of a running program; empty when it does not run."""
    family = processes(checkout).get(program)
    return family[0].environ() if family else {}


def end(checkout: Checkout, seconds: float = 15) -> int:
    """Stop all processes of this checkout except the launcher; returns how many there were."""
    found = {process for name, family in processes(checkout).items() if name != "launcher" for process in family}
    found |= set(_marked(checkout))
    for process in found:
        _quietly(process.terminate)
    for process in wait(found, seconds):
        _quietly(process.kill)
    wait(found, 5)
    checkout.run.unlink(missing_ok=True)
    checkout.demo_env.unlink(missing_ok=True)
    return len(found)


def wait(ending: Iterable[psutil.Process], seconds: float) -> list[psutil.Process]:
    """Wait until these have ended; returns those that have not. (psutil's own wait counts a zombie as alive.)"""
    deadline = time.monotonic() + seconds
    while (alive := [process for process in ending if _lives(process)]) and time.monotonic() < deadline:
        time.sleep(0.05)
    return alive


def _marked(checkout: Checkout) -> list[psutil.Process]:
    """Processes with this checkout's mark, recorded or not."""
    mine = psutil.Process()
    return [
        process
        for process in psutil.process_iter()
        if process != mine and process != launcher(checkout) and _mark(process) == str(checkout.root)
    ]


def _mark(process: psutil.Process) -> str | None:
    try:
        return process.environ().get("LINTEL_CHECKOUT")
    except (psutil.Error, OSError):
        return None  # Another user's process, or one that has ended: not ours.


def _process(row: Row) -> psutil.Process | None:
    try:
        process = psutil.Process(row["pid"])
        same = abs(process.create_time() - row["started"]) < 1
    except psutil.NoSuchProcess:
        return None
    return process if same and _lives(process) else None


def _lives(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _descendants(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def _quietly(action: Callable[[], None]) -> None:
    try:
        action()
    except psutil.NoSuchProcess:
        return
