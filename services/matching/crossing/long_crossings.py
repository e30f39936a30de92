"""Runs long crossings between messages: agencies in turn, one slice a transaction."""

from __future__ import annotations

from dataclasses import dataclass

from services.matching.crossing.crosser import SLICE, Crosser
from shared.messaging.faults import fault
from shared.storage.mongo import transaction


@dataclass
class LongCrossings:
    """Runs one slice of at most `most` pairs at a time, and remembers which agency came last."""

    crosser: Crosser
    owner: str
    most: int = 4 * SLICE
    _last: str = ""

    def serve(self) -> bool:
        """Run one slice of the next agency's oldest crossing; false when none waits."""
        agencies = self.crosser.crossings.agencies()
        if not agencies:
            return False
        self._last = next((agency for agency in agencies if agency > self._last), agencies[0])
        crossing = self.crosser.crossings.of(self._last).claim(self.owner)
        if crossing is None:
            return False
        pairs = self.crosser.recall(crossing)
        transaction(self.crosser.crossings.db.client, lambda: self.crosser.go_on(crossing, pairs, self.most))
        fault("crossing.after_slice")
        return True
