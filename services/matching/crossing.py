"""Crossing: a new listing against all searches, a new search against all listings; slice by slice, both ways alike."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

from services.matching.engine.index.found import Hit
from services.matching.engine.quantities import MOST_MONEY, hundredths
from services.matching.engine.world import Rates, World
from services.matching.follower import Follower
from services.matching.found import NOTHING, Entered, Opinions, Pair, tell_found, tell_lost
from services.matching.model import DISCARDED, better, re_offered
from services.matching.records import as_listing, as_search
from services.matching.store import CrossingStore, ListingStore, MatchStore, SearchStore
from shared.event import now
from shared.mongo import Document

SLICE = 250  # what another agency's listing may have to wait for


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
            return Found(side, agency_id, subject, sequence, entered_by, [])  # an index built since knows nothing of it
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
        self.left.set()

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
        listing = as_listing(self.listings.of(agency_id).document(subject))
        self.follower.require("listing", agency_id, subject, max(sequence, listing.sequence))
        pairs: list[Pair] = []
        if listing.standard_status == "active":
            world = self.world(agency_id, "listing_id", subject)
            hits = self.follower.index.matches_of_listing(listing, world)
            pairs = [_pair((listing.id, h.id), h.contact_id, (listing.sequence, h.sequence), h) for h in hits]
        pairs.sort(key=lambda pair: pair.search_id)
        return Found("listing", agency_id, subject, listing.sequence, entered_by, pairs)

    def _of_search(self, agency_id: str, subject: str, sequence: int, entered_by: str) -> Found:
        search = as_search(self.searches.of(agency_id).document(subject))
        self.follower.require("search", agency_id, subject, max(sequence, search.sequence))
        pairs: list[Pair] = []
        if search.status == "active":
            world = self.world(agency_id, "contact_id", search.contact_id or "")
            hits = self.follower.index.matches_of_search(search, world)
            pairs = [_pair((h.id, search.id), search.contact_id, (h.sequence, search.sequence), h) for h in hits]
        pairs.sort(key=lambda pair: pair.listing_id)
        return Found("search", agency_id, subject, search.sequence, entered_by, pairs)

    def world(self, agency_id: str, by: str, subject: str) -> World:
        """The present day, the rates, and what one person or one home's people discarded."""
        return World(datetime.now(UTC).date(), self.rates, self.discarded(agency_id, by, subject))

    def _slice(self, found: Found, after: str) -> str | None:
        """Write up to SLICE pairs whose other id comes after `after`; then drop what is outdated.

        Returns where to go on, or None at the end.
        """
        start = bisect_right(found.pairs, after, key=partial(self._other, found))
        todo = found.pairs[start : start + SLICE]
        self._enter(found, todo)
        if len(found.pairs) > start + SLICE:
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
        return pair.search_id if found.side == "listing" else pair.listing_id

    def _enter(self, found: Found, pairs: list[Pair]) -> None:
        """Rows for these pairs, and word of those that are new, better or cheaper."""
        if not pairs:
            return
        searches = self.searches.of(found.agency_id).by_ids({pair.search_id for pair in pairs})
        listings = self.listings.of(found.agency_id).by_ids({pair.listing_id for pair in pairs})
        said = self._said(found, pairs[0].contact_id)
        # asked once more here: somebody may have said no since the index was read
        wanted = [pair for pair in pairs if not said.get(pair.opinion, NOTHING)[1]]
        current = [pair for pair in wanted if is_current(pair, listings, searches)]
        store = self.matches.of(found.agency_id)
        known, languages = store.known([pair.id for pair in current], {pair.contact_id for pair in current})
        homes = {listing_id: priced(document) for listing_id, document in listings.items()}
        rows = [row_of(pair, found.entered_by, known.get(pair.id), homes[pair.listing_id]) for pair in current]
        store.put(rows, known)
        judged = zip(current, rows, strict=True)
        entered = [e for pair, row in judged if (e := news_of(pair, found.entered_by, row, known.get(pair.id)))]
        world = World(datetime.now(UTC).date(), self.rates)
        tell_found(store, found.agency_id, entered, listings, searches, languages, said, world)

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


def _pair(ids: tuple[str, str], contact_id: str | None, sequences: tuple[int, int], hit: Hit) -> Pair:
    return Pair(*ids, contact_id or "", *sequences, hit.kind, hit.score, hit.confidence)


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
