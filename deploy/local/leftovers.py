"""What runs of this checkout, and ending what a launcher that was killed has left behind."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypedDict

import psutil

from deploy.local.checkout import Checkout, write_secretly


class Row(TypedDict):
    """A process as written down; the start time tells it from a later one with the same pid."""

    name: str
    pid: int
    started: float


class Register:
    """`.local/run.json`: the launcher and every process it has started that still lives."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._rows: list[Row] = []

    def add(self, name: str, pid: int) -> None:
        """Write down a process that was just started."""
        row = Row(name=name, pid=pid, started=psutil.Process(pid).create_time())
        self._rows = [*(kept for kept in self._rows if _process(kept)), row]
        write_secretly(self._path, json.dumps(self._rows, indent=1))


def rows(checkout: Checkout) -> list[Row]:
    """What the last launcher wrote down; empty when there was none."""
    return json.loads(checkout.run.read_text()) if checkout.run.exists() else []


def launcher(checkout: Checkout) -> psutil.Process | None:
    """The launcher's process, while it lives."""
    return next((process for row in rows(checkout) if row["name"] == "launcher" and (process := _process(row))), None)


def processes(checkout: Checkout) -> dict[str, list[psutil.Process]]:
    """Living processes by program, each with its descendants, the launcher among them."""
    alive: dict[str, list[psutil.Process]] = {}
    for row in rows(checkout):
        if process := _process(row):
            family = [] if row["name"] == "launcher" else _descendants(process)
            alive.setdefault(row["name"], []).extend([process, *family])
    return alive


def programs(checkout: Checkout) -> dict[str, int]:
    """How many processes of each program live, descendants not counted."""
    names = [row["name"] for row in rows(checkout) if _process(row)]
    return {name: names.count(name) for name in sorted(set(names))}


def variables(checkout: Checkout, program: str) -> dict[str, str]:
    """The environment that a running program was given; empty when it does not run."""
    family = processes(checkout).get(program)
    return family[0].environ() if family else {}


def end(checkout: Checkout, seconds: float = 15) -> int:
    """End whatever is left of this checkout except the launcher; how many processes that were."""
    found = {process for name, family in processes(checkout).items() if name != "launcher" for process in family}
    found |= set(_marked(checkout))
    for process in found:
        _quietly(process.terminate)
    _, stubborn = psutil.wait_procs(list(found), timeout=seconds)
    for process in stubborn:
        _quietly(process.kill)
    psutil.wait_procs(stubborn, timeout=5)
    checkout.run.unlink(missing_ok=True)
    checkout.demo_env.unlink(missing_ok=True)
    return len(found)


def _marked(checkout: Checkout) -> list[psutil.Process]:
    """Processes that carry this checkout's mark, written down or not."""
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
        return None  # Another user's, or gone meanwhile: not ours.


def _process(row: Row) -> psutil.Process | None:
    try:
        process = psutil.Process(row["pid"])
        same = abs(process.create_time() - row["started"]) < 1 and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return None
    return process if same else None


def _descendants(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def _quietly(action: object) -> None:
    try:
        action()  # type: ignore[operator]
    except psutil.NoSuchProcess:
        return
