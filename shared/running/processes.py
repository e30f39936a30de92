"""Live processes: each writes a row every few seconds, which container health checks and the pages read."""

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
    """One process as it reports itself: state, memory and event rate."""

    def __init__(self, db: Database[Any], owner: str, service: str, kind: str, tally: Tally | None = None) -> None:
        self.db, self.owner, self.service, self.kind = db, owner, service, kind
        self._tally = tally or Tally()
        self._told_at = time.monotonic()

    def announce(self, state: str) -> None:
        """Report this process: its state, memory (bytes) and handled events a second."""
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
    """Report a process that serves HTTP, from a thread of its own; returns a function that stops it."""
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
    """The unique name of this process: host, process id, start time."""
    return f"{socket.gethostname()}:{os.getpid()}:{int(time.time())}"


def forget(db: Database[Any], owner: str) -> None:
    """Remove this process's row on a normal end."""
    db[PROCESSES].delete_one({"_id": owner})


def alive(db: Database[Any]) -> list[dict[str, Any]]:
    """The rows of processes that reported a moment ago."""
    return list(db[PROCESSES].find({"seen_at": {"$gt": now() - GONE_AFTER}}).sort("started_at", 1))


def lives_here(db: Database[Any], kind: str) -> bool:
    """Whether a process of this kind on this host reported lately that it consumes: a container's health check."""
    return any(row["kind"] == kind and row["host"] == socket.gethostname() for row in alive(db))


def _quietly(tell: Callable[[], None]) -> None:
    """Skip the report while the database is away; the process goes on and its row expires meanwhile."""
    try:
        tell()
    except PyMongoError as error:
        log.warning("could not tell of this process", extra={"error": type(error).__name__})


def _memory() -> int:
    """Proportional set size where the system reports it, so that shared pages are counted once."""
    full = psutil.Process().memory_full_info()
    return int(getattr(full, "pss", full.rss))
