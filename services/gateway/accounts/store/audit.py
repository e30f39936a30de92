"""Sign-ins and changes of operation; kept for a while, then deleted."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from pymongo import IndexModel

from services.gateway.accounts.model.member import Member
from shared.messaging.event import now
from shared.running.context import new_id
from shared.storage.mongo import Store
from shared.storage.paging import Page

AUDIT_KEPT = timedelta(days=90)
SUCCESSFUL = ("password", "code", "invitation")
FAILED = ("refused", "code_refused", "limited")

INDEXES: dict[str, list[IndexModel]] = {
    "sign_ins": [
        IndexModel([("agency_id", 1), ("_id", -1)]),
        IndexModel([("agency_id", 1), ("member_id", 1), ("_id", -1)]),
        IndexModel([("expire_at", 1)], expireAfterSeconds=0),
    ],
    "changes": [IndexModel([("agency_id", 1), ("_id", -1)]), IndexModel([("expire_at", 1)], expireAfterSeconds=0)],
}


class SignInStore(Store):
    """Attempts to sign in, failed ones too."""

    COLLECTION = "sign_ins"
    THING = "sign-in"

    def note(self, member: Member, outcome: str, place: str, browser: str) -> None:
        """Record an attempt; `place` is a shortened network address, `browser` a family and a system."""
        about = {"member_id": member.id, "outcome": outcome, "place": place, "browser": browser}
        self.of(member.agency_id).insert({"_id": new_id(), "at": now(), "expire_at": now() + AUDIT_KEPT, **about})

    def page_of_attempts(
        self, limit: int, cursor: str | None, member_id: str | None = None, failed: bool = False
    ) -> Page:
        """A page of them, the last first."""
        query: dict[str, Any] = {"member_id": member_id} if member_id else {}
        return self.page(query | ({"outcome": {"$in": list(FAILED)}} if failed else {}), limit, cursor)

    def last_of(self, member_ids: list[str]) -> dict[str, datetime]:
        """The time of each member's last sign-in."""
        came = self.own(member_id={"$in": member_ids}, outcome={"$in": list(SUCCESSFUL)})
        rows = self.rows.aggregate([{"$match": came}, {"$group": {"_id": "$member_id", "at": {"$max": "$at"}}}])
        return {row["_id"]: row["at"] for row in rows}


class ChangeStore(Store):
    """Changes of how the platform runs, with their authors."""

    COLLECTION = "changes"
    THING = "change"

    def scaled(self, member: Member, service: str, before: int | None, after: int) -> None:
        """Record that a person requested more or fewer workers."""
        who = {"member_id": member.id, "role": member.role}
        row = {"_id": new_id(), "at": now(), "expire_at": now() + AUDIT_KEPT, "service": service}
        self.insert(row | who | {"before": before, "after": after})

    def latest(self, everybody: bool, limit: int = 5) -> list[dict[str, Any]]:
        """The last changes of one's agency, or of all."""
        return list(self.rows.find({} if everybody else self.own()).sort("_id", -1).limit(limit))
