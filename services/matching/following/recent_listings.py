"""A cache of listings for previews, since successive previews show nearly the same ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from services.matching.engine.index.queries.index_matches import IndexMatch
from services.matching.engine.records.facts import Listing
from services.matching.store.listing_summary import ListingSummary, summary_of
from services.matching.store.listings import ListingStore
from services.matching.store.records import as_listing

REMEMBERED = 500


class RecentListing(NamedTuple):
    """One version of a stored listing: its record, and its summary for replies."""

    record: Listing
    summary: ListingSummary


class RecentListings:
    """A cache of recently read listings, each valid as long as the index has its version; thread-safe."""

    def __init__(self, listings: ListingStore) -> None:
        self._listings = listings
        self._kept: dict[tuple[str, str], RecentListing] = {}

    def of(self, agency_id: str, matches: Sequence[IndexMatch]) -> list[RecentListing]:
        """The listings of these matches in their order, without deleted ones; missing ones are read at once."""
        known = {match.id: listing for match in matches if (listing := self._known(agency_id, match)) is not None}
        missing = [match.id for match in matches if match.id not in known]
        if missing:
            known |= self._read(agency_id, missing)
        return [known[match.id] for match in matches if match.id in known]

    def _known(self, agency_id: str, match: IndexMatch) -> RecentListing | None:
        listing = self._kept.get((agency_id, match.id))
        return listing if listing is not None and listing.record.sequence == match.sequence else None

    def _read(self, agency_id: str, ids: list[str]) -> dict[str, RecentListing]:
        documents = self._listings.of(agency_id).by_ids(ids)
        listings = {one["_id"]: RecentListing(as_listing(one), summary_of(one)) for one in documents.values()}
        too_many = max(0, len(self._kept) + len(listings) - REMEMBERED)
        for oldest in list(self._kept)[:too_many]:
            self._kept.pop(oldest, None)
        self._kept |= {(agency_id, one): listing for one, listing in listings.items()}
        return listings
