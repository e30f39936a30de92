"""Invitations that were not accepted yet."""

from __future__ import annotations

from datetime import datetime

from pymongo import IndexModel

from services.gateway.accounts.model.member import INVITATION_WORKS
from shared.messaging.event import now
from shared.storage.mongo import Store

INDEXES: dict[str, list[IndexModel]] = {
    "invitations": [
        IndexModel([("agency_id", 1), ("member_id", 1)]),
        IndexModel([("expire_at", 1)], expireAfterSeconds=0),
    ],
}


class InvitationStore(Store):
    """Open invitations, by the hash of their token; one for each person."""

    COLLECTION = "invitations"
    THING = "invitation"

    def open(self, invitation_id: str, member_id: str) -> datetime:
        """Replace earlier invitations by a new one; returns until when it works."""
        until = now() + INVITATION_WORKS
        self.rows.delete_many(self.own(member_id=member_id))
        self.insert({"_id": invitation_id, "member_id": member_id, "expire_at": until})
        return until

    def find(self, invitation_id: str) -> tuple[str, str] | None:
        """Agency and member of a valid invitation."""
        found = self.rows.find_one({"_id": invitation_id, "expire_at": {"$gt": now()}})
        return (found["agency_id"], found["member_id"]) if found else None

    def use(self, invitation_id: str) -> bool:
        """Delete it; False when another request was faster."""
        return self.rows.delete_one({"_id": invitation_id, "expire_at": {"$gt": now()}}).deleted_count == 1

    def until(self) -> dict[str, datetime]:
        """Until when the agency's open invitations work, by member."""
        return {row["member_id"]: row["expire_at"] for row in self.rows.find(self.own(expire_at={"$gt": now()}))}

    def withdraw(self, member_id: str) -> None:
        """Invalidate their invitations."""
        self.rows.delete_many(self.own(member_id=member_id))
