"""All pairs of one listing or search, in order, so that they can be written in slices."""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_right
from dataclasses import dataclass
from operator import itemgetter
from typing import ClassVar

from services.matching.crossing.pair import Pair
from services.matching.crossing.reason_cache import ReasonCache
from services.matching.engine.index.queries.index_matches import MatchTuple
from services.matching.store.sides import LISTING, SEARCH, RowSide


@dataclass(frozen=True)
class PairList(ABC):
    """All pairs of one listing or search, in the order of the other side's ids."""

    side: ClassVar[RowSide]

    agency_id: str
    subject: str
    sequence: int
    entered_by: str
    matches: list[MatchTuple]
    reasons: ReasonCache

    def after(self, last: str, most: int) -> list[Pair]:
        """At most `most` pairs whose other id comes after `last`."""
        start = self._next(last)
        return [self._pair(*match) for match in self.matches[start : start + most]]

    def next_after(self, last: str, most: int) -> str | None:
        """The id to continue after once `most` pairs after `last` are written; None at the end."""
        end = self._next(last) + most - 1
        return self.matches[end][0] if end < len(self.matches) - 1 else None

    @property
    def last_id(self) -> str | None:
        """The greatest other id; None without pairs."""
        return self.matches[-1][0] if self.matches else None

    @abstractmethod
    def slice_reasons(self) -> ReasonCache:
        """The cache of reasons for one slice."""

    @abstractmethod
    def _pair(self, other: str, contact_id: str, sequence: int, kind: str, score: int, confidence: int) -> Pair: ...

    def _next(self, last: str) -> int:
        return bisect_right(self.matches, last, key=itemgetter(0))


class ListingPairs(PairList):
    """All searches that one listing meets."""

    side = LISTING

    def slice_reasons(self) -> ReasonCache:
        """One cache for all slices, since they all describe the same listing."""
        return self.reasons

    def _pair(self, other: str, contact_id: str, sequence: int, kind: str, score: int, confidence: int) -> Pair:
        return Pair(self.subject, other, contact_id, self.sequence, sequence, kind, score, confidence)


@dataclass(frozen=True)
class SearchPairs(PairList):
    """All listings that one search of this contact meets."""

    side = SEARCH

    contact_id: str

    def slice_reasons(self) -> ReasonCache:
        """A new cache for each slice, since each listing is described once."""
        return ReasonCache(self.reasons.world)

    def _pair(self, other: str, _contact_id: str, sequence: int, kind: str, score: int, confidence: int) -> Pair:
        return Pair(other, self.subject, self.contact_id, sequence, self.sequence, kind, score, confidence)
