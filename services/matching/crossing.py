"""Crossing: a new listing against all searches, a new search against all listings; slice by slice, both ways alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from services.matching.engine.evaluate import Verdict
from services.matching.engine.facts import Listing, Search
from services.matching.engine.world import Rates, World
from services.matching.found import NOTHING, Entered, Opinions, Pair, tell_found, tell_lost
from services.matching.model import DISCARDED, better, re_offered
from services.matching.store import CrossingStore, ListingStore, MatchStore, SearchStore
from shared.event import now
from shared.mongo import Document

SLICE = 500


class Finds(Protocol):
    """What crossing needs of an index."""

    def listing(self, listing_id: str) -> Listing | None:
        """The listing as the index has it."""
        ...

    def search(self, search_id: str) -> Search | None:
        """The search as the index has it."""
        ...

    def matches_of_listing(self, listing: Listing, world: World) -> list[tuple[Search, Verdict]]:
        """Every search that the listing meets or nearly meets."""
        ...

    def matches_of_search(self, search: Search, world: World) -> list[tuple[Listing, Verdict]]:
        """Every listing that meets or nearly meets the search."""
        ...


@dataclass(frozen=True)
class Found:
    """All pairs of one listing or search, in the order of their ids."""

    side: str
    agency_id: str
    subject: str
    sequence: int
    entered_by: str
    pairs: list[Pair]


@dataclass(frozen=True)
class Crosser:
    """Finds pairs in the index and writes them down; holds the stores that it writes to."""

    index: Finds
    rates: Rates
    searches: SearchStore
    listings: ListingStore
    matches: MatchStore
    crossings: CrossingStore
    languages: Callable[[str, Iterable[str]], dict[str, str]]
    require: Callable[[str, str, int], None]
    opinions: Callable[[str, str, str], Opinions]
    _remembered: dict[tuple[str, str, int], Found] = field(default_factory=dict)

    def find(self, side: str, agency_id: str, subject: str, sequence: int, entered_by: str) -> Found:
        """Evaluate one listing or search against all that may meet it, at the version that the index has.

        Waits until the index has seen at least `sequence`; raises Pause when it does not in time.
        """
        if side == "search" and self.searches.of(agency_id).is_removed(subject):
            return Found(side, agency_id, subject, sequence, entered_by, [])  # an index built since knows nothing of it
        self.require(side, subject, sequence)
        if side == "listing":
            return self._of_listing(agency_id, subject, sequence, entered_by)
        return self._of_search(agency_id, subject, sequence, entered_by)

    def discarded(self, agency_id: str, by: str, subject: str) -> frozenset[tuple[str, str]]:
        """The (contact, listing) pairs that were discarded, of one person or one home."""
        said = self.opinions(agency_id, by, subject)
        return frozenset(pair for pair, (_, discarded) in said.items() if discarded)

    def write(self, found: Found) -> None:
        """The first slice, in the transaction of the event's mark; the rest waits for its turns.

        Nothing when a newer version is stored: its own crossing does everything anew.
        """
        if not self._holds(found):
            return
        rest = self._slice(found, "")
        if rest is None:
            self.crossings.of(found.agency_id).end(found.side, found.subject)
            return
        self._remember(found)
        row = {"sequence": found.sequence, "entered_by": found.entered_by, "next": rest, "owner": None}
        self.crossings.of(found.agency_id).begin(found.side, found.subject, row)

    def go_on(self, crossing: Document, found: Found) -> None:
        """One more slice, in a transaction of its own; nothing when a newer crossing has taken its place."""
        store = self.crossings.of(crossing["agency_id"])
        rest = self._slice(found, crossing["next"]) if self._holds(found) else None
        if not store.go_on(crossing, rest):
            return
        if rest is None:
            store.end(crossing["side"], crossing["subject"])

    def recall(self, crossing: Document) -> Found:
        """What an earlier slice of this process found, or found again after a restart."""
        key = (crossing["side"], crossing["subject"], crossing["sequence"])
        known = self._remembered.get(key)
        if known is None:
            known = self.find(key[0], crossing["agency_id"], key[1], key[2], crossing["entered_by"])
            self._remember(known)
        return known

    def _holds(self, found: Found) -> bool:
        """Whether this version is still the stored one; a newer one waits until this transaction has ended.

        Without that, a newer version could be crossed to its end while the older one's rows are still being written.
        """
        store = self.listings if found.side == "listing" else self.searches
        return store.of(found.agency_id).hold(found.subject, found.sequence)

    def _remember(self, found: Found) -> None:
        while len(self._remembered) >= 4:
            self._remembered.pop(next(iter(self._remembered)))
        self._remembered[(found.side, found.subject, found.sequence)] = found

    def _of_listing(self, agency_id: str, subject: str, sequence: int, entered_by: str) -> Found:
        listing = self.index.listing(subject)
        pairs: list[Pair] = []
        if listing is not None and listing.standard_status == "active":
            world = self._world(agency_id, "listing_id", subject)
            pairs = [Pair(listing, search, v) for search, v in self.index.matches_of_listing(listing, world)]
        pairs.sort(key=lambda pair: pair.search.id)
        at = listing.sequence if listing is not None else sequence
        return Found("listing", agency_id, subject, at, entered_by, pairs)

    def _of_search(self, agency_id: str, subject: str, sequence: int, entered_by: str) -> Found:
        search = self.index.search(subject)
        pairs: list[Pair] = []
        if search is not None and search.status == "active":
            world = self._world(agency_id, "contact_id", search.contact_id or "")
            pairs = [Pair(listing, search, v) for listing, v in self.index.matches_of_search(search, world)]
        pairs.sort(key=lambda pair: pair.listing.id)
        at = search.sequence if search is not None else sequence
        return Found("search", agency_id, subject, at, entered_by, pairs)

    def _world(self, agency_id: str, by: str, subject: str) -> World:
        return World(datetime.now(UTC).date(), self.rates, self.discarded(agency_id, by, subject))

    def _slice(self, found: Found, after: str) -> str | None:
        """Write up to SLICE pairs whose other id comes after `after`; then drop what is outdated.

        Returns where to go on, or None at the end.
        """
        left = [pair for pair in found.pairs if self._other(found, pair) > after]
        todo = left[:SLICE]
        self._enter(found, todo)
        if len(left) > len(todo):
            return self._other(found, todo[-1])
        if self._sweep(found) == SLICE:
            return self._other(found, todo[-1]) if todo else after or "~"
        return None

    def _said(self, found: Found, contact_id: str) -> Opinions:
        """What was said of this home by anybody, or by this search's person of any home; read in the transaction."""
        by, subject = ("listing_id", found.subject) if found.side == "listing" else ("contact_id", contact_id)
        return self.opinions(found.agency_id, by, subject)

    @staticmethod
    def _other(found: Found, pair: Pair) -> str:
        return pair.search.id if found.side == "listing" else pair.listing.id

    def _enter(self, found: Found, pairs: list[Pair]) -> None:
        """Rows for these pairs, and word of those that are new, better or cheaper."""
        if not pairs:
            return
        searches = self.searches.of(found.agency_id).by_ids({pair.search.id for pair in pairs})
        listings = self.listings.of(found.agency_id).by_ids({pair.listing.id for pair in pairs})
        said = self._said(found, pairs[0].search.contact_id or "")
        # asked once more here: somebody may have said no since the index was read
        wanted = [pair for pair in pairs if not said.get(pair.opinion, NOTHING)[1]]
        current = [pair for pair in wanted if is_current(pair, listings, searches)]
        store = self.matches.of(found.agency_id)
        known = store.existing(pair.id for pair in current)
        store.put([row_of(pair, found.entered_by, known.get(pair.id)) for pair in current], known)
        entered = [e for pair in current if (e := news_of(pair, found.entered_by, known.get(pair.id)))]
        languages = self.languages(found.agency_id, {pair.search.contact_id or "" for pair in current})
        tell_found(store, found.agency_id, entered, listings, searches, languages, said)

    def _sweep(self, found: Found) -> int:
        """Drop rows of an older version of this listing or search; they no longer meet."""
        store = self.matches.of(found.agency_id)
        rows = store.outdated(found.side, found.subject, found.sequence, SLICE)
        if rows:
            store.drop(row["_id"] for row in rows)
            lost = [row for row in rows if row["kind"] != DISCARDED]
            said = self._said(found, rows[0]["contact_id"])
            tell_lost(store, found.agency_id, lost, found.side, found.sequence, said)
        return len(rows)


def is_current(pair: Pair, listings: dict[str, Document], searches: dict[str, Document]) -> bool:
    """Whether listing and search are still at the versions of the pair."""
    listing, search = listings.get(pair.listing.id), searches.get(pair.search.id)
    return (
        listing is not None
        and search is not None
        and listing["sequence"] == pair.listing.sequence
        and search["sequence"] == pair.search.sequence
    )


def row_of(pair: Pair, entered_by: str, before: Document | None) -> Document:
    """The match row of a pair; what brought it in and when stays from the row before."""
    return {
        "_id": pair.id,
        "listing_id": pair.listing.id,
        "saved_search_id": pair.search.id,
        "contact_id": pair.search.contact_id,
        "listing_sequence": pair.listing.sequence,
        "search_sequence": pair.search.sequence,
        "kind": pair.verdict.kind,
        "score": pair.verdict.score,
        "confidence": pair.verdict.confidence,
        "list_price": pair.listing.figures[0],
        "currency": pair.listing.currency,
        "entered_by": before["entered_by"] if before else entered_by,
        "found_at": before["found_at"] if before else now(),
    }


def news_of(pair: Pair, entered_by: str, before: Document | None) -> Entered | None:
    """Whether this pair is news: near ones are for the pages, never for a message."""
    if pair.verdict.kind == "near":
        return None
    if before is None or better(pair.verdict.kind, before["kind"]):
        return Entered(pair, entered_by, None)
    if re_offered(before, pair.listing.figures[0], pair.listing.currency):
        return Entered(pair, "price", before["list_price"])
    return None
