"""Crossing: a new listing against all searches, a new search against all listings; slice by slice, both ways alike."""

from __future__ import annotations

from dataclasses import dataclass, field

from services.matching.crossing.match_events import NOTHING, Pair, Teller, Tellings, tell_found, tell_lost
from services.matching.crossing.match_row import is_current, news_of, priced, row_of
from services.matching.crossing.pair_list import Found
from services.matching.engine.index.queries.index_matches import Plain
from services.matching.engine.records.facts import Listing
from services.matching.engine.world import PresentWorld
from services.matching.following.follower import Follower
from services.matching.model import DISCARDED
from services.matching.store import CrossingStore, Held, ListingStore, MatchStore, SearchStore
from services.matching.store.records import as_listing, as_search
from services.matching.store.slice_context import Around, around
from shared.storage.mongo import Document

SLICE = 200  # as many as one event carries
FEW = 20  # searches that are read whole at once: two answers would take longer
# What is read of a search for a slice of many: all else that is told of it was most likely told of another before.
TOLD = ("sequence", "name", "alerts", "alert_possible", "valid_until", "wordings")
FIRST = ""  # comes before every id
Documents = dict[str, Document]


@dataclass(frozen=True)
class Crosser:
    """Finds pairs in the index and writes them down; holds the stores that it writes to."""

    follower: Follower
    world: PresentWorld
    searches: SearchStore
    listings: ListingStore
    matches: MatchStore
    crossings: CrossingStore
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
            hits = sorted(self.follower.index.matches_of_listing(listing, self.world()).plain())
        return Found("listing", agency_id, listing.id, listing.sequence, entered_by, "", hits, self._tellings())

    def write(self, found: Found) -> None:
        """All of it, in the transaction of the event's mark; what is longer than a SLICE is left to be served in turns.

        Nothing when a newer version is stored: its own crossing does everything anew.
        """
        held = self._hold(found)
        if held is None:
            return
        crossings = self.crossings.of(found.agency_id)
        rest: str | None = FIRST
        if found.rest(FIRST, SLICE) is None:
            rest, surroundings = self._slice(found, held, FIRST, SLICE)
            if rest is None and surroundings.is_under_way:
                crossings.end(found.side, found.subject)
        if rest is not None:
            self._remember(found)
            row = {"sequence": found.sequence, "entered_by": found.entered_by, "next": rest, "owner": None}
            crossings.begin(found.side, found.subject, row)

    def go_on(self, crossing: Document, found: Found, most: int = SLICE) -> None:
        """One more slice, in a transaction of its own; nothing when a newer crossing has taken its place."""
        store = self.crossings.of(crossing["agency_id"])
        stored = self._kept(found).stored(found.subject, found.sequence)
        rest = None if stored is None else self._slice(found, stored, crossing["next"], most)[0]
        # held last: who stores a newer version waits for the commit alone, not for the slice, and the slice gives way
        self._hold(found)
        if store.go_on(crossing, rest) and rest is None:
            store.end(crossing["side"], crossing["subject"])

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
        return self._kept(found).hold(found.subject, found.sequence)

    def _kept(self, found: Found) -> Held:
        store: Held = self.listings if found.side == "listing" else self.searches
        return store.of(found.agency_id)

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
            hits = sorted(self.follower.index.matches_of_search(search, self.world()).plain())
        return Found("search", agency_id, subject, search.sequence, entered_by, contact_id, hits, self._tellings())

    def _tellings(self) -> Tellings:
        return Tellings(self.world())

    def _slice(self, found: Found, held: Document, after: str, most: int) -> tuple[str | None, Around]:
        """Write up to `most` pairs whose other id comes after `after`; then drop what is outdated.

        Returns where to go on, or None at the end, and what surrounded the slice.
        """
        todo, rest = found.some(after, most), found.rest(after, most)
        ids, people = [pair.id for pair in todo], {pair.contact_id for pair in todo}
        outdated = 1 if rest else most
        surroundings = around(self.matches.of(found.agency_id), found.side, held, ids, people, outdated)
        written = self._enter(found, held, todo, surroundings) if todo else set()
        if rest is None:
            self._sweep(found, written, surroundings)
            if len(surroundings.outdated) == most:
                rest = found.hits[-1][0] if found.hits else "~"
        return rest, surroundings

    def _enter(self, found: Found, held: Document, pairs: list[Pair], surroundings: Around) -> set[str]:
        """Rows for these pairs, and word of those that are new, better or cheaper; returns the ids of the rows."""
        listings, searches = self._both(found, held, pairs)
        known, said = surroundings.known, surroundings.said
        # asked once more here: somebody may have said no since the index was read
        wanted = (pair for pair in pairs if not said.get(pair.opinion, NOTHING)[1])
        current = [pair for pair in wanted if is_current(pair, listings, searches)]
        homes = {listing_id: priced(document) for listing_id, document in listings.items()}
        rows = [row_of(pair, found.entered_by, known.get(pair.id), homes[pair.listing_id]) for pair in current]
        store = self.matches.of(found.agency_id)
        store.put(rows, known)
        judged = (news_of(pair, found.entered_by, homes[pair.listing_id], known.get(pair.id)) for pair in current)
        # of many homes each is told once
        tellings = found.tellings if found.side == "listing" else self._tellings()
        teller = Teller(surroundings.languages, said, tellings, self.searches.of(found.agency_id).by_ids)
        tell_found(store, found.agency_id, [one for one in judged if one], listings, searches, teller)
        return {row["_id"] for row in rows}

    def _both(self, found: Found, held: Document, pairs: list[Pair]) -> tuple[Documents, Documents]:
        """The listings and the searches of these pairs by id; `held` is one of them, and read already."""
        mine = {found.subject: held}
        if found.side == "listing":
            wanted = TOLD if len(pairs) > FEW else None
            return mine, self.searches.of(found.agency_id).by_ids((pair.search_id for pair in pairs), wanted)
        return self.listings.of(found.agency_id).by_ids(pair.listing_id for pair in pairs), mine

    def _sweep(self, found: Found, written: set[str], surroundings: Around) -> None:
        """Drop rows of an older version of this listing or search that were not written anew; they no longer meet."""
        store = self.matches.of(found.agency_id)
        rows = [row for row in surroundings.outdated if row["_id"] not in written]
        if rows:
            store.drop(row["_id"] for row in rows)
            lost = [row for row in rows if row["kind"] != DISCARDED]
            tell_lost(store, found.agency_id, lost, found.side, found.sequence, surroundings.said)
