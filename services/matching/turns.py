"""Long crossings are served between messages: agencies round robin, one slice a transaction."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from services.matching.crossing import SLICE, Crosser
from shared.faults import fault
from shared.mongo import transaction

# What another agency's listing may have to wait for a slice.
SECONDS = 0.08


@dataclass
class Pace:
    """How many pairs a slice takes: as many as are written in SECONDS, learnt from the last one, in whole SLICEs."""

    most: int = 10 * SLICE
    pairs: int = SLICE

    def learn(self, written: int, seconds: float) -> None:
        """The last slice wrote so many in this time; one that was cut short by the end teaches nothing."""
        if written >= self.pairs:
            fits = int(written * min(SECONDS / seconds, 2.0)) // SLICE * SLICE
            self.pairs = max(SLICE, min(fits, self.most))


@dataclass
class Turns:
    """Remembers whose turn it was."""

    crosser: Crosser
    owner: str
    pace: Pace = field(default_factory=Pace)
    _last: str = ""
    _look_at: float = 0.0

    def serve(self) -> bool:
        """One slice of the next agency's longest-waiting crossing; false when none waits.

        Looks whenever this process left something to do, and once a second for what others left.
        """
        if not self.crosser.left.is_set() and time.monotonic() < self._look_at:
            return False
        agencies = self.crosser.crossings.agencies()
        if not agencies:
            self.crosser.left.clear()
            self._look_at = time.monotonic() + 1.0
            return False
        self._last = next((agency for agency in agencies if agency > self._last), agencies[0])
        crossing = self.crosser.crossings.of(self._last).claim(self.owner)
        if crossing is None:
            return False
        found = self.crosser.recall(crossing)
        began, client = time.monotonic(), self.crosser.crossings.db.client
        written = transaction(client, lambda: self.crosser.go_on(crossing, found, self.pace.pairs))
        self.pace.learn(written, time.monotonic() - began)
        fault("crossing.after_slice")
        return True
