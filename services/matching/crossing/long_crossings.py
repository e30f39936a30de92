"""Long crossings are served beside the messages: agencies round robin, one slice a transaction."""

from __future__ import annotations

from dataclasses import dataclass

from services.matching.crossing.crosser import SLICE, Crosser
from shared.messaging.faults import fault
from shared.storage.mongo import transaction


@dataclass
class Turns:
    """Remembers whose turn it was; a slice takes `most` pairs."""

    crosser: Crosser
    owner: str
    most: int = 4 * SLICE
    _last: str = ""

    def serve(self) -> bool:
        """One slice of the next agency's longest-waiting crossing; false when none waits."""
        agencies = self.crosser.crossings.agencies()
        if not agencies:
            return False
        self._last = next((agency for agency in agencies if agency > self._last), agencies[0])
        crossing = self.crosser.crossings.of(self._last).claim(self.owner)
        if crossing is None:
            return False
        found = self.crosser.recall(crossing)
        transaction(self.crosser.crossings.db.client, lambda: self.crosser.go_on(crossing, found, self.most))
        fault("crossing.after_slice")
        return True
