"""Idempotent receiver: the mark that an event is done, the handler's writes and its events commit together.

What fails is parked here, tried again with growing delays, and in the end dead: listed, replayed or discarded.
"""

from __future__ import annotations

import hashlib
import logging
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from pymongo import IndexModel, ReturnDocument
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from shared.contracts import CONTRACTS
from shared.contracts.base import BrokenContract
from shared.errors import DomainError, NotYetKnown, Pause
from shared.messaging.event import Envelope, Event, Malformed, now
from shared.messaging.faults import fault
from shared.running import context
from shared.storage.mongo import is_unreachable, transaction

INBOX = "inbox"
KEPT = timedelta(days=30)
LEASE = timedelta(seconds=60)
DELAYS = tuple(timedelta(seconds=s) for s in (5, 30, 120, 600, 1800, 3600))
POISON_COUNT = 3
INDEXES = {
    INBOX: [
        IndexModel([("state", 1), ("not_before", 1)], partialFilterExpression={"state": "parked"}),
        IndexModel([("state", 1), ("agency_id", 1), ("_id", 1)], partialFilterExpression={"state": "dead"}),
        IndexModel([("contact_id", 1)], partialFilterExpression={"state": {"$in": ["parked", "dead"]}}),
        IndexModel([("expire_at", 1)], expireAfterSeconds=0),
    ]
}
log = logging.getLogger(__name__)


class _AlreadyDone(Exception):
    """This event was handled before; ends the transaction."""


class _Died(Exception):
    """An event that was delivered repeatedly without an acknowledgement, since its handler ends the process."""


STALE = object()
# The type of an event determines the class of its data: the table of a service's handlers pairs the two.
AnyEvent = Event[Any]


@dataclass(frozen=True)
class Staged:
    """A handler in two steps: `prepare(deps, event)` commits for itself and may wait; its result goes to
    `finish(deps, event, prepared)`, which shares the transaction of the mark. Returning STALE skips `finish`."""

    prepare: Callable[[Any, AnyEvent], Any]
    finish: Callable[[Any, AnyEvent, Any], None]


Handler = Callable[[Any, AnyEvent], None] | Staged


class Inbox:
    """The events of one service: received once, retried, made dead, replayed."""

    def __init__(self, db: Database[Any], handlers: Mapping[str, Handler], deps: Any, owner: str) -> None:
        self.db, self.handlers, self.deps, self.owner = db, handlers, deps, owner
        self.rows = db[INBOX]

    def receive(self, body: bytes, delivery_count: int = 0, gave_up: bool = False) -> str:
        """Handle one delivery; returns done, duplicate, parked or dead, after which it may be acknowledged.

        Raises an outage (`is_outage`) when nothing could be written: do not acknowledge.
        """
        try:
            event = self._read(body)
        except Malformed as error:
            return self._bury_raw(body, str(error))
        if self._is_dear(event, delivery_count) and self.rows.find_one({"_id": event.id}, {"_id": 1}):
            return "duplicate"
        if delivery_count >= POISON_COUNT or gave_up:
            return self._park(event, _Died("the process died while handling it"))
        fault("inbox.before_transaction")
        try:
            return self._once(event, self._insert_done)
        except Exception as error:
            if is_outage(error):
                raise
            cause = _told(error)
            about = {"event_id": event.id, "type": event.type, "error": f"{cause['error_class']}: {cause['error']}"}
            log.warning("event parked", extra=about)
            return self._park(event, error)

    def retry_due(self) -> bool:
        """Try one parked event that is due; true when there was one."""
        row = self._claim()
        if row is None:
            return False
        fault("retry.after_claim")
        try:
            self._once(self._read(row["event"]), self._close_claimed)
            fault("retry.after_commit")
        except Exception as error:
            if is_outage(error):
                raise
            self._again_later(row, error)
        return True

    def _read(self, body: bytes | str) -> AnyEvent:
        envelope = Envelope.from_wire(body)
        contract = CONTRACTS.get(envelope.type)
        if contract is None or envelope.type not in self.handlers:
            raise Malformed("not a type that this service consumes")
        if envelope.source != f"/{envelope.type.split('.')[0]}":
            raise Malformed("the source does not own this type")
        try:
            data = contract.load(envelope.data)
        except BrokenContract as error:
            raise Malformed(str(error)) from None
        if contract.subject is not None and getattr(data, contract.subject) != envelope.subject:
            raise Malformed("the data is about another subject")
        return Event.of(envelope, data)

    def _is_dear(self, event: AnyEvent, delivery_count: int) -> bool:
        """Whether to look for the mark before the work; otherwise the insert of the mark detects a duplicate."""
        return delivery_count > 0 or isinstance(self.handlers[event.type], Staged)

    def _once(self, event: AnyEvent, mark: Callable[[AnyEvent], None]) -> str:
        handler = self.handlers[event.type]
        prepared = None
        with context.working(event.correlation_id, event.id):
            if isinstance(handler, Staged):
                prepared = handler.prepare(self.deps, event)
        try:
            transaction(self.db.client, lambda: self._handle(event, handler, prepared, mark))
        except _AlreadyDone:
            return "duplicate"
        fault("inbox.after_commit")
        return "done"

    def _handle(self, event: AnyEvent, handler: Handler, prepared: Any, mark: Callable[[AnyEvent], None]) -> None:
        mark(event)
        with context.working(event.correlation_id, event.id):
            if not isinstance(handler, Staged):
                handler(self.deps, event)
            elif prepared is not STALE:
                handler.finish(self.deps, event, prepared)

    def _insert_done(self, event: AnyEvent) -> None:
        try:
            self.rows.insert_one(_row(event, "done") | {"expire_at": now() + KEPT})
        except DuplicateKeyError:
            raise _AlreadyDone from None

    def _close_claimed(self, event: AnyEvent) -> None:
        closed = self.rows.update_one(
            {"_id": event.id, "state": "parked", "lease_owner": self.owner},
            {
                "$set": {"state": "done", "expire_at": now() + KEPT},
                "$unset": {"event": "", "lease_owner": "", "lease_until": "", "not_before": ""},
            },
        )
        if not closed.matched_count:
            raise _AlreadyDone

    def _claim(self) -> dict[str, Any] | None:
        moment = now()
        found: dict[str, Any] | None = self.rows.find_one_and_update(
            {"state": "parked", "not_before": {"$lte": moment}},
            # the attempt counts from the claim, so that an event that crashes its process is counted too
            {
                "$set": {"lease_owner": self.owner, "lease_until": moment + LEASE, "not_before": moment + LEASE},
                "$inc": {"attempts": 1},
            },
            sort=[("not_before", 1)],
            return_document=ReturnDocument.AFTER,
        )
        if found is not None and found["attempts"] > len(DELAYS) + 1:
            self._again_later(found, _Died("the process died while handling it"))
            return None
        return found

    def _again_later(self, row: dict[str, Any], error: Exception) -> None:
        dead = row["attempts"] > len(DELAYS)
        change: dict[str, Any] = {"state": "dead" if dead else "parked", "tried_at": now(), **_told(error)}
        if not dead:
            change["not_before"] = now() + DELAYS[row["attempts"] - 1]
        self.rows.update_one(
            {"_id": row["_id"], "state": "parked", "lease_owner": self.owner},
            {"$set": change, "$unset": {"lease_owner": "", "lease_until": ""}},
        )

    def _park(self, event: AnyEvent, error: Exception) -> str:
        row = _row(event, "parked") | {
            "attempts": 1,
            "not_before": now() + DELAYS[0],
            "event": event.to_wire(),
            **_told(error),
        }
        self.rows.update_one({"_id": event.id}, {"$setOnInsert": row}, upsert=True)
        fault("inbox.after_park")
        return "parked"

    def _bury_raw(self, body: bytes, reason: str) -> str:
        row = {
            "type": None,
            "agency_id": None,
            "state": "dead",
            "attempts": 1,
            "at": now(),
            "error_class": "Malformed",
            "error": reason[:200],
            "event": body[: 64 * 1024].decode("utf-8", "replace"),
        }
        self.rows.update_one({"_id": f"raw:{hashlib.sha256(body).hexdigest()}"}, {"$setOnInsert": row}, upsert=True)
        log.warning("message buried", extra={"error": reason})
        return "dead"


def forget_contact(db: Database[Any], contact_id: str) -> None:
    """Discard parked and dead events of an erased contact; part of the erasing transaction."""
    db[INBOX].update_many(
        {"contact_id": contact_id, "state": {"$in": ["parked", "dead"]}},
        {"$set": {"state": "discarded", "expire_at": now() + KEPT}, "$unset": {"event": "", "not_before": ""}},
    )


def backlog(db: Database[Any]) -> dict[str, Any]:
    """How many events are parked and dead, and how old the oldest parked one is."""
    oldest = db[INBOX].find_one({"state": "parked"}, {"at": 1}, sort=[("not_before", 1)])
    return {
        "parked": db[INBOX].count_documents({"state": "parked"}),
        "dead": db[INBOX].count_documents({"state": "dead"}),
        "oldest_parked_at": oldest["at"] if oldest else None,
    }


def _row(event: AnyEvent, state: str) -> dict[str, Any]:
    row = {
        "_id": event.id,
        "type": event.type,
        "agency_id": event.agency_id,
        "subject": event.subject,
        "state": state,
        "attempts": 0,
        "at": now(),
    }
    contact_id = contact_of(event)
    return row | ({"contact_id": contact_id} if contact_id else {})


def contact_of(event: AnyEvent) -> str | None:
    """The one contact that an event is about, if any; erasing that person discards it."""
    contract = CONTRACTS.get(event.type)
    if contract is None or contract.contact is None:
        return None
    found = event.subject if contract.contact == "subject" else getattr(event.data, contract.contact)
    return found if isinstance(found, str) else None


def is_outage(error: BaseException) -> bool:
    """Whether the fault lies with a dependency, not with the event."""
    return isinstance(error, Pause) or is_unreachable(error)


def _told(error: Exception) -> dict[str, str]:
    """Class and cause without data: only our own sentences are quoted; other errors show only their place in the
    code.
    """
    if isinstance(error, (DomainError, NotYetKnown, Malformed, _Died)):
        cause = str(error)
    else:
        frames = traceback.extract_tb(error.__traceback__)
        cause = f"{Path(frames[-1].filename).name}:{frames[-1].lineno} in {frames[-1].name}" if frames else ""
    return {"error_class": type(error).__name__, "error": cause[:200]}
