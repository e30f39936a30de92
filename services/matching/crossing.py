"""Crossing: a new listing against all searches, a new search against all listings; slice by slice, both ways alike."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from operator import itemgetter

from services.matching.engine.facts import Listing
from services.matching.engine.index.found import Plain
from services.matching.engine.quantities import MOST_MONEY, hundredths
from services.matching.engine.world import Rates, World
from services.matching.follower import Follower
from services.matching.found import NOTHING, Entered, Opinions, Pair, Tellings, tell_found, tell_lost
from services.matching.model import DISCARDED, better, re_offered
from services.matching.records import as_listing, as_search
from services.matching.store import CrossingStore, ListingStore, MatchStore, SearchStore
from services.matching.store.around import Around, around
from shared.event import now
from shared.mongo import Document

SLICE = 200  # as many as one event carries
Documents = dict[str, Document]


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
        start = len(self.hits) - self.left(after)
        return [self._pair(*hit) for hit in self.hits[start : start + most]]

    def left(self, after: str) -> int:
        """How many pairs come after `after`."""
        return len(self.hits) - bisect_right(self.hits, after, key=itemgetter(0))

    def _pair(self, other: str, contact_id: str, sequence: int, kind: str, score: int, confidence: int) -> Pair:
        if self.side == "listing":
            stamps = (self.sequence, sequence)
            return Pair(self.subject, other, contact_id, *stamps, kind, score, confidence)
        return Pair(other, self.subject, self.contact_id, sequence, self.sequence, kind, score, confidence)


@dataclass(frozen=True)
class Crosser:
    """Finds pairs in the index and writes them down; holds the stores that it writes to."""

    follower: Follower
    rates: Rates
    searches: SearchStore
    listings: ListingStore
    matches: MatchStore
    crossings: CrossingStore
    opinions: Callable[[str, str, str], Opinions]
    left: threading.Event = field(default_factory=threading.Event)
    _remembered: dict[tuple[str, str, int], Found] = field(default_factory=dict)

    def find(self, side: str, agency_id: str, subject: str, sequence: int, entered_by: str) -> Found:
        """Evaluate one listing or search against all that may meet it, at the version that the index has.

        Waits until the index has seen at least `sequence`; raises Pause when it does not in time.
        """
        if side == "search" and self.searches.of(agency_id).is_removed(subject):
            # an index built since knows nothing of it
            return Found(side, agency_id, subject, sequence, entered_by, "", [], self._tellings())
        if side == "search":
            return self._of_search(agency_id, subject, sequence, entered_by)
        self.follower.require("listing", agency_id, subject, sequence)
        return self.find_for(agency_id, as_listing(self.listings.of(agency_id).document(subject)), entered_by)

    def find_for(self, agency_id: str, listing: Listing, entered_by: str) -> Found:
        """Evaluate a listing as it was just stored; the same waiting as in `find`."""
        self.follower.require("listing", agency_id, listing.id, listing.sequence)
        hits: list[Plain] = []
        if listing.standard_status == "active":
            hits = sorted(self.follower.index.matches_of_listing(listing, self._world()).plain())
        return Found("listing", agency_id, listing.id, listing.sequence, entered_by, "", hits, self._tellings())

    def discarded(self, agency_id: str, by: str, subject: str) -> frozenset[tuple[str, str]]:
        """The (contact, listing) pairs that were discarded, of one person or one home."""
        said = self.opinions(agency_id, by, subject)
        return frozenset(pair for pair, (_, discarded) in said.items() if discarded)

    def write(self, found: Found) -> None:
        """The first slice, in the transaction of the event's mark; the rest waits for its turns.

        Nothing when a newer version is stored: its own crossing does everything anew.
        """
        held = self._hold(found)
        if held is None:
            return
        rest, surroundings = self._slice(found, held, "", SLICE)
        if rest is None:
            if surroundings.is_under_way:
                self.crossings.of(found.agency_id).end(found.side, found.subject)
            return
        self._remember(found)
        row = {"sequence": found.sequence, "entered_by": found.entered_by, "next": rest, "owner": None}
        self.crossings.of(found.agency_id).begin(found.side, found.subject, row)
        self.left.set()

    def go_on(self, crossing: Document, found: Found, most: int = SLICE) -> int:
        """One more slice, in a transaction of its own; nothing when a newer crossing has taken its place.

        Returns how many pairs there were to write, `most` at most.
        """
        store = self.crossings.of(crossing["agency_id"])
        held = self._hold(found)
        rest = None if held is None else self._slice(found, held, crossing["next"], most)[0]
        if store.go_on(crossing, rest) and rest is None:
            store.end(crossing["side"], crossing["subject"])
        return min(most, found.left(crossing["next"]))

    def recall(self, crossing: Document) -> Found:
        """What an earlier slice of this process found, or found again after a restart."""
        key = (crossing["side"], crossing["subject"], crossing["sequence"])
        known = self._remembered.get(key)
        if known is None:
            known = self.find(key[0], crossing["agency_id"], key[1], key[2], crossing["entered_by"])
            self._remember(known)
        return known

    def _hold(self, found: Found) -> Document | None:
        """What is crossed, if this version is still the stored one; a newer one waits until this transaction has ended.

        Without that, a newer version could be crossed to its end while the older one's rows are still being written.
        """
        store = self.listings if found.side == "listing" else self.searches
        return store.of(found.agency_id).hold(found.subject, found.sequence)

    def _remember(self, found: Found) -> None:
        while len(self._remembered) >= 4:
            self._remembered.pop(next(iter(self._remembered)))
        self._remembered[(found.side, found.subject, found.sequence)] = found

    def _of_search(self, agency_id: str, subject: str, sequence: int, entered_by: str) -> Found:
        search = as_search(self.searches.of(agency_id).document(subject))
        self.follower.require("search", agency_id, subject, max(sequence, search.sequence))
        hits: list[Plain] = []
        contact_id = search.contact_id or ""
        if search.status == "active":
            hits = sorted(self.follower.index.matches_of_search(search, self._world()).plain())
        return Found("search", agency_id, subject, search.sequence, entered_by, contact_id, hits, self._tellings())

    def _world(self) -> World:
        """The present day and the rates; what people discarded is asked where the pairs are written."""
        return World(datetime.now(UTC).date(), self.rates)

    def _tellings(self) -> Tellings:
        return Tellings(self._world())

    def _slice(self, found: Found, held: Document, after: str, most: int) -> tuple[str | None, Around]:
        """Write up to `most` pairs whose other id comes after `after`; then drop what is outdated.

        Returns where to go on, or None at the end, and what surrounded the slice.
        """
        todo, is_last = found.some(after, most), found.left(after) <= most
        ids, people = [pair.id for pair in todo], {pair.contact_id for pair in todo}
        outdated = most if is_last else 1
        surroundings = around(self.matches.of(found.agency_id), found.side, held, ids, people, outdated)
        written = self._enter(found, held, todo, surroundings)
        if not is_last:
            return self._other(found, todo[-1]), surroundings
        self._sweep(found, written, surroundings)
        if len(surroundings.outdated) == most:
            return (self._other(found, todo[-1]) if todo else after or "~"), surroundings
        return None, surroundings

    @staticmethod
    def _other(found: Found, pair: Pair) -> str:
        return pair.search_id if found.side == "listing" else pair.listing_id

    def _enter(self, found: Found, held: Document, pairs: list[Pair], surroundings: Around) -> set[str]:
        """Rows for these pairs, and word of those that are new, better or cheaper; returns the ids of the rows."""
        if not pairs:
            return set()
        listings, searches = self._both(found, held, pairs)
        known, said = surroundings.known, surroundings.said
        # asked once more here: somebody may have said no since the index was read
        wanted = [pair for pair in pairs if not said.get(pair.opinion, NOTHING)[1]]
        current = {pair.id: pair for pair in wanted if is_current(pair, listings, searches)}
        homes = {listing_id: priced(document) for listing_id, document in listings.items()}
        rows = [row_of(pair, found.entered_by, known.get(id_), homes[pair.listing_id]) for id_, pair in current.items()]
        store = self.matches.of(found.agency_id)
        store.put(rows, known)
        judged = zip(current.values(), rows, strict=True)
        entered = [e for pair, row in judged if (e := news_of(pair, found.entered_by, row, known.get(row["_id"])))]
        # of many homes each is told once
        tellings = found.tellings if found.side == "listing" else self._tellings()
        told = (listings, searches, surroundings.languages, said)
        tell_found(store, found.agency_id, entered, *told, tellings)
        return set(current)

    def _both(self, found: Found, held: Document, pairs: list[Pair]) -> tuple[Documents, Documents]:
        """The listings and the searches of these pairs by id; `held` is one of them, and read already."""
        mine = {found.subject: held}
        if found.side == "listing":
            return mine, self.searches.of(found.agency_id).by_ids(pair.search_id for pair in pairs)
        return self.listings.of(found.agency_id).by_ids(pair.listing_id for pair in pairs), mine

    def _sweep(self, found: Found, written: set[str], surroundings: Around) -> None:
        """Drop rows of an older version of this listing or search that were not written anew; they no longer meet."""
        store = self.matches.of(found.agency_id)
        rows = [row for row in surroundings.outdated if row["_id"] not in written]
        if rows:
            store.drop(row["_id"] for row in rows)
            lost = [row for row in rows if row["kind"] != DISCARDED]
            tell_lost(store, found.agency_id, lost, found.side, found.sequence, surroundings.said)


def is_current(pair: Pair, listings: dict[str, Document], searches: dict[str, Document]) -> bool:
    """Whether listing and search are still at the versions of the pair."""
    listing, search = listings.get(pair.listing_id), searches.get(pair.search_id)
    return (
        listing is not None
        and search is not None
        and listing["sequence"] == pair.listing_sequence
        and search["sequence"] == pair.search_sequence
    )


def priced(home: Document) -> Document:
    """What a home costs, in hundredths, as match rows keep it."""
    price = home["wire"].get("list_price")
    minor = None if price is None else hundredths(price, MOST_MONEY)
    return {"list_price": minor, "currency": home["wire"].get("currency")}


def row_of(pair: Pair, entered_by: str, before: Document | None, price: Document) -> Document:
    """The match row of a pair; what brought it in and when stays from the row before."""
    return {
        "_id": pair.id,
        "listing_id": pair.listing_id,
        "saved_search_id": pair.search_id,
        "contact_id": pair.contact_id,
        "listing_sequence": pair.listing_sequence,
        "search_sequence": pair.search_sequence,
        "kind": pair.kind,
        "score": pair.score,
        "confidence": pair.confidence,
        **price,
        "entered_by": before["entered_by"] if before else entered_by,
        "found_at": before["found_at"] if before else now(),
    }


def news_of(pair: Pair, entered_by: str, row: Document, before: Document | None) -> Entered | None:
    """Whether this pair is news: near ones are for the pages, never for a message."""
    if pair.kind == "near":
        return None
    if before is None or better(pair.kind, before["kind"]):
        return Entered(pair, entered_by, None)
    if re_offered(before, row["list_price"], row["currency"]):
        return Entered(pair, "price", before["list_price"])
    return None
