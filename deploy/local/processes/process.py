"""A program and the process that runs it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from deploy.local.complaint import Complaint

LEASH = Path(__file__).with_name("leash.py")
LOOK_AGAIN = 0.05


@dataclass(frozen=True)
class Program:
    """A command, its whole environment and the file for its output."""

    name: str
    argv: tuple[str, ...]
    env: Mapping[str, str] = field(repr=False)
    log: Path
    cwd: Path | None = None

    def leash(self, log: str | None = None) -> tuple[str, ...]:
        """The command as a child that ends when this process does; with "-" as log it keeps our output."""
        return (sys.executable, "-I", "-S", str(LEASH), str(os.getpid()), log or str(self.log), *self.argv)

    def last_words(self, lines: int = 20) -> str:
        """The end of the log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:]) if self.log.exists() else ""


class Running:
    """A child process that ends with its parent; start it from a thread that lives as long as the child should."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The process id; raises Complaint while nothing runs."""
        if self._child is None:
            raise Complaint(f"{self.program.name} is not running.")
        return self._child.pid

    @property
    def is_alive(self) -> bool:
        """Whether the process still runs."""
        return self._child is not None and self._child.poll() is None

    def start(self) -> None:
        """Start the process; its output is appended to its log."""
        self.program.log.parent.mkdir(parents=True, exist_ok=True)
        self._child = subprocess.Popen(
            self.program.leash(),
            env=dict(self.program.env),
            cwd=self.program.cwd,
            stdin=subprocess.DEVNULL,
        )

    def wait_until(self, ready: Callable[[], bool], seconds: float) -> None:
        """Wait for `ready`; raises Complaint with the end of the log when the process ends or takes too long."""
        deadline = time.monotonic() + seconds
        while not ready():
            if not self.is_alive:
                raise self._complaint("ended while starting")
            if time.monotonic() > deadline:
                raise Complaint(
                    f"{self.program.name} was not ready within {seconds:.0f} s:\n{self.program.last_words()}"
                )
            time.sleep(LOOK_AGAIN)

    def wait(self, seconds: float) -> int:
        """Wait for the process to end by itself; returns its exit code."""
        if self._child is None:
            raise Complaint(f"{self.program.name} is not running.")
        return self._child.wait(seconds)

    def kill(self) -> None:
        """Kill the process and its group at once, as in a crash (SIGKILL)."""
        if self._child is not None:
            self._signal_group(signal.SIGKILL)
            self._child.wait()

    def stop(self, seconds: float = 10) -> None:
        """Terminate the process (SIGTERM); after `seconds` kill it."""
        if self._child is None:
            return
        self._child.terminate()
        try:
            self._child.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()

    def _complaint(self, what: str) -> Complaint:
        return Complaint(f"{self.program.name} {what}:\n{self.program.last_words()}")

    def _signal_group(self, number: signal.Signals) -> None:
        try:
            os.killpg(self.pid, number)
        except ProcessLookupError:
            # Between fork and setsid the child has no group of its own yet; or it has ended already.
            if self._child is not None:
                self._child.send_signal(number)
