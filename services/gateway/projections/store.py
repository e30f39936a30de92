"""Projections in MongoDB: listings as cards, and recent activity."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, cast

from pymongo import IndexModel

from services.gateway.projections.model import Answer, ListingCard, NewMatches
from shared.messaging.event import now
from shared.storage.mongo import Projection, Store, put_newest

ACTIVITY_KEPT = timedelta(days=30)

INDEXES: dict[str, list[IndexModel]] = {
    "listings": [IndexModel([("agency_id", 1), ("_id", -1)])],
    "activity": [
        IndexModel([("agency_id", 1), ("kind", 1), ("at", -1), ("_id", -1)]),
        IndexModel(
            [("agency_id", 1), ("kind", 1), ("state", 1), ("at", -1)], partialFilterExpression={"kind": "delivery"}
        ),
        IndexModel([("agency_id", 1), ("contact_id", 1)], partialFilterExpression={"contact_id": {"$exists": True}}),
        IndexModel([("expire_at", 1)], expireAfterSeconds=0),
    ],
    "set_aside": [
        IndexModel([("agency_id", 1), ("member_id", 1)]),
        IndexModel([("agency_id", 1), ("contact_id", 1)]),
        IndexModel([("expire_at", 1)], expireAfterSeconds=0),
    ],
}


class ListingCardStore(Projection):
    """Listing cards, for activity and public pages."""

    COLLECTION = "listings"
    THING = "home"

    def anywhere(self, listing_id: str) -> ListingCard | None:
        """A home of whatever agency: for its public page."""
        return cast("ListingCard | None", self.rows.find_one({"_id": listing_id}))

    def some(self, ids: list[str]) -> dict[str, ListingCard]:
        """Several homes by id."""
        return {row["_id"]: cast(ListingCard, row) for row in self.rows.find(self.own(_id={"$in": ids}))}


class ActivityStore(Store):
    """Recent activity, one row for each home, batch of matches and delivery."""

    COLLECTION = "activity"
    THING = "entry"

    def record(self, row_id: str, kind: str, sequence: int, at: datetime, **facts: Any) -> None:
        """Store this entry unless a newer one about the same thing is stored."""
        key = {"_id": f"{self.agency_id}/{row_id}"}
        row = self.own(kind=kind, sequence=sequence, at=at, expire_at=now() + ACTIVITY_KEPT, **facts)
        put_newest(self.rows, key, row)

    def set_aside(self, member_id: str, pair: str, until: datetime | None) -> None:
        """Hide a pair from a member, for good or until a moment; `pair` is listing/contact."""
        key = f"{self.agency_id}/{member_id}/{pair}"
        row = self.own(_id=key, member_id=member_id, pair=pair, contact_id=pair.partition("/")[2])
        self.db.set_aside.replace_one({"_id": key}, row | {"expire_at": until or now() + ACTIVITY_KEPT}, upsert=True)

    def aside(self, member_id: str) -> set[str]:
        """The pairs that are hidden from a member now."""
        query = self.own(member_id=member_id, expire_at={"$gt": now()})
        return {row["pair"] for row in self.db.set_aside.find(query, {"pair": 1})}

    def forget(self, contact_id: str) -> None:
        """Drop what speaks of a person."""
        for rows in (self.rows, self.db.set_aside):
            rows.delete_many(self.own(contact_id=contact_id))

    def latest_matches(self, limit: int) -> list[NewMatches]:
        """The newest batches of matches, of which a home may have several."""
        rows = self._latest("matches", limit)
        return [NewMatches(row["listing_id"], row["entered_by"], row["at"]) for row in rows]

    def latest_answers(self, limit: int) -> list[Answer]:
        """The newest answers, one for each person and home."""
        rows = self._latest("answer", limit)
        return [
            Answer(row["contact_id"], row["listing_id"], row["state"], row.get("reason"), row["at"]) for row in rows
        ]

    def _latest(self, kind: str, limit: int) -> list[dict[str, Any]]:
        return list(self.rows.find(self.own(kind=kind)).sort([("at", -1), ("_id", -1)]).limit(limit))

    def deliveries(self, since: datetime, states: tuple[str, ...]) -> dict[str, int]:
        """How many deliveries came to each of these states since then; answered by an index alone."""
        query = self.own(kind="delivery", state={"$in": list(states)}, at={"$gte": since})
        rows = self.rows.aggregate([{"$match": query}, {"$group": {"_id": "$state", "n": {"$sum": 1}}}])
        return dict.fromkeys(states, 0) | {row["_id"]: row["n"] for row in rows}
