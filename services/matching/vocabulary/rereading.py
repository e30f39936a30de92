"""After an agency changed its words: what is stored is read anew, a slice a turn, and crossed where that matters.

A listing read anew keeps what properties told and gets a higher stamp (`model.stamp`), so rows found with the old
words no longer count, and word of it goes out as matching.listing.resolved, which crosses it like any change.
"""

from __future__ import annotations

import time

from services.matching.engine.records.facts import Listing
from services.matching.engine.records.refusal import Refused
from services.matching.engine.records.resolution import resolve_listing
from services.matching.handlers import Deps, read_search_anew
from services.matching.model import stamp
from services.matching.store.vocabulary import claim
from services.matching.vocabulary.lexicons import Reading
from shared.messaging import outbox
from shared.storage.mongo import Document, transaction

SLICE = 100


class Renewal:
    """Serves the agencies whose words changed, whoever waits longest first."""

    def __init__(self, deps: Deps) -> None:
        self.deps = deps
        self._look_at = 0.0

    def serve(self) -> bool:
        """Read one slice of one agency's listings or searches anew; false when no agency waits, asked once a second."""
        if time.monotonic() < self._look_at:
            return False
        db = self.deps.lexicons.vocabularies.db
        found = claim(db)
        if found is None:
            self._look_at = time.monotonic() + 1.0
            return False
        transaction(db.client, lambda: self._slice(found["agency_id"]))
        return True

    def _slice(self, agency_id: str) -> None:
        vocabulary = self.deps.lexicons.vocabularies.of(agency_id)
        reading = self.deps.lexicons.of(agency_id)
        listings = self.deps.listings.of(agency_id).read_with_older(reading.version, SLICE)
        for document in listings:
            self._listing(agency_id, document, reading)
        searches = [] if listings else self.deps.searches.of(agency_id).read_with_older(reading.version, SLICE)
        for search in searches:
            read_search_anew(self.deps, agency_id, search.id)
        if listings or searches:
            vocabulary.go_on()
        else:
            vocabulary.done(reading.version)

    def _listing(self, agency_id: str, document: Document, reading: Reading) -> None:
        resolved = resolve_listing(document["wire"], reading.places, reading.words)
        changed = resolved != document["resolved"] and _holds_together(document, resolved)
        document = document | {"vocabulary": reading.version}
        if changed:
            document |= {"resolved": resolved, "sequence": stamp(document["told"], reading.version)}
        store = self.deps.listings.of(agency_id)
        store.read_anew(document)
        if changed:
            data = {"vocabulary": reading.version}
            sequence = document["sequence"]
            outbox.record(store.db, "matching", "matching.listing.resolved", agency_id, document["_id"], sequence, data)


def _holds_together(document: Document, resolved: Document) -> bool:
    """Whether a listing can be compared as it is read now; new words may put a feature into both of its lists."""
    about = {"id": document["_id"], "agency_id": document["agency_id"], "sequence": document["sequence"]}
    try:
        Listing.from_wire(document["wire"] | about, resolved)
    except Refused:
        return False
    return True
