"""An evaluated pair of a listing and a saved search, and whether it is news."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from services.matching.engine.evaluate import Verdict
from services.matching.engine.records.facts import Listing, Search


class Pair(NamedTuple):
    """A listing and a search, and how they meet at the versions that were compared."""

    listing_id: str
    search_id: str
    contact_id: str
    listing_sequence: int
    search_sequence: int
    kind: str
    score: int
    confidence: int

    @classmethod
    def judged(cls, search: Search, listing: Listing, verdict: Verdict) -> Pair:
        """The pair of two records and their verdict."""
        ids = (listing.id, search.id, search.contact_id or "", listing.sequence, search.sequence)
        return cls(*ids, verdict.kind, verdict.score, verdict.confidence)

    @property
    def id(self) -> str:
        """The key of the match row."""
        return f"{self.listing_id}:{self.search_id}"

    @property
    def opinion_key(self) -> tuple[str, str]:
        """Contact and listing: the key of an opinion."""
        return self.contact_id, self.listing_id


@dataclass(frozen=True)
class Announcement:
    """A pair that is news, and the reason; `previous_price` in hundredths where it met at a higher price before."""

    pair: Pair
    entered_by: str
    previous_price: int | None
