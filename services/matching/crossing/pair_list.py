"""All that one listing or search meets, in order, so that it can be worked through in parts."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from operator import itemgetter

from services.matching.crossing.match_events import Pair, Tellings
from services.matching.engine.index.queries.index_matches import Plain


@dataclass(frozen=True)
class Found:
    """All pairs of one listing or search, in the order of their ids."""

    side: str
    agency_id: str
    subject: str
    sequence: int
    entered_by: str
    contact_id: str
    hits: list[Plain]
    tellings: Tellings

    def some(self, after: str, most: int) -> list[Pair]:
        """The pairs whose other id comes after `after`, at most so many."""
        start = self._next(after)
        return [self._pair(*hit) for hit in self.hits[start : start + most]]

    def rest(self, after: str, most: int) -> str | None:
        """After which id to go on once `most` pairs after `after` are done; None where none is left then."""
        last = self._next(after) + most - 1
        return self.hits[last][0] if last < len(self.hits) - 1 else None

    def _next(self, after: str) -> int:
        return bisect_right(self.hits, after, key=itemgetter(0))

    def _pair(self, other: str, contact_id: str, sequence: int, kind: str, score: int, confidence: int) -> Pair:
        if self.side == "listing":
            stamps = (self.sequence, sequence)
            return Pair(self.subject, other, contact_id, *stamps, kind, score, confidence)
        return Pair(other, self.subject, self.contact_id, sequence, self.sequence, kind, score, confidence)
