"""After an agency changed its words: what is stored is interpreted anew, a slice a turn, and crossed where it matters.

A listing interpreted anew keeps what properties published and gets a higher stamp (`model.stamp`), so rows of the old
words no longer count; matching.listing.resolved is published about it, which crosses it like any change.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from services.matching.engine.records.facts import Listing
from services.matching.engine.records.refusal import Refused
from services.matching.engine.records.resolution import resolve_listing
from services.matching.model import stamp
from services.matching.store.documents import ListingDocument, Wire
from services.matching.store.listings import ListingStore
from services.matching.store.searches import SearchStore
from services.matching.store.vocabulary import claim
from services.matching.vocabulary.interpretation import reinterpret
from services.matching.vocabulary.lexicons import Lexicons, Reading
from shared.messaging import outbox
from shared.storage.mongo import transaction

SLICE = 100
PAUSE_SECONDS = 1.0


@dataclass
class Rereading:
    """Handles the agencies whose words changed, in the order in which they have waited."""

    lexicons: Lexicons
    listings: ListingStore
    searches: SearchStore
    _next_look: float = field(default=0.0, init=False)

    def serve(self) -> bool:
        """One slice of one agency; false when no agency waits, which is looked up once a second."""
        if time.monotonic() < self._next_look:
            return False
        db = self.lexicons.vocabularies.db
        vocabulary = claim(db)
        if vocabulary is None:
            self._next_look = time.monotonic() + PAUSE_SECONDS
            return False
        transaction(db.client, lambda: self._slice(vocabulary["agency_id"]))
        return True

    def _slice(self, agency_id: str) -> None:
        vocabulary = self.lexicons.vocabularies.of(agency_id)
        reading = self.lexicons.of(agency_id)
        listings = self.listings.of(agency_id).read_with_older(reading.version, SLICE)
        for document in listings:
            self._reread_listing(agency_id, document, reading)
        store = self.searches.of(agency_id)
        searches = [] if listings else store.read_with_older(reading.version, SLICE)
        for search in searches:
            reinterpret(search, reading)
            store.save(search)
        if listings or searches:
            vocabulary.go_on()
        else:
            vocabulary.done(reading.version)

    def _reread_listing(self, agency_id: str, document: ListingDocument, reading: Reading) -> None:
        resolved = resolve_listing(document["wire"], reading.places, reading.words)
        has_changed = resolved != document["resolved"] and _is_comparable(document, resolved)
        document["vocabulary"] = reading.version
        if has_changed:
            document["resolved"], document["sequence"] = resolved, stamp(document["told"], reading.version)
        store = self.listings.of(agency_id)
        store.replace_listing(document)
        if has_changed:
            data, sequence = {"vocabulary": reading.version}, document["sequence"]
            outbox.record(store.db, "matching", "matching.listing.resolved", agency_id, document["_id"], sequence, data)


def _is_comparable(document: ListingDocument, resolved: Wire) -> bool:
    """Whether a listing can be compared as interpreted now; new words may put a feature into both of its lists."""
    about = {"id": document["_id"], "agency_id": document["agency_id"], "sequence": document["sequence"]}
    try:
        Listing.from_wire(document["wire"] | about, resolved)
    except Refused:
        return False
    return True
