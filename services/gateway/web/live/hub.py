"""Notifies open pages of changes: one change stream in, a queue for each page out."""

from __future__ import annotations

import json
import os
import queue
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from shared.errors import Unavailable

# what a page that does not read may leave lying; it is told to look at everything anyway
UNREAD = 100
MOST_PAGES = 240


@dataclass(eq=False)
class Listener:
    """One open page."""

    agency_id: str
    lines: queue.Queue[str] = field(default_factory=lambda: queue.Queue(UNREAD))


class Hub:
    """The open pages by agency; `publish` is called for each document that changed."""

    def __init__(self, most: int = MOST_PAGES) -> None:
        self._listeners: dict[str, set[Listener]] = defaultdict(set)
        self._lock = threading.Lock()
        self._most = most

    @contextmanager
    def listening(self, agency_id: str) -> Iterator[Listener]:
        """Listen to an agency's changes during the block; Unavailable when too many pages listen."""
        listener = Listener(agency_id)
        with self._lock:
            if sum(map(len, self._listeners.values())) >= self._most:
                raise Unavailable("Too many pages are open here.")
            self._listeners[agency_id].add(listener)
        try:
            yield listener
        finally:
            with self._lock:
                self._listeners[agency_id].discard(listener)

    def publish(self, document: dict[str, Any]) -> None:
        """Notify the agency's pages of the kind of change; pages then load the facts themselves."""
        told = json.dumps({"kind": document["kind"], "listing_id": document.get("listing_id")})
        with self._lock:
            listeners = list(self._listeners[document["agency_id"]])
        for listener in listeners:
            if not listener.lines.full():
                listener.lines.put_nowait(told)

    def __len__(self) -> int:
        with self._lock:
            return sum(map(len, self._listeners.values()))


def follow(feed: Any) -> threading.Thread:
    """Follow the database in a thread; when it fails, the process ends."""

    def run() -> None:
        try:
            feed.run(threading.Event())
        finally:
            os._exit(1)

    thread = threading.Thread(target=run, name="changes", daemon=True)
    thread.start()
    return thread
