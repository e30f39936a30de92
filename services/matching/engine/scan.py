"""The simplest index: evaluates every pair. The tests compare the other indexes with it."""

from __future__ import annotations

from services.matching.engine.advice.market_panel import ScanPanel
from services.matching.engine.evaluate import Verdict, evaluate
from services.matching.engine.records.facts import Listing, Search
from services.matching.engine.world import World


class ScanIndex:
    """Listings and searches by id, evaluated one by one."""

    def __init__(self) -> None:
        self.listings: dict[str, Listing] = {}
        self.searches: dict[str, Search] = {}
        self._gone: dict[str, int] = {}

    def build(self, listings: list[Listing], searches: list[Search]) -> None:
        """Replace the content with these records."""
        self.listings = {listing.id: listing for listing in listings}
        self.searches = {search.id: search for search in searches}
        self._gone = {}

    def put_listing(self, listing: Listing) -> None:
        """Add a listing, replacing an older version."""
        self.listings[listing.id] = listing

    def put_search(self, search: Search) -> None:
        """Add a search, replacing an older version."""
        self.searches[search.id] = search

    def drop_search(self, search_id: str, sequence: int) -> None:
        """Remove a search at this version."""
        self.searches.pop(search_id, None)
        self._gone[search_id] = sequence

    def sequence_of(self, kind: str, document_id: str) -> int:
        """The version that the index has; -1 when it has none."""
        known: Listing | Search | None = (self.listings if kind == "listings" else self.searches).get(document_id)
        return known.sequence if known is not None else self._gone.get(document_id, -1)

    def listing(self, listing_id: str) -> Listing | None:
        """The listing as the index has it."""
        return self.listings.get(listing_id)

    def search(self, search_id: str) -> Search | None:
        """The search as the index has it."""
        return self.searches.get(search_id)

    def matches_of_listing(self, listing: Listing, world: World) -> list[tuple[Search, Verdict]]:
        """Every search of the same agency that the listing meets or nearly meets."""
        others = [search for search in list(self.searches.values()) if search.agency_id == listing.agency_id]
        pairs = ((search, evaluate(search, listing, world)) for search in others)
        return [(search, verdict) for search, verdict in pairs if verdict.kind != "none"]

    def matches_of_search(self, search: Search, world: World) -> list[tuple[Listing, Verdict]]:
        """Every listing of the same agency that meets or nearly meets the search."""
        others = [listing for listing in list(self.listings.values()) if listing.agency_id == search.agency_id]
        pairs = ((listing, evaluate(search, listing, world)) for listing in others)
        return [(listing, verdict) for listing, verdict in pairs if verdict.kind != "none"]

    def met_by(self, search: Search, world: World, kind: str = "match", limit: int | None = None) -> list[str]:
        """The ids of the listings that meet a search in one way, best first."""
        matches = [(one, verdict) for one, verdict in self.matches_of_search(search, world) if verdict.kind == kind]
        matches.sort(key=lambda pair: (-pair[1].score, -pair[1].confidence, pair[0].id))
        return [listing.id for listing, _ in matches[:limit]]

    def panel(self, search: Search, world: World) -> ScanPanel:
        """The listings that a search may choose from, to be judged by one criterion at a time."""
        return ScanPanel(search, list(self.listings.values()), world)
