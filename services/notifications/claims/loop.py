"""The loop of all senders: woken or once a second, claim a due item and handle it, until stopped."""

from __future__ import annotations

import threading
import time
from typing import Generic, Protocol, TypeVar

from shared.messaging.inbox import is_outage

Claimed = TypeVar("Claimed")
LOOK_EVERY = 1.0  # seconds, where nothing wakes the loop
AFTER_OUTAGE = 0.5  # seconds


class Sender(Protocol[Claimed]):
    """The interface of a sender to the loop: claim an item, and handle it."""

    def claim(self) -> Claimed | None:
        """Claim the next due item under a lease; None when nothing is due."""

    def handle(self, claimed: Claimed) -> None:
        """Send the item or record why not; an item without a result is due again when its lease has expired."""

    def tidy(self) -> None:
        """Repair what crashed processes left behind; called about once a second."""


class ClaimLoop(Generic[Claimed]):
    """Runs one sender in a thread; several may compete, since only one gets each claim."""

    def __init__(self, sender: Sender[Claimed]) -> None:
        self.sender = sender
        self.wake = threading.Event()
        self._tidy_at = 0.0

    def run(self, stop: threading.Event) -> None:
        """Handle due items until stopped; waits while database or broker are away."""
        while not stop.is_set():
            self.wake.wait(LOOK_EVERY)
            self.wake.clear()
            try:
                while not stop.is_set() and self.handle_next():
                    pass
                self._tidy_if_due()
            except Exception as error:
                if not is_outage(error):
                    raise
                stop.wait(AFTER_OUTAGE)

    def handle_next(self) -> bool:
        """Claim and handle one item; false when none is due."""
        claimed = self.sender.claim()
        if claimed is None:
            return False
        self.sender.handle(claimed)
        return True

    def _tidy_if_due(self) -> None:
        if time.monotonic() >= self._tidy_at:
            self._tidy_at = time.monotonic() + LOOK_EVERY
            self.sender.tidy()
