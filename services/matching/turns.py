"""Long crossings are served between messages: agencies round robin, one slice a transaction."""

from __future__ import annotations

import time
from dataclasses import dataclass

from services.matching.crossing import Crosser
from shared.faults import fault
from shared.mongo import transaction


@dataclass
class Turns:
    """Remembers whose turn it was."""

    crosser: Crosser
    owner: str
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
        transaction(self.crosser.crossings.db.client, lambda: self.crosser.go_on(crossing, found))
        fault("crossing.after_slice")
        return True
