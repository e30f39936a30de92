"""Deliveries in MongoDB: documents, saving with the event of the new state, claims under a lease."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from pymongo import IndexModel, ReturnDocument, UpdateOne

from services.notifications.delivery.model import ALERT, LEASE, LETTER, NEVER_LEFT, UNSENT, WAIT, WAITING, Delivery
from services.notifications.pairs.store import PairStore
from shared.errors import Conflict
from shared.messaging import outbox
from shared.messaging.event import now
from shared.storage.mongo import ALONE, Document, Store, transaction
from shared.storage.paging import Page

Deliveries = list[Delivery]  # inside the store, `list` is a page of it
# Alerts that have not left yet.
UNSENT_ALERTS: Document = {"state": {"$in": list(UNSENT)}, "kind": {"$ne": LETTER}}
EVENTS = {
    "queued": "notifications.delivery.queued",
    "sent": "notifications.delivery.sent",
    "skipped": "notifications.delivery.skipped",
    "failed": "notifications.delivery.failed",
    "unknown": "notifications.delivery.unknown",
}
_FIELDS = tuple(f.name for f in fields(Delivery) if f.name not in ("id", "kind", "changed", "is_news"))
_OPTIONAL = frozenset({"detail", "listing_ids", "by", "note", "cards", "sent_at", "lease_owner", "lease_until"})
# The fields that decide about a delivery, without the home that it shows.
DECISIVE = tuple("listing.sequence" if name == "listing" else name for name in (*_FIELDS, "kind") if name != "cards")
INDEXES = [
    IndexModel([("state", 1), ("not_before", 1)], partialFilterExpression={"state": {"$in": ["queued", "waiting"]}}),
    IndexModel(
        [("state", 1), ("lease_until", 1)],
        partialFilterExpression={"state": {"$in": ["claimed", "handing_over"]}},
    ),
    IndexModel([("agency_id", 1), ("created_at", -1), ("_id", -1)]),
    IndexModel([("agency_id", 1), ("contact_id", 1), ("state", 1)]),
    IndexModel([("agency_id", 1), ("listing_id", 1), ("state", 1)]),
    IndexModel([("agency_id", 1), ("listing_ids", 1)], partialFilterExpression={"kind": LETTER}),
]


class Stale(Conflict):
    """Another process changed the delivery after it was read."""

    def __init__(self) -> None:
        super().__init__("The delivery has changed meanwhile: read it again.")


class DeliveryStore(Store):
    """Deliveries: one for each person, home and price, and one for each letter."""

    COLLECTION = "deliveries"
    THING = "delivery"

    def get(self, delivery_id: str) -> Delivery:
        """One delivery; NotFound when it is missing or another agency's."""
        return from_document(self.document(delivery_id))

    def save(self, delivery: Delivery) -> None:
        """Write the changes, with the event of a new state in the same transaction; Stale when another process was
        faster.
        """
        if delivery.version and not delivery.is_news:
            self._update(delivery)
        else:
            transaction(self.db.client, lambda: self._write([delivery]))
        # not before the transaction has ended, since it may run again
        delivery.mark_saved()

    def save_all(self, deliveries: Iterable[Delivery]) -> None:
        """Write several in the open transaction; a new one with a known key leaves the existing one unchanged."""
        changed = [delivery for delivery in deliveries if delivery.changed or not delivery.version]
        self._write(changed)
        for delivery in changed:
            delivery.mark_saved()

    def unsent_alerts(self, **query: Any) -> Deliveries:
        """Alerts that have not left yet."""
        return self._find(UNSENT_ALERTS | query)

    def unsent_letters(self, contact_id: str) -> Deliveries:
        """Letters to a person that may still be cancelled."""
        return self._find({**UNSENT_ALERTS, "kind": LETTER, "contact_id": contact_id})

    def off_market(self, listing_id: str) -> Deliveries:
        """Deliveries that were stopped because their home had left the market, though their pair is live."""
        stopped: Document = {"listing_id": listing_id, "state": "canceled", "reason": {"$regex": "^listing_"}}
        searches = PairStore(self.db, self.agency_id).live(listing_id)
        return [delivery for delivery in self._find(stopped) if searches & set(delivery.matches)]

    def without_consent_since(self, given: datetime, contact_id: str) -> Deliveries:
        """Alerts that were skipped for lack of a consent that, as was reported later, had been given before."""
        late = {"state": "skipped", "reason": "no_consent", "created_at": {"$gte": given}, "kind": {"$ne": LETTER}}
        return self._find({"contact_id": contact_id, **late})

    def left(self, keys: Sequence[str]) -> dict[str, datetime | None]:
        """Deliveries with these keys that were sent or tried, with the time of sending."""
        query = self.own(_id={"$in": list(keys)}, state={"$nin": [*UNSENT, *NEVER_LEFT]})
        return {row["_id"]: row.get("sent_at") for row in self.rows.find(query, {"sent_at": 1})}

    def list(self, query: Mapping[str, Any], limit: int, cursor: str | None) -> Page:
        """A page of deliveries, newest first; those about a home include letters that name it among others."""
        asked = dict(query)
        if listing_id := asked.pop("listing_id", None):
            asked["$or"] = [{"listing_id": listing_id}, {"listing_ids": listing_id}]
        page = self.page(asked, limit, cursor, "created_at")
        return Page([from_document(row) for row in page.items], page.next_cursor)

    def claim(self, owner: str) -> Delivery | None:
        """Claim the next due delivery of any agency for a minute.

        Only the next save waits for a majority, which fails for a claim that a failover undid.
        """
        moment = now()
        row: Document | None = self.rows.with_options(write_concern=ALONE).find_one_and_update(
            {"state": "queued", "not_before": {"$lte": moment}},
            {
                "$set": {"state": "claimed", "lease_owner": owner, "lease_until": moment + LEASE},
                "$inc": {"attempts": 1, "version": 1},
            },
            sort=[("not_before", 1)],
            return_document=ReturnDocument.AFTER,
        )
        return from_document(row) if row else None

    def lapsed(self, state: str) -> Delivery | None:
        """A delivery in this state whose lease has expired."""
        row = self.rows.find_one({"state": state, "lease_until": {"$lt": now()}})
        return from_document(row) if row else None

    def next_waiting(self) -> Delivery | None:
        """A delivery of any agency that has waited for a while; it is not checked again for some time."""
        row: Document | None = self.rows.find_one_and_update(
            {"state": WAITING, "not_before": {"$lte": now()}},
            {"$set": {"not_before": now() + WAIT}},
            return_document=ReturnDocument.AFTER,
        )
        return from_document(row) if row else None

    def strip(self, contact_id: str) -> None:
        """Delete the content of an erased person's deliveries."""
        content = {"$set": {"matches": {}}, "$unset": {"note": "", "cards": ""}}
        self.rows.update_many(self.own(contact_id=contact_id), content)

    def _find(self, query: Document) -> Deliveries:
        return [from_document(row) for row in self.rows.find(self.own(**query))]

    def _write(self, deliveries: Deliveries) -> None:
        news = self._insert([delivery for delivery in deliveries if not delivery.version])
        for delivery in deliveries:
            if delivery.version:
                self._update(delivery)
                news += [delivery] if delivery.is_news else []
        outbox.record_all(self.db, [_event_of(delivery) for delivery in news if _is_published(delivery)])

    def _insert(self, new: Deliveries) -> Deliveries:
        """Insert new ones; returns those that were not stored yet."""
        if not new:
            return []
        documents = [to_document(delivery) | {"version": 1} for delivery in new]
        writes = [
            UpdateOne({"_id": delivery.id}, {"$setOnInsert": document}, upsert=True)
            for delivery, document in zip(new, documents, strict=True)
        ]
        inserted = self.rows.bulk_write(writes, ordered=True).upserted_ids or {}
        return [delivery for number, delivery in enumerate(new) if number in inserted]

    def _update(self, delivery: Delivery) -> None:
        changes = {name: getattr(delivery, name) for name in delivery.changed}
        read = {"_id": delivery.id, "agency_id": delivery.agency_id, "version": delivery.version}
        if not self.rows.update_one(read, {"$set": changes, "$inc": {"version": 1}}).matched_count:
            raise Stale


def from_document(row: Document) -> Delivery:
    """The delivery of a document, or of its deciding fields only."""
    known = {name: row[name] for name in _FIELDS if name in row}
    return Delivery(id=row["_id"], kind=row.get("kind", ALERT), **known)


def to_document(delivery: Delivery) -> Document:
    """The document of a delivery; optional fields without a value are left out."""
    stated = {name: getattr(delivery, name) for name in (*_FIELDS, "kind")}
    return {name: value for name, value in stated.items() if value is not None or name not in _OPTIONAL}


def _event_of(delivery: Delivery) -> Document:
    names = ("contact_id", "listing_id", "channel", "listing_ids", "by", "reason")
    data: Document = {name: getattr(delivery, name) for name in names}
    data |= {"kind": LETTER if delivery.kind == LETTER else None, "at": now().isoformat()}
    about = (EVENTS[delivery.state], delivery.agency_id, delivery.id, delivery.version + 1)
    return outbox.row_of("notifications", *about, data)


def _is_published(delivery: Delivery) -> bool:
    """Whether the state is published; internal states and queued letters, which may still be cancelled, are not."""
    return delivery.state in EVENTS and (delivery.state != "queued" or delivery.kind != LETTER)
