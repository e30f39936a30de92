"""Sessions, by the hash of their cookie."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pymongo import IndexModel

from services.gateway.accounts.model.session import Prospect, Session
from shared.messaging.event import now
from shared.storage.mongo import Store

INDEXES: dict[str, list[IndexModel]] = {
    "sessions": [
        IndexModel([("member_id", 1)]),
        IndexModel([("prospect.contact_id", 1)], sparse=True),
        IndexModel([("expire_at", 1)], expireAfterSeconds=0),
    ],
}


class SessionStore(Store):
    """Signed-in browsers, by the hash of their cookie."""

    COLLECTION = "sessions"
    THING = "session"

    def find(self, session_id: str) -> Session | None:
        """The session, expired or not."""
        found = self.rows.find_one({"_id": session_id})
        if found is None:
            return None
        waits, prospect = found.get("waits_for_code", False), found.get("prospect")
        whose = Prospect(**prospect) if prospect else None
        return Session(session_id, found["member_id"], found["created_at"], found["seen_at"], waits, whose)

    def open(self, session: Session) -> None:
        """Write a new session."""
        row = asdict(session) | {"_id": session.id, "expire_at": session.ends_at}
        row.pop("id")
        self.rows.insert_one(row)

    def touch(self, session: Session) -> None:
        """Record that it was used."""
        self.rows.update_one({"_id": session.id}, {"$set": {"seen_at": session.seen_at, "expire_at": session.ends_at}})

    def close(self, session_id: str) -> None:
        """End one session."""
        self.rows.delete_one({"_id": session_id})

    def close_all(self, member_id: str, but: str = "") -> None:
        """End every session of a member, except one where given."""
        self.rows.delete_many({"member_id": member_id, "_id": {"$ne": but}})

    def of_member(self, member_id: str) -> list[dict[str, Any]]:
        """A member's sessions that are not over, the last used first."""
        query = {"member_id": member_id, "waits_for_code": {"$ne": True}, "expire_at": {"$gt": now()}}
        return list(self.rows.find(query).sort("seen_at", -1))

    def describe(self, session_id: str, place: str, browser: str) -> None:
        """Store where a session was opened, so that its owner recognises it."""
        self.rows.update_one({"_id": session_id}, {"$set": {"place": place, "browser": browser}})

    def prefer(self, session_id: str, **chosen: str) -> None:
        """Store a prospect's display settings; members have them on the member."""
        changes = {f"prospect.{name}": value for name, value in chosen.items()}
        self.rows.update_one({"_id": session_id, "prospect": {"$ne": None}}, {"$set": changes})

    def close_prospect(self, agency_id: str, contact_id: str) -> None:
        """End every session of a prospect."""
        self.rows.delete_many({"prospect.contact_id": contact_id, "prospect.agency_id": agency_id})
