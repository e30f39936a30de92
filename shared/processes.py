"""Who is alive: each process writes a row every few seconds; container health checks and the pages read it."""

from __future__ import annotations

import os
import socket
from datetime import timedelta
from typing import Any

import psutil
from pymongo import IndexModel
from pymongo.database import Database

from shared.event import now

PROCESSES = "processes"
EVERY_SECONDS = 5
GONE_AFTER = timedelta(seconds=20)
INDEXES = {PROCESSES: [IndexModel([("expire_at", 1)], expireAfterSeconds=0)]}


def announce(db: Database[Any], owner: str, service: str, kind: str, state: str) -> None:
    """Say that this process lives, how it is and what it weighs (bytes)."""
    row = {
        "service": service,
        "kind": kind,
        "state": state,
        "host": socket.gethostname(),
        "pid": os.getpid(),
        "memory": psutil.Process().memory_info().rss,
        "seen_at": now(),
        "expire_at": now() + timedelta(minutes=2),
    }
    db[PROCESSES].update_one({"_id": owner}, {"$set": row, "$setOnInsert": {"started_at": now()}}, upsert=True)


def forget(db: Database[Any], owner: str) -> None:
    """Leave in good order."""
    db[PROCESSES].delete_one({"_id": owner})


def alive(db: Database[Any]) -> list[dict[str, Any]]:
    """The rows of processes seen a moment ago."""
    return list(db[PROCESSES].find({"seen_at": {"$gt": now() - GONE_AFTER}}).sort("started_at", 1))


def lives_here(db: Database[Any], kind: str) -> bool:
    """Whether a process of this kind on this very host was seen consuming: what a container asks of itself."""
    return any(row["kind"] == kind and row["host"] == socket.gethostname() for row in alive(db))
