"""Keeps programs running: restarts them after crashes, scales them live, stops them in order (circus)."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from circus.arbiter import Arbiter
from circus.client import CircusClient
from circus.exc import CallError, ConflictError
from circus.watcher import Watcher
from tornado.ioloop import IOLoop

from deploy.local.complaint import Complaint
from deploy.local.processes.process import Program

SECONDS_TO_STOP = 20.0
CHECK_SECONDS = 0.5


class Keeper(Arbiter):
    """Circus, limited to its own children."""

    def manage_watchers(self) -> Any:
        """Restart crashed programs; not while a start or stop is running (circus would log a conflict)."""
        return super().manage_watchers() if self._exclusive_running_command is None else None

    def reap_processes(self) -> None:
        """Collect exit codes of our own children; circus would take every child's, a setup's too."""
        for watcher in self.iter_watchers():
            for pid in [] if watcher.is_stopped() else list(watcher.processes):
                try:
                    ended, status = os.waitpid(pid, os.WNOHANG)
                except ChildProcessError:
                    ended, status = pid, None
                if ended:
                    watcher.reap_process(pid, status)


class Supervisor:
    """Groups of programs; a group starts and stops as one. Use it from the main thread's event loop."""

    def __init__(self, endpoint: str, spawned: Callable[[str, int], None]) -> None:
        self._spawned = spawned
        self._arbiter = Keeper(
            [], endpoint, f"{endpoint}-events", check_delay=CHECK_SECONDS, loop=IOLoop.current(), proc_name="lintel"
        )
        # Circus handles signals itself by default; here the launcher decides what they mean.
        self._arbiter.ctrl.sys_hdl.stop()
        self._groups: list[list[Watcher]] = []

    async def open(self) -> None:
        """Listen for commands."""
        await self._arbiter.start()

    async def start(self, programs: Sequence[Program]) -> None:
        """Start a group and keep it running."""
        watchers = [await self._exclusively(self._adds(program)) for program in programs]
        self._groups.append(watchers)
        for watcher in watchers:
            await self._exclusively(watcher.start)

    def wanted(self) -> dict[str, int]:
        """How many processes of each program are kept running."""
        return {watcher.name: watcher.numprocesses for watchers in self._groups for watcher in watchers}

    def keep(self, program: str, count: int) -> bool:
        """Set the number of processes of a program from the next check on; false when there is no such program
        (yet).
        """
        found = [each for watchers in self._groups for each in watchers if each.name == program]
        for watcher in found:
            watcher.numprocesses = count
        return bool(found)

    async def stop(self, seconds: float = SECONDS_TO_STOP) -> None:
        """Stop the groups, the last started first; processes that take too long are killed."""
        deadline = time.monotonic() + seconds
        for left, watchers in zip(range(len(self._groups), 0, -1), reversed(self._groups), strict=True):
            share = max(0.0, deadline - time.monotonic()) / left * (1 if left == 1 else 1.5)
            await self._stop_group(watchers, share)
        await self._arbiter.stop()

    async def _stop_group(self, watchers: list[Watcher], seconds: float) -> None:
        for watcher in watchers:
            watcher.graceful_timeout = seconds
        await self._exclusively(lambda: self._arbiter.stop_watchers(watcher_iter_func=lambda reverse: watchers))

    def _adds(self, program: Program) -> Callable[[], Watcher]:
        python, *rest = program.leash()
        return lambda: self._arbiter.add_watcher(
            program.name,
            python.replace(" ", "\\ "),
            args=rest,
            env=dict(program.env),
            working_dir=str(program.cwd) if program.cwd else None,
            hooks={"after_spawn": (self._after_spawn, False)},
            stop_children=False,
            autostart=False,
        )

    def _after_spawn(self, watcher: Watcher, pid: int, **_: Any) -> bool:
        self._spawned(watcher.name, pid)
        return True

    async def _exclusively(self, call: Callable[[], Any]) -> Any:
        """Circus does one thing at a time and refuses a second one; wait for our turn."""
        while True:
            try:
                result = call()
                return await result if isinstance(result, Awaitable) else result
            except ConflictError:
                await asyncio.sleep(0.05)


def scale(endpoint: str, program: str, count: int) -> None:
    """Set the number of processes of a program at a running supervisor; raises Complaint when it refuses."""
    client = CircusClient(endpoint=endpoint)
    try:
        answer = client.send_message("set", name=program, options={"numprocesses": count})
    except CallError as error:
        raise Complaint(f"The supervisor does not answer ({error}); is `make run` running here?") from None
    finally:
        client.stop()
    if answer.get("status") != "ok":
        raise Complaint(f"{program}: {answer.get('reason')}")
