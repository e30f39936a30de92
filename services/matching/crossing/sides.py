"""The two sides of the cross-reference: a listing crossed with all searches, a search with all listings."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from services.matching.crossing.match_events import Loss
from services.matching.crossing.pair import Pair
from services.matching.crossing.pair_list import ListingPairs, PairList, SearchPairs
from services.matching.crossing.reason_cache import ReasonCache
from services.matching.engine.index.queries.index_matches import MatchTuple
from services.matching.engine.records.facts import Listing
from services.matching.engine.world import PresentWorld
from services.matching.following.follower import Follower
from services.matching.store.documents import ListingDocument, SearchAlerts, SearchDocument
from services.matching.store.listings import ListingStore
from services.matching.store.matches import MatchStore
from services.matching.store.records import as_listing, as_search
from services.matching.store.searches import SearchStore
from services.matching.store.slice_context import SliceContext, context_of_listing, context_of_search
from services.matching.store.versioned import VersionedStore
from shared.errors import NotYetKnown

FEW = 20  # how many searches are read whole at once; more would need a second reply of the database
D = TypeVar("D")


@dataclass(frozen=True)
class SidePairs:
    """The documents of both sides of some pairs, by id."""

    listings: Mapping[str, ListingDocument]
    searches: Mapping[str, SearchAlerts]


@dataclass(frozen=True)
class Side(ABC, Generic[D]):
    """One side of the cross-reference, with documents of one kind."""

    follower: Follower
    world: PresentWorld
    listings: ListingStore
    searches: SearchStore
    matches: MatchStore

    @property
    @abstractmethod
    def store(self) -> VersionedStore[D]:
        """Where the documents of this side are."""

    @abstractmethod
    def pairs(self, agency_id: str, subject: str, sequence: int, entered_by: str) -> PairList:
        """Evaluate one stored listing or search against all that may meet it, at the version that the index has.

        Waits until the index has seen at least `sequence`; raises Pause when it does not in time.
        """

    @abstractmethod
    def documents(self, pairs: PairList, own: D, some: Sequence[Pair]) -> SidePairs:
        """The documents of some pairs; `own` is this side's document, already read."""

    @abstractmethod
    def context(self, pairs: PairList, own: D, some: Sequence[Pair], most_outdated: int) -> SliceContext:
        """The context of some pairs, with rows of older versions."""

    @abstractmethod
    def loss(self, sequence: int) -> Loss:
        """The reason for which pairs of older versions are lost."""

    def stored(self, pairs: PairList) -> D | None:
        """The document that was crossed; None when a newer version is stored."""
        return self.store.of(pairs.agency_id).stored(pairs.subject, pairs.sequence)

    def hold(self, pairs: PairList) -> D | None:
        """Like `stored`, and blocks newer versions until the open transaction has ended.

        Otherwise a newer version could be crossed completely while rows of the older one are still being written.
        """
        return self.store.of(pairs.agency_id).hold(pairs.subject, pairs.sequence)


class ListingSide(Side[ListingDocument]):
    """A listing crossed with all searches."""

    @property
    def store(self) -> VersionedStore[ListingDocument]:
        """The listings."""
        return self.listings

    def pairs(self, agency_id: str, subject: str, sequence: int, entered_by: str) -> PairList:
        """The searches that a stored listing meets."""
        listing = as_listing(self.listings.of(agency_id).get(subject))
        _require_stored(listing.sequence, sequence)
        return self.pairs_of(agency_id, listing, entered_by)

    def pairs_of(self, agency_id: str, listing: Listing, entered_by: str) -> PairList:
        """The searches that a listing just stored meets; waits like `pairs`."""
        self.follower.require_listing(agency_id, listing.id, listing.sequence)
        world = self.world()
        matches: list[MatchTuple] = []
        if listing.standard_status == "active":
            matches = sorted(self.follower.index.matches_of_listing(listing, world).tuples())
        return ListingPairs(agency_id, listing.id, listing.sequence, entered_by, matches, ReasonCache(world))

    def documents(self, pairs: PairList, own: ListingDocument, some: Sequence[Pair]) -> SidePairs:
        """The searches of some pairs, without their wishes where there are many."""
        store, ids = self.searches.of(pairs.agency_id), [pair.search_id for pair in some]
        searches: Mapping[str, SearchAlerts] = store.alerts_by_ids(ids) if len(ids) > FEW else store.by_ids(ids)
        return SidePairs({own["_id"]: own}, searches)

    def context(self, pairs: PairList, own: ListingDocument, some: Sequence[Pair], most_outdated: int) -> SliceContext:
        """The context of some pairs of a listing."""
        contacts = {pair.contact_id for pair in some}
        matches = self.matches.of(pairs.agency_id)
        return context_of_listing(matches, own, [pair.id for pair in some], contacts, most_outdated)

    def loss(self, sequence: int) -> Loss:
        """The reason: the listing changed."""
        return Loss("listing_changed", listing_sequence=sequence)


class SearchSide(Side[SearchDocument]):
    """A search crossed with all listings."""

    @property
    def store(self) -> VersionedStore[SearchDocument]:
        """The searches."""
        return self.searches

    def pairs(self, agency_id: str, subject: str, sequence: int, entered_by: str) -> PairList:
        """The listings that a stored search meets; none for a removed one."""
        world = self.world()
        document = self.searches.of(agency_id).document_or_tombstone(subject)
        if document["removed"]:
            # an index built since the removal does not have it
            return SearchPairs(agency_id, subject, sequence, entered_by, [], ReasonCache(world), "")
        search = as_search(document)
        _require_stored(search.sequence, sequence)
        self.follower.require_search(agency_id, subject, search.sequence)
        matches: list[MatchTuple] = []
        if search.status == "active":
            matches = sorted(self.follower.index.matches_of_search(search, world).tuples())
        contact_id = document["contact_id"]
        return SearchPairs(agency_id, subject, search.sequence, entered_by, matches, ReasonCache(world), contact_id)

    def documents(self, pairs: PairList, own: SearchDocument, some: Sequence[Pair]) -> SidePairs:
        """The listings of some pairs."""
        listings = self.listings.of(pairs.agency_id).by_ids(pair.listing_id for pair in some)
        return SidePairs(listings, {own["_id"]: own})

    def context(self, pairs: PairList, own: SearchDocument, some: Sequence[Pair], most_outdated: int) -> SliceContext:
        """The context of some pairs of a search."""
        contacts = {pair.contact_id for pair in some}
        matches = self.matches.of(pairs.agency_id)
        return context_of_search(matches, own, [pair.id for pair in some], contacts, most_outdated)

    def loss(self, sequence: int) -> Loss:
        """The reason: the search changed."""
        return Loss("search_changed", search_sequence=sequence)


def _require_stored(stored: int, wanted: int) -> None:
    """Raise NotYetKnown for a version that is not stored: no index would ever see it, and waiting stops every event."""
    if stored < wanted:
        raise NotYetKnown("this version is not stored here yet")
