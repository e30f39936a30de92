"""Keeps this process's index current from one change stream, and says when a change has been seen."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Any, NoReturn, cast

from services.matching.engine.index.index import Index
from services.matching.store.documents import ListingDocument, SearchDocument
from services.matching.store.listings import ListingStore
from services.matching.store.records import as_listing, as_search, as_tombstone
from services.matching.store.searches import SearchStore
from shared.errors import Pause

log = logging.getLogger(__name__)
LISTINGS, SEARCHES = ListingStore.COLLECTION, SearchStore.COLLECTION
PATIENCE_SECONDS = 5.0


class Follower:
    """Feeds an index; `ready` once the first build is done. A rebuild makes another `index`: read it anew each time."""

    def __init__(self, listings: ListingStore, searches: SearchStore) -> None:
        self.listings, self.searches = listings, searches
        self.index = Index()
        self.ready = threading.Event()
        self.patience = PATIENCE_SECONDS
        self.restart: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Read both collections; the stream is already open, so changes during the read arrive again."""
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
        """Apply a listing that changed; the index knows whether it is newer."""
        self.index.apply_listing(as_listing(cast("ListingDocument", document)))

    def on_search(self, document: dict[str, Any]) -> None:
        """Apply a search that changed or was removed."""
        search = cast("SearchDocument", document)
        if search["removed"]:
            self.index.apply_search(as_tombstone(search), gone=True)
        else:
            self.index.apply_search(as_search(search))

    def wait_for_listing(self, agency_id: str, listing_id: str, sequence: int) -> bool:
        """Wait until the index has this version of a listing, or a later one; false on timeout."""
        return self._wait(lambda seconds: self.index.wait_for_listing(agency_id, listing_id, sequence, seconds))

    def wait_for_search(self, agency_id: str, search_id: str, sequence: int) -> bool:
        """Wait until the index has this version of a search, or a later one; false on timeout."""
        return self._wait(lambda seconds: self.index.wait_for_search(agency_id, search_id, sequence, seconds))

    def require_listing(self, agency_id: str, listing_id: str, sequence: int) -> None:
        """Return once the index has this version of a listing, or a later one; raises Pause on timeout."""
        if not self.wait_for_listing(agency_id, listing_id, sequence):
            self._pause()

    def require_search(self, agency_id: str, search_id: str, sequence: int) -> None:
        """Return once the index has this version of a search, or a later one; raises Pause on timeout."""
        if not self.wait_for_search(agency_id, search_id, sequence):
            self._pause()

    def rebuild(self) -> None:
        """Start again: the stream is reopened and both collections are read."""
        self.ready.clear()
        self.restart()

    def _wait(self, wait: Callable[[float], bool]) -> bool:
        until = time.monotonic() + self.patience
        return self.ready.wait(self.patience) and wait(max(0.0, until - time.monotonic()))

    def _pause(self) -> NoReturn:
        if self.ready.is_set():
            # an index that is ready and has not seen the change has lost the stream
            self.rebuild()
        raise Pause("the index has not seen this change in time")
