"""Homes as previews show them: while somebody types, nearly the same ones are shown again and again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from services.matching.crossing.match_events import summary_of
from services.matching.engine.index.queries.index_matches import Hit
from services.matching.engine.records.facts import Listing
from services.matching.store import ListingStore
from services.matching.store.records import as_listing
from shared.storage.mongo import Document

REMEMBERED = 500


class Home(NamedTuple):
    """One version of a stored listing: what is compared, and what is told of it."""

    listing: Listing
    summary: Document


class Homes:
    """Homes that were read lately, each for as long as the index names its version; for several threads."""

    def __init__(self, listings: ListingStore) -> None:
        self._listings = listings
        self._kept: dict[tuple[str, str], Home] = {}

    def of(self, agency_id: str, hits: Sequence[Hit]) -> list[Home]:
        """The homes of these hits in their order, all that must be read in one question; without those that went."""
        known = {hit.id: home for hit in hits if (home := self._known(agency_id, hit)) is not None}
        missing = [hit.id for hit in hits if hit.id not in known]
        if missing:
            known |= self._read(agency_id, missing)
        return [known[hit.id] for hit in hits if hit.id in known]

    def _known(self, agency_id: str, hit: Hit) -> Home | None:
        home = self._kept.get((agency_id, hit.id))
        return home if home is not None and home.listing.sequence == hit.sequence else None

    def _read(self, agency_id: str, ids: list[str]) -> dict[str, Home]:
        documents = self._listings.of(agency_id).by_ids(ids)
        homes = {one: Home(as_listing(document), summary_of(document)) for one, document in documents.items()}
        too_many = max(0, len(self._kept) + len(homes) - REMEMBERED)
        for oldest in list(self._kept)[:too_many]:
            self._kept.pop(oldest, None)
        self._kept |= {(agency_id, one): home for one, home in homes.items()}
        return homes
