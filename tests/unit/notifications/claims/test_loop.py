"""The one loop of all senders."""

from __future__ import annotations

import threading

import pytest
from pymongo.errors import AutoReconnect

from services.notifications.claims.loop import ClaimLoop


class Numbers:
    """A sender of numbers; handling the last one stops the loop."""

    def __init__(self, stop: threading.Event, *due: int, fails_with: Exception | None = None) -> None:
        self.stop, self.due, self.fails_with = stop, list(due), fails_with
        self.handled: list[int] = []
        self.tidied = 0

    def claim(self) -> int | None:
        return self.due[0] if self.due else None

    def handle(self, claimed: int) -> None:
        if self.fails_with is not None:
            error, self.fails_with = self.fails_with, None
            raise error
        self.handled.append(self.due.pop(0))
        if not self.due:
            self.stop.set()

    def tidy(self) -> None:
        self.tidied += 1


def running(sender: Numbers) -> ClaimLoop[int]:
    loop = ClaimLoop(sender)
    loop.wake.set()
    return loop


def test_everything_that_is_due_is_handled_one_by_one() -> None:
    stop = threading.Event()
    sender = Numbers(stop, 1, 2, 3)
    running(sender).run(stop)
    assert (sender.handled, sender.tidied) == ([1, 2, 3], 1)


def test_an_outage_is_waited_out_and_what_was_claimed_is_taken_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.notifications.claims.loop.AFTER_OUTAGE", 0)
    stop = threading.Event()
    sender = Numbers(stop, 1, fails_with=AutoReconnect("away"))
    running(sender).run(stop)
    assert sender.handled == [1]


def test_a_fault_of_the_program_ends_the_loop_and_so_the_process() -> None:
    stop = threading.Event()
    with pytest.raises(ZeroDivisionError):
        running(Numbers(stop, 1, fails_with=ZeroDivisionError())).run(stop)


def test_nothing_is_handled_after_the_stop() -> None:
    stop = threading.Event()
    stop.set()
    sender = Numbers(stop, 1)
    running(sender).run(stop)
    assert (sender.handled, sender.tidied) == ([], 0)


def test_one_step_says_whether_anything_was_due() -> None:
    sender = Numbers(threading.Event(), 7)
    loop = ClaimLoop(sender)
    assert (loop.handle_next(), loop.handle_next()) == (True, False)
