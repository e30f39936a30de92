"""Transactional outbox: events are written in the aggregate's own transaction and published later by the relay."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain, takewhile
from operator import itemgetter
from typing import Any, Protocol
from zlib import compress, decompress

import pymongo
from pymongo import IndexModel, UpdateMany, UpdateOne
from pymongo.database import Database

from shared.messaging.event import Encoded, Envelope, now
from shared.messaging.faults import fault
from shared.running import context
from shared.running.rates import PUBLISHED, Tally
from shared.storage.mongo import ALONE

OUTBOX = "outbox"
LEASES = "leases"
INDEXES = {
    OUTBOX: [
        IndexModel([("status", 1), ("at", 1), ("sequence", 1)], partialFilterExpression={"status": "new"}),
        IndexModel([("not_before", 1)], sparse=True),
        IndexModel([("sent_at", 1)], expireAfterSeconds=7 * 86400),
    ],
    LEASES: [],
}
BATCH = 200
PARTS = 4  # of one aggregate at once, so that others need not wait for a megabyte
HEAVY = 8_000  # characters; such a body is kept compressed: thousands of similar matches shrink to a twentieth
LEASE = timedelta(seconds=3)
LEASE_RENEWAL = 1.0
_READ = ("type", "aggregate", "sequence", "attempts", "not_before", "body")


@dataclass(frozen=True)
class Outgoing:
    """A message on its way to the broker."""

    id: str
    key: str
    body: bytes
    mandatory: bool


class Publishes(Protocol):
    """The interface of the broker to the relay: the result for each message, `ack` or any other word."""

    def publish(self, batch: Sequence[Outgoing]) -> dict[str, str]:
        """Publish and wait for the confirms."""
        ...


def record(
    db: Database[Any], source: str, type_: str, agency_id: str, subject: str, sequence: int, data: dict[str, Any]
) -> str:
    """Write an event into the open transaction; returns its id."""
    row = row_of(source, type_, agency_id, subject, sequence, data)
    record_all(db, [row])
    return str(row["_id"])


def record_all(db: Database[Any], rows: Sequence[dict[str, Any]]) -> None:
    """Write many events (see `row_of`) into the open transaction at once."""
    if rows:
        db[OUTBOX].insert_many(rows)


def row_of(
    source: str, type_: str, agency_id: str, subject: str, sequence: int, data: dict[str, Any] | Encoded
) -> dict[str, Any]:
    """An event as a row of the outbox, not written yet."""
    work = context.current()
    encoded, data = (data, {}) if isinstance(data, Encoded) else (None, data)
    event = Envelope(
        id=work.next_event_id(),
        type=type_,
        source=f"/{source}",
        subject=subject,
        agency_id=agency_id,
        sequence=sequence,
        time=now().isoformat().replace("+00:00", "Z"),
        data=data,
        correlation_id=work.correlation_id,
        causation_id=work.causation_id,
    )
    return {
        "_id": event.id,
        "status": "new",
        "type": type_,
        "aggregate": f"{agency_id}/{subject}",
        "sequence": sequence,
        "at": now(),
        "attempts": 0,
        "body": _packed(event.to_wire(encoded)),
    }


def _packed(text: str) -> str | bytes:
    return compress(text.encode(), 1) if len(text) > HEAVY else text


def body_of(row: Mapping[str, Any]) -> bytes:
    """The message of a row that was not published yet."""
    body = row["body"]
    return decompress(body) if isinstance(body, bytes) else body.encode()


def withdraw(db: Database[Any], agency_id: str, subject: str) -> None:
    """Delete unpublished events of an erased person; part of the erasing transaction."""
    db[OUTBOX].delete_many({"status": "new", "aggregate": f"{agency_id}/{subject}"})


class Relay:
    """Publishes new events, holding a lease so that one relay a service works at a time.

    A relay that lost its lease without knowing only publishes twice; the inbox makes that harmless.
    """

    def __init__(
        self,
        db: Database[Any],
        publisher: Publishes,
        owner: str,
        wanted: Callable[[str], bool],
        tally: Tally | None = None,
    ) -> None:
        self.db = db
        self.tally = tally or Tally()
        self.publisher = publisher
        self.owner = owner
        self.wanted = wanted
        self.wake = threading.Event()
        self._leased_at = 0.0
        self._try_lease_at = 0.0

    def run(self, stop: threading.Event) -> None:
        """Sweep whenever woken, and once a second besides, until stopped."""
        while not stop.is_set():
            self.wake.wait(1.0)
            self.wake.clear()
            while not stop.is_set() and self._holds_lease() and self.sweep():
                pass
        self.release()

    def sweep(self) -> bool:
        """Publish one batch; true when there is more to do at once."""
        rows, more = self._due()
        if not rows:
            return False
        fault("relay.before_publish")
        fates = self.publisher.publish(
            [Outgoing(r["_id"], r["type"], body_of(r), self.wanted(r["type"])) for r in rows]
        )
        fault("relay.after_confirm")
        self._mark(rows, fates)
        fault("relay.after_mark")
        for row in rows:
            if fates.get(row["_id"]) == "ack":
                self.tally.add(PUBLISHED)
                self.tally.add(f"{PUBLISHED}:{row['type']}")
        return more and any(fate == "ack" for fate in fates.values())

    def _due(self) -> tuple[list[dict[str, Any]], bool]:
        """New rows, and whether others wait behind them; an aggregate's later event waits for its earlier one."""
        page = self._oldest({"status": "new"})
        moment = now()
        if any("not_before" in row and row["not_before"] > moment for row in page):
            waiting = {"status": "new", "not_before": {"$gt": moment}}
            seen = {row["aggregate"] for row in self.db[OUTBOX].find(waiting, {"aggregate": 1})}
            page = self._oldest({"status": "new", "aggregate": {"$nin": list(seen)}})
        rows = _together(page)
        return rows, len(page) == BATCH or len(rows) < len(page)

    def _oldest(self, query: dict[str, Any]) -> list[dict[str, Any]]:
        # never by _id: ids of caused events are not in the order of time, and a slow transaction commits late
        return list(self.db[OUTBOX].find(query, _READ).sort([("at", 1), ("sequence", 1)]).limit(BATCH))

    def _mark(self, rows: list[dict[str, Any]], fates: dict[str, str]) -> None:
        moment = now()
        sent = [r["_id"] for r in rows if fates.get(r["_id"]) == "ack"]
        changes: list[Any] = []
        if sent:
            update = {"$set": {"status": "sent", "sent_at": moment}, "$unset": {"body": "", "not_before": ""}}
            changes.append(UpdateMany({"_id": {"$in": sent}, "status": "new"}, update))
        for row in rows:
            if (fate := fates.get(row["_id"])) != "ack":
                update = {
                    "$set": {"not_before": moment + _wait(row["attempts"], fate), "fate": fate or "unknown"},
                    "$inc": {"attempts": 1},
                }
                changes.append(UpdateOne({"_id": row["_id"], "status": "new"}, update))
        self.db[OUTBOX].with_options(write_concern=ALONE).bulk_write(changes, ordered=False)

    def _holds_lease(self) -> bool:
        clock = time.monotonic()
        if clock - self._leased_at < LEASE_RENEWAL:
            return True
        if clock < self._try_lease_at:
            return False
        taken = self.db[LEASES].find_one_and_update(
            {
                "_id": "relay",
                "$expr": {"$or": [{"$eq": ["$owner", self.owner]}, {"$lt": ["$until", "$$NOW"]}]},
            },
            [{"$set": {"owner": self.owner, "until": {"$add": ["$$NOW", LEASE // timedelta(milliseconds=1)]}}}],
        )
        self._leased_at = clock if taken else 0.0
        self._try_lease_at = clock + LEASE_RENEWAL
        return taken is not None

    def release(self) -> None:
        """Release the lease, so that the next relay can begin at once."""
        self.db[LEASES].update_one({"_id": "relay", "owner": self.owner}, {"$set": {"owner": None, "until": now()}})


def _together(page: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of a page that wait for no other: each aggregate's first one, with the other parts of the same event.

    Rows of one type at one version are parts of one large event.
    """
    runs: dict[str, list[dict[str, Any]]] = {}
    for row in page:
        runs.setdefault(row["aggregate"], []).append(row)
    return list(chain.from_iterable(_first_parts(run[:PARTS]) for run in runs.values()))


def _first_parts(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    about = itemgetter("type", "sequence")
    return takewhile(lambda row: about(row) == about(rows[0]), rows)


def _wait(attempts: int, fate: str | None) -> timedelta:
    """The delay grows for a message that the broker refuses, and stays short while the broker is away."""
    longest = 30.0 if fate in ("nack", "returned") else 2.0
    return timedelta(seconds=min(0.1 * 2 ** min(attempts, 10), longest))


def prepare_leases(db: Database[Any]) -> None:
    """Create the lease row, so that taking the lease is never an insert."""
    db[LEASES].update_one({"_id": "relay"}, {"$setOnInsert": {"owner": None, "until": now()}}, upsert=True)


def backlog(db: Database[Any]) -> dict[str, Any]:
    """How many events wait, and since when."""
    oldest = db[OUTBOX].find_one({"status": "new"}, {"at": 1}, sort=[("at", pymongo.ASCENDING)])
    return {
        "waiting": db[OUTBOX].count_documents({"status": "new"}),
        "oldest_at": oldest["at"] if oldest else None,
    }
