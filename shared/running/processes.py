"""Who is alive: each process writes a row every few seconds; container health checks and the pages read it."""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import psutil
from pymongo import IndexModel
from pymongo.database import Database
from pymongo.errors import PyMongoError

from shared import VERSION
from shared.messaging.event import now
from shared.running.rates import HANDLED, Tally

PROCESSES = "processes"
EVERY_SECONDS = 5
GONE_AFTER = timedelta(seconds=20)
INDEXES = {PROCESSES: [IndexModel([("expire_at", 1)], expireAfterSeconds=0)]}
log = logging.getLogger(__name__)


class Presence:
    """One process, as it tells of itself: how it is, what it weighs, how much it does."""

    def __init__(self, db: Database[Any], owner: str, service: str, kind: str, tally: Tally | None = None) -> None:
        self.db, self.owner, self.service, self.kind = db, owner, service, kind
        self._tally = tally or Tally()
        self._told_at = time.monotonic()

    def announce(self, state: str) -> None:
        """Say that this process lives, how it is, what it weighs (bytes) and how many events it handled a second."""
        did = self._tally.record(self.db)
        row = {
            "service": self.service,
            "kind": self.kind,
            "state": state,
            "version": VERSION,
            "host": socket.gethostname(),
            "pid": os.getpid(),
            "memory": _memory(),
            "per_second": self._per_second(did),
            "seen_at": now(),
            "expire_at": now() + timedelta(minutes=2),
        }
        self.db[PROCESSES].update_one({"_id": self.owner}, {"$set": row, "$setOnInsert": {"started_at": now()}}, True)

    def _per_second(self, did: Counter[str]) -> float:
        moment = time.monotonic()
        seconds, self._told_at = moment - self._told_at, moment
        return round(did[HANDLED] / seconds, 2) if seconds > 1 else 0.0


def announce_web(db: Database[Any], service: str, kind: str) -> Callable[[], None]:
    """Tell of a process that serves HTTP, from a thread of its own; what is returned ends that."""
    stop, owner = threading.Event(), name_here()
    presence = Presence(db, owner, service, kind)

    def run() -> None:
        while not stop.is_set():
            _quietly(lambda: presence.announce("serving"))
            stop.wait(EVERY_SECONDS)

    thread = threading.Thread(target=run, name="presence", daemon=True)
    thread.start()

    def leave() -> None:
        stop.set()
        thread.join(timeout=2)
        _quietly(lambda: forget(db, owner))

    return leave


def name_here() -> str:
    """What this process is called among all that ever were: host, process id, moment."""
    return f"{socket.gethostname()}:{os.getpid()}:{int(time.time())}"


def forget(db: Database[Any], owner: str) -> None:
    """Leave in good order."""
    db[PROCESSES].delete_one({"_id": owner})


def alive(db: Database[Any]) -> list[dict[str, Any]]:
    """The rows of processes seen a moment ago."""
    return list(db[PROCESSES].find({"seen_at": {"$gt": now() - GONE_AFTER}}).sort("started_at", 1))


def lives_here(db: Database[Any], kind: str) -> bool:
    """Whether a process of this kind on this very host was seen consuming: what a container asks of itself."""
    return any(row["kind"] == kind and row["host"] == socket.gethostname() for row in alive(db))


def _quietly(tell: Callable[[], None]) -> None:
    """A process serves on while its database is away; its row runs out meanwhile."""
    try:
        tell()
    except PyMongoError as error:
        log.warning("could not tell of this process", extra={"error": type(error).__name__})


def _memory() -> int:
    """Proportional set size where the system tells it, so that pages shared with others are counted once."""
    full = psutil.Process().memory_full_info()
    return int(getattr(full, "pss", full.rss))
