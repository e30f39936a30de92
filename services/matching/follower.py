"""Keeps this process's index current from one change stream, and says when a change has been seen."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Any, Protocol

from services.matching.engine.facts import Listing, Search
from services.matching.store import ListingStore, SearchStore
from shared.errors import Pause

log = logging.getLogger(__name__)
LISTINGS, SEARCHES = ListingStore.COLLECTION, SearchStore.COLLECTION
KINDS = {"listing": LISTINGS, "search": SEARCHES}
PATIENCE_SECONDS = 5.0


class Follows(Protocol):
    """What the follower needs of an index."""

    def build(self, listings: list[Listing], searches: list[Search]) -> None:
        """Begin anew with these."""
        ...

    def put_listing(self, listing: Listing) -> None:
        """Take a listing in, over any older version of it."""
        ...

    def put_search(self, search: Search) -> None:
        """Take a search in, over any older version of it."""
        ...

    def drop_search(self, search_id: str, sequence: int) -> None:
        """Forget a search that was removed at this version."""
        ...

    def sequence_of(self, kind: str, document_id: str) -> int:
        """The version that the index has; -1 when it has none."""
        ...


class Follower:
    """Feeds an index; `ready` once the first build is done."""

    def __init__(self, listings: ListingStore, searches: SearchStore, index: Follows) -> None:
        self.listings, self.searches, self.index = listings, searches, index
        self.ready = threading.Event()
        self.patience = PATIENCE_SECONDS
        self.restart: Callable[[], None] = lambda: None
        self._seen = threading.Condition()

    def start(self) -> None:
        """Read both collections; the stream is open already, so what changes meanwhile comes again."""
        self.ready.clear()
        began = time.perf_counter()
        listings = [as_listing(document) for document in self.listings.everything()]
        searches = [as_search(document) for document in self.searches.everything() if not document["removed"]]
        self.index.build(listings, searches)
        log.info("index built", extra={"count": len(searches), "seconds": round(time.perf_counter() - began, 3)})
        self.ready.set()
        self._tell()

    def on_listing(self, document: dict[str, Any] | None) -> None:
        """Take in a listing that changed."""
        if document is not None and document["sequence"] >= self.index.sequence_of(LISTINGS, document["_id"]):
            self.index.put_listing(as_listing(document))
        self._tell()

    def on_search(self, document: dict[str, Any] | None) -> None:
        """Take in a search that changed, or was removed."""
        if document is not None and document["sequence"] >= self.index.sequence_of(SEARCHES, document["_id"]):
            if document["removed"]:
                self.index.drop_search(document["_id"], document["sequence"])
            else:
                self.index.put_search(as_search(document))
        self._tell()

    def wait_for(self, kind: str, document_id: str, sequence: int) -> bool:
        """Wait until the index has this version or a later one; false means that the index must be built anew."""
        with self._seen:
            return self._seen.wait_for(
                lambda: self.ready.is_set() and self.index.sequence_of(kind, document_id) >= sequence,
                self.patience,
            )

    def require(self, side: str, document_id: str, sequence: int) -> None:
        """Return once the index has this version of a listing or search, or a later one; raises Pause when not in time.

        An index that is ready and yet has not seen it has lost the stream: it is built anew.
        """
        if self.wait_for(KINDS[side], document_id, sequence):
            return
        if self.ready.is_set():
            self.rebuild()
        raise Pause("the index has not seen this change in time")

    def rebuild(self) -> None:
        """Begin anew: the stream is opened again and both collections are read."""
        self.ready.clear()
        self.restart()

    def _tell(self) -> None:
        with self._seen:
            self._seen.notify_all()


def as_listing(document: dict[str, Any]) -> Listing:
    """The engine's record of a stored listing."""
    about = {"id": document["_id"], "agency_id": document["agency_id"], "sequence": document["sequence"]}
    return Listing.from_wire(document["wire"] | about, document["resolved"])


def as_search(document: dict[str, Any]) -> Search:
    """The engine's record of a stored search."""
    about = ("agency_id", "contact_id", "sequence", "status", "valid_until")
    wire = document["wishes"] | {name: document[name] for name in about} | {"id": document["_id"]}
    return Search.from_wire(wire, document["resolved"])
