"""MongoDB of notifications: people's channels, pairs that live, deliveries with leases."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from pymongo import IndexModel, ReplaceOne, ReturnDocument, UpdateOne

from services.notifications.delivery.model import LEASE, LETTER, OPEN, WAIT, Stamps
from shared.errors import Conflict
from shared.messaging import outbox
from shared.messaging.event import now
from shared.storage.mongo import ALONE, Document, Projection, Store
from shared.storage.paging import Page

Rows = list[Document]  # inside a store, `list` is a page of it
# Alerts that have not left yet.
ALERTS: Document = {"state": {"$in": list(OPEN)}, "kind": {"$ne": LETTER}}
# What a delivery is changed by and told from, without the home that it shows.
DECIDES = (
    *("agency_id", "contact_id", "listing_id", "listing_ids", "listing.sequence", "kind", "by", "channel"),
    *("state", "reason", "version", "matches"),
)


class ContactStore(Projection):
    """Language, time zone and agent of a person; an erased one leaves a tombstone."""

    COLLECTION = "contacts"
    THING = "contact"

    def keep(self, document_id: str, data: Document, sequence: int) -> bool:
        """Keep the newest state, unless the person was erased."""
        return False if self.is_erased(document_id) else super().keep(document_id, data, sequence)

    def is_erased(self, contact_id: str) -> bool:
        """Whether the person wished to be forgotten."""
        return self.rows.find_one({"_id": contact_id, "erased": True}, {"_id": 1}) is not None

    def erase(self, contact_id: str, sequence: int) -> None:
        """Leave a tombstone where the person was."""
        row = self.own(erased=True, sequence=sequence, at=now())
        self.rows.replace_one({"_id": contact_id}, row, upsert=True)


class ReachStore(Projection):
    """Names and addresses: the one collection of personal data here."""

    COLLECTION = "reachable"
    THING = "address"

    def everywhere(self, print_: str, limit: int) -> Rows:
        """Whose address this is, of whatever agency."""
        return list(self.rows.find({"address_print": print_}, {"agency_id": 1}).limit(limit))


class ConsentStore(Projection):
    """The latest word on each purpose and channel."""

    COLLECTION = "consents"
    THING = "consent"


class AgencyStore(Projection):
    """Who writes."""

    COLLECTION = "agencies"
    THING = "agency"


class MemberStore(Projection):
    """Whom to ask."""

    COLLECTION = "members"
    THING = "member"


class ListingStore(Projection):
    """The status of a listing, once it changed."""

    COLLECTION = "listings"
    THING = "listing"


class PairStore(Store):
    """Which pairs of listing and search live, by their stamps."""

    COLLECTION = "pairs"
    THING = "pair"

    def known(self, listing_id: str, search_ids: Iterable[str]) -> dict[str, Document]:
        """Rows of a listing by search."""
        return {row["saved_search_id"]: row for row in self.rows.find(self.query(listing_id, search_ids))}

    def query(self, listing_id: str, search_ids: Iterable[str]) -> Document:
        """What asks for these pairs of a listing."""
        return self.own(_id={"$in": [f"{listing_id}:{search_id}" for search_id in search_ids]})

    def living(self, listing_id: str) -> set[str]:
        """The searches that a listing meets now."""
        return {row["saved_search_id"] for row in self.rows.find(self.own(listing_id=listing_id, live=True))}

    def row(self, listing_id: str, search_id: str, contact_id: str, stamps: Stamps, live: bool) -> Document:
        """The newest news of a pair, to be told."""
        about = {"listing_id": listing_id, "saved_search_id": search_id, "contact_id": contact_id, "live": live}
        versions = dict(zip(("listing_sequence", "search_sequence", "pair_sequence"), stamps, strict=True))
        return self.own(_id=f"{listing_id}:{search_id}", **about, **versions)

    def tell(self, rows: Rows) -> None:
        """Write down the newest news of some pairs at once."""
        if rows:
            told = [ReplaceOne(self.own(_id=row["_id"]), row, upsert=True) for row in rows]
            self.rows.bulk_write(told, ordered=False)


class DeliveryStore(Store):
    """Deliveries: one for each person, home and price."""

    COLLECTION = "deliveries"
    THING = "delivery"

    def add(self, rows: Rows) -> None:
        """Write deliveries once; an equal key leaves the first one as it is."""
        if not rows:
            return
        writes = [
            UpdateOne({"_id": row["_id"]}, {"$setOnInsert": self.own(**_but_id(row))}, upsert=True) for row in rows
        ]
        written = self.rows.bulk_write(writes, ordered=True).upserted_ids or {}
        self._tell_all([row for number, row in enumerate(rows) if number in written])

    def call_off(self, delivery_id: str) -> bool:
        """Take back what nobody has claimed yet."""
        taken = {"$set": {"state": "canceled", "reason": "called_off"}, "$inc": {"version": 1}}
        done = self.rows.update_one(self.own(_id=delivery_id, state="queued", attempts=0), taken)
        return bool(done.modified_count)

    def change(self, row: Document, **changes: Any) -> None:
        """Set fields of a delivery that nobody has claimed, and tell if its state became final or queued."""
        self.rows.update_one(self.own(_id=row["_id"]), {"$set": changes, "$inc": {"version": 1}})
        if "state" in changes:
            self.tell({**row, **changes, "version": row["version"] + 1})

    def tell(self, row: Document) -> None:
        """Publish the state, where it is one that others hear of."""
        self._tell_all([row])

    def _tell_all(self, rows: Rows) -> None:
        outbox.record_all(self.db, [_event_of(row) for row in rows if _is_told(row)])

    def open_ones(self, **query: Any) -> Rows:
        """Alerts that have not left yet."""
        return list(self.rows.find(self.own(**(ALERTS | query))))

    def open_letters(self, contact_id: str) -> Rows:
        """What members wrote to somebody and may still be called off."""
        return self.open_ones(kind=LETTER, contact_id=contact_id)

    def off_market(self, listing_id: str) -> Rows:
        """Deliveries that were stopped because their home had left the market, though their pair lives."""
        stopped = self.own(listing_id=listing_id, state="canceled", reason={"$regex": "^listing_"})
        pairs = PairStore(self.db, self.agency_id).living(listing_id)
        return [row for row in self.rows.find(stopped) if pairs & set(row["matches"])]

    def without_consent_since(self, given: datetime, contact_id: str) -> Rows:
        """Deliveries that were skipped for want of a consent which, it turns out, had been given before."""
        late = {"state": "skipped", "reason": "no_consent", "created_at": {"$gte": given}, "kind": {"$ne": LETTER}}
        return list(self.rows.find(self.own(contact_id=contact_id, **late)))

    def next_waiting(self) -> Document | None:
        """A delivery of any agency that has waited for a while; it is not looked at again for another while."""
        found: Document | None = self.rows.find_one_and_update(
            {"state": "waiting", "not_before": {"$lte": now()}},
            {"$set": {"not_before": now() + WAIT}},
            return_document=ReturnDocument.AFTER,
        )
        return found

    def list(self, query: Document, limit: int, cursor: str | None) -> Page:
        """A page of deliveries, newest first; those about a home are letters too that name it among others."""
        if listing_id := query.pop("listing_id", None):
            query["$or"] = [{"listing_id": listing_id}, {"listing_ids": listing_id}]
        return self.page(query, limit, cursor, "created_at")

    def claim(self, owner: str) -> Document | None:
        """Take the next delivery of any agency that is due, for a minute.

        Only the next mark waits for a majority: a claim that a failover undoes ends there.
        """
        moment = now()
        found: Document | None = self.rows.with_options(write_concern=ALONE).find_one_and_update(
            {"state": "queued", "not_before": {"$lte": moment}},
            {
                "$set": {"state": "claimed", "lease_owner": owner, "lease_until": moment + LEASE},
                "$inc": {"attempts": 1, "version": 1},
            },
            sort=[("not_before", 1)],
            return_document=ReturnDocument.AFTER,
        )
        return found

    def mark(self, row: Document, was: tuple[str, ...], **changes: Any) -> Document | None:
        """Change a claimed delivery while the lease is still ours; None when it is not."""
        mine = {"_id": row["_id"], "state": {"$in": list(was)}, "lease_owner": row["lease_owner"]}
        change = {"$set": changes, "$inc": {"version": 1}}
        found: Document | None = self.rows.find_one_and_update(mine, change, return_document=ReturnDocument.AFTER)
        return found

    def lapsed(self, state: str) -> Document | None:
        """A delivery whose lease ran out in this state."""
        return self.rows.find_one({"state": state, "lease_until": {"$lt": now()}})

    def resend(self, row: Document) -> None:
        """An agent's decision: try once more, from the start."""
        changes = {"state": "queued", "attempts": 0, "not_before": now(), "created_at": now(), "reason": None}
        if not self.rows.update_one(
            self.own(_id=row["_id"], state=row["state"]), {"$set": changes, "$inc": {"version": 1}}
        ).matched_count:
            raise Conflict("The delivery has changed meanwhile: look again.")
        self.tell({**row, **changes, "version": row["version"] + 1})


EVENTS = {
    "queued": "notifications.delivery.queued",
    "sent": "notifications.delivery.sent",
    "skipped": "notifications.delivery.skipped",
    "failed": "notifications.delivery.failed",
    "unknown": "notifications.delivery.unknown",
}
INDEXES = {
    "contacts": [],
    "reachable": [IndexModel([("address_print", 1)], sparse=True)],
    "links": [IndexModel([("not_before", 1)]), IndexModel([("until", 1)], expireAfterSeconds=0)],
    "welcomes": [IndexModel([("not_before", 1)]), IndexModel([("until", 1)], expireAfterSeconds=0)],
    "consents": [IndexModel([("contact_id", 1)])],
    "agencies": [],
    "members": [],
    "listings": [],
    "pairs": [IndexModel([("contact_id", 1)]), IndexModel([("agency_id", 1), ("listing_id", 1)])],
    "suppressions": [],
    "deliveries": [
        IndexModel(
            [("state", 1), ("not_before", 1)], partialFilterExpression={"state": {"$in": ["queued", "waiting"]}}
        ),
        IndexModel(
            [("state", 1), ("lease_until", 1)],
            partialFilterExpression={"state": {"$in": ["claimed", "handing_over"]}},
        ),
        IndexModel([("agency_id", 1), ("created_at", -1), ("_id", -1)]),
        IndexModel([("agency_id", 1), ("contact_id", 1), ("state", 1)]),
        IndexModel([("agency_id", 1), ("listing_id", 1), ("state", 1)]),
        IndexModel([("agency_id", 1), ("listing_ids", 1)], partialFilterExpression={"kind": LETTER}),
    ],
}


def first(rows: Rows) -> Document | None:
    """The first of them, if any."""
    return rows[0] if rows else None


def _but_id(row: Document) -> Document:
    return {name: value for name, value in row.items() if name != "_id"}


def _event_of(row: Document) -> Document:
    data = {name: row[name] for name in ("contact_id", "listing_id", "channel")}
    data |= {name: row.get(name) for name in ("kind", "listing_ids", "by")}
    data |= {"reason": row.get("reason"), "at": now().isoformat()}
    type_ = EVENTS[row["state"]]
    return outbox.row_of("notifications", type_, row["agency_id"], row["_id"], row["version"], data)


def _is_told(row: Document) -> bool:
    """A queued letter may still be called off, and others would never hear of that."""
    return row["state"] in EVENTS and (row["state"] != "queued" or row.get("kind") != LETTER)


def consent_id(contact_id: str, purpose: str, channel: str) -> str:
    """The key of the latest word on a purpose and channel."""
    return f"{contact_id}:{purpose}:{channel}"
