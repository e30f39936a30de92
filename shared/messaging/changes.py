"""The process's one change stream: wakes the relay and feeds the followers of the database."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from typing import Any

from pymongo.database import Database
from pymongo.errors import OperationFailure, PyMongoError

from shared.storage.mongo import is_unreachable

log = logging.getLogger(__name__)
HISTORY_LOST = (286, 280)  # ChangeStreamHistoryLost, ChangeStreamFatalError
OnChange = Callable[[dict[str, Any]], None]


class ChangeFeed:
    """Follows some collections of one database in commit order.

    `on_change[collection]` gets each inserted or replaced document; updates are for marks that nobody waits for, and
    are not even sent.
    `on_start` runs after the stream is open and before its first change: read what is there now, and no
    change can fall between. It runs again when the stream's history was lost.
    """

    def __init__(
        self, db: Database[Any], on_change: Mapping[str, OnChange], on_start: Callable[[], None] = lambda: None
    ) -> None:
        self.db, self.on_change, self.on_start = db, dict(on_change), on_start
        self._token: Mapping[str, Any] | None = None
        self.restart = threading.Event()

    def run(self, stop: threading.Event) -> None:
        """Follow until stopped; waits while the server is unreachable."""
        while not stop.is_set():
            try:
                self._follow(stop)
            except PyMongoError as error:
                if isinstance(error, OperationFailure) and error.code in HISTORY_LOST:
                    self._token = None
                elif not is_unreachable(error) and not error.has_error_label("ResumableChangeStreamError"):
                    raise
                log.warning("change stream interrupted", extra={"error": type(error).__name__})
                stop.wait(0.5)

    def _follow(self, stop: threading.Event) -> None:
        pipeline: list[dict[str, Any]] = [
            {
                "$match": {
                    "ns.coll": {"$in": sorted(self.on_change)},
                    "operationType": {"$in": ["insert", "replace"]},
                }
            },
            {"$unset": "fullDocument.body"},  # the id of an event in the outbox; the relay itself reads the messages
        ]
        if self.restart.is_set():
            self._token = None
            self.restart.clear()
        fresh = self._token is None
        with self.db.watch(pipeline, resume_after=self._token, max_await_time_ms=1000) as stream:
            if fresh:
                self.on_start()
            while not stop.is_set() and not self.restart.is_set():
                change = stream.try_next()
                self._token = stream.resume_token
                if change is not None:
                    self.on_change[change["ns"]["coll"]](change["fullDocument"])
