"""The index of a process: every agency's listings and searches in memory, current to the last change applied."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

import numpy as np

from services.matching.engine.index.agency import Agency, Side
from services.matching.engine.index.queries import rules
from services.matching.engine.index.queries.demand import Demand
from services.matching.engine.index.queries.index_matches import IndexMatches
from services.matching.engine.index.queries.listing_panel import ListingPanel
from services.matching.engine.index.queries.listings_of_search import ListingsOf
from services.matching.engine.index.queries.searches_of_listing import SearchesOf
from services.matching.engine.index.queries.unstated import Unstated
from services.matching.engine.records.facts import Listing, Search
from services.matching.engine.world import World

_AT_ONCE = 5000
Record = TypeVar("Record", Listing, Search)


class Index:
    """One writer applies, many threads query; an agency's records never meet another's."""

    def __init__(self) -> None:
        self._agencies: dict[str | None, Agency] = {}
        self._writing = threading.RLock()
        self._applied = threading.Condition()
        self._renewing: dict[int, threading.Thread] = {}
        self._failure: BaseException | None = None

    def apply_listing(self, listing: Listing, gone: bool = False) -> bool:
        """Apply a listing or its tombstone; False when the same or a newer one was known."""
        return self._apply(self._agency(listing.agency_id).listings, listing, gone)

    def apply_search(self, search: Search, gone: bool = False) -> bool:
        """Apply a search or its tombstone; False when the same or a newer one was known."""
        return self._apply(self._agency(search.agency_id).searches, search, gone)

    def load(self, listings: Iterable[Listing], searches: Iterable[Search]) -> None:
        """Fill an empty index with many records, each id once; they are added in parts."""
        with self._writing:
            for listings_part in _parts(listings):
                for agency_id, some in listings_part.items():
                    self._agency(agency_id).listings.load(some)
            for searches_part in _parts(searches):
                for agency_id, some_searches in searches_part.items():
                    self._agency(agency_id).searches.load(some_searches)
            for agency in self._agencies.values():
                agency.rebuild()

    def matches_of_listing(
        self, listing: Listing, world: World, limit: int | None = None, only_matches: bool = False
    ) -> IndexMatches:
        """The searches that a listing meets (match, possible and near), best first."""
        view = self._agency(listing.agency_id).searches.view
        return SearchesOf(view, listing, world, only_matches).answer().best(limit)

    def matches_of_search(
        self, search: Search, world: World, limit: int | None = None, only_matches: bool = False
    ) -> IndexMatches:
        """The listings that a search meets (match, possible and near), best first."""
        view = self._agency(search.agency_id).listings.view
        return ListingsOf(view, search, world, only_matches).answer().best(limit)

    def count_met(self, search: Search, world: World) -> int:
        """How many listings match a search."""
        return len(ListingsOf(self._agency(search.agency_id).listings.view, search, world, only=True).answer())

    def met_by(self, search: Search, world: World, kind: str = "match", limit: int | None = None) -> list[str]:
        """The ids of the listings that meet a search in one way, best first."""
        if kind == "match":
            return [hit.id for hit in self.matches_of_search(search, world, limit, only_matches=True)]
        return [hit.id for hit in self.matches_of_search(search, world) if hit.kind == kind][:limit]

    def demand(self, listings: Sequence[Listing], world: World) -> Demand:
        """The searches that each of these states of one listing matches, with their contacts."""
        view = self._agency(listings[0].agency_id).searches.view
        return Demand(view.table, [SearchesOf(view, one, world, only=True).answer() for one in listings])

    def unstated(self, listing: Listing, world: World, limit: int) -> list[tuple[str, bool, list[str]]]:
        """What the best `limit` matching or possible searches ask for and the listing does not state.

        Each as (criterion, whether it is hard, the contacts, or the searches without a contact).
        """
        view = self._agency(listing.agency_id).searches.view
        unstated = Unstated(view, listing, world)
        matches = unstated.answer()
        rows = matches.picked(np.flatnonzero(matches.kinds >= rules.POSSIBLE)).best(limit).rows
        ids = view.table.ids
        criteria = [(name, hard, some.tolist()) for name, hard, some in unstated.open_criteria(rows) if len(some)]
        return [(name, hard, [ids.other(row) or ids.text(row) for row in some]) for name, hard, some in criteria]

    def panel(self, search: Search, world: World) -> ListingPanel:
        """The listings that pass the gates of a search, to be judged by one criterion at a time."""
        return ListingPanel(self._agency(search.agency_id).listings.view, search, world)

    def wait_for_listing(self, agency_id: str | None, listing_id: str, sequence: int, seconds: float) -> bool:
        """Wait until a listing was applied at this sequence or a later one; False after `seconds`."""
        return self._wait(self._agency(agency_id).listings, listing_id, sequence, seconds)

    def wait_for_search(self, agency_id: str | None, search_id: str, sequence: int, seconds: float) -> bool:
        """Wait until a search was applied at this sequence or a later one; False after `seconds`."""
        return self._wait(self._agency(agency_id).searches, search_id, sequence, seconds)

    def settled(self) -> None:
        """Wait for the grids that are being built."""
        for thread in list(self._renewing.values()):
            thread.join()
        self._raise_failure()

    def bytes(self) -> int:
        """The memory of the columns, in bytes."""
        return sum(agency.bytes() for agency in self._agencies.values())

    def _agency(self, agency_id: str | None) -> Agency:
        agency = self._agencies.get(agency_id)
        if agency is None:
            with self._writing:
                agency = self._agencies.setdefault(agency_id, Agency())
        return agency

    def _apply(self, side: Side[Any, Any], record: Listing | Search, gone: bool) -> bool:
        self._raise_failure()
        with self._writing:
            newer = side.apply(record, gone)
        with self._applied:
            self._applied.notify_all()
        if side.due() and id(side) not in self._renewing:
            thread = threading.Thread(target=self._renew, args=(side,), name="index-renewal", daemon=True)
            self._renewing[id(side)] = thread
            thread.start()
        return newer

    def _renew(self, side: Side[Any, Any]) -> None:
        """Build a new grid beside the writer; the rows that came meanwhile become the next tail."""
        try:
            view = side.view
            grid = side.grid_of(view)
            with self._writing:
                if side.wasteful():
                    side.compact()
                else:
                    side.adopt(grid)
        except BaseException as error:
            self._failure = error
        finally:
            del self._renewing[id(side)]

    def _raise_failure(self) -> None:
        if self._failure is not None:
            raise RuntimeError("the index could not renew its grid") from self._failure

    def _wait(self, side: Side[Any, Any], one: str, sequence: int, seconds: float) -> bool:
        def seen() -> bool:
            known = side.sequence(one)
            return known is not None and known >= sequence

        with self._applied:
            return self._applied.wait_for(seen, seconds)


def _parts(records: Iterable[Record]) -> Iterator[dict[str | None, list[Record]]]:
    """Records by agency, in batches small enough to hold as objects."""
    waiting = iter(records)
    while some := list(islice(waiting, _AT_ONCE)):
        sorted_out: dict[str | None, list[Record]] = {}
        for record in some:
            sorted_out.setdefault(record.agency_id, []).append(record)
        yield sorted_out
