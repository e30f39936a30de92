"""The thread that keeps the web process's index current; if it fails, it ends the process."""

from __future__ import annotations

import logging
import os
import threading

from shared.messaging.changes import ChangeFeed

log = logging.getLogger(__name__)


class FollowingThread:
    """Follows the database from `start` to `stop`."""

    def __init__(self, feed: ChangeFeed) -> None:
        self._feed = feed
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="changes", daemon=True)

    def start(self) -> None:
        """Begin, in the process that serves: a thread does not survive the fork."""
        self._thread.start()

    def stop(self) -> None:
        """Stop the thread."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        try:
            self._feed.run(self._stop)
        except BaseException:
            if self._stop.is_set():
                return
            # an index that is no longer updated would go on giving wrong replies
            log.exception("the index can no longer follow")
            logging.shutdown()
            os._exit(70)
