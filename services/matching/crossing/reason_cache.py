"""The reasons of listings, cached for the duration of one crossing."""

from __future__ import annotations

from dataclasses import dataclass, field

from services.matching.engine.sentences.listing_reasons import ListingReasons
from services.matching.engine.world import World
from services.matching.store.documents import ListingDocument
from services.matching.store.records import as_listing


@dataclass(frozen=True)
class ReasonCache:
    """The reasons of some listings, each at one version."""

    world: World
    _by_listing: dict[str, ListingReasons] = field(default_factory=dict)

    def of(self, document: ListingDocument) -> ListingReasons:
        """The reasons of a stored listing."""
        known = self._by_listing.get(document["_id"])
        if known is None or known.listing.sequence != document["sequence"]:
            known = self._by_listing[document["_id"]] = ListingReasons(as_listing(document), self.world)
        return known
