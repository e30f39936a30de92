"""Keeps this process's index current from one change stream, and says when a change has been seen."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from services.matching.engine.index.index import Index
from services.matching.store import ListingStore, SearchStore
from services.matching.store.records import as_listing, as_search, as_tombstone
from shared.errors import Pause

log = logging.getLogger(__name__)
LISTINGS, SEARCHES = ListingStore.COLLECTION, SearchStore.COLLECTION
PATIENCE_SECONDS = 5.0


class Follower:
    """Feeds an index; `ready` once the first build is done. A rebuild is a new index: ask for it anew each time."""

    def __init__(self, listings: ListingStore, searches: SearchStore) -> None:
        self.listings, self.searches = listings, searches
        self.index = Index()
        self.ready = threading.Event()
        self.patience = PATIENCE_SECONDS
        self.restart: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Read both collections; the stream is open already, so what changes meanwhile comes again."""
        self.ready.clear()
        began = time.perf_counter()
        listings = [as_listing(document) for document in self.listings.everything()]
        searches = [as_search(document) for document in self.searches.everything() if not document["removed"]]
        index = Index()
        index.load(listings, searches)
        self.index = index
        log.info("index built", extra={"count": len(searches), "seconds": round(time.perf_counter() - began, 3)})
        self.ready.set()

    def on_listing(self, document: dict[str, Any]) -> None:
        """Take in a listing that changed; the index knows whether it is newer."""
        self.index.apply_listing(as_listing(document))

    def on_search(self, document: dict[str, Any]) -> None:
        """Take in a search that changed, or was removed."""
        if document["removed"]:
            self.index.apply_search(as_tombstone(document), gone=True)
        else:
            self.index.apply_search(as_search(document))

    def wait_for(self, side: str, agency_id: str, document_id: str, sequence: int) -> bool:
        """Wait until the index has this version of a listing or search, or a later one; false when not in time."""
        until = time.monotonic() + self.patience
        if not self.ready.wait(self.patience):
            return False
        wait = self.index.wait_for_listing if side == "listing" else self.index.wait_for_search
        return wait(agency_id, document_id, sequence, max(0.0, until - time.monotonic()))

    def require(self, side: str, agency_id: str, document_id: str, sequence: int) -> None:
        """Return once the index has this version of a listing or search, or a later one; raises Pause when not in time.

        An index that is ready and yet has not seen it has lost the stream: it is built anew.
        """
        if self.wait_for(side, agency_id, document_id, sequence):
            return
        if self.ready.is_set():
            self.rebuild()
        raise Pause("the index has not seen this change in time")

    def rebuild(self) -> None:
        """Begin anew: the stream is opened again and both collections are read."""
        self.ready.clear()
        self.restart()
