"""Members; an e-mail address belongs to one person of the whole platform."""

from __future__ import annotations

from pymongo import IndexModel

from services.gateway.accounts.codes import EMAIL_TAKEN
from services.gateway.accounts.model.member import Member
from services.gateway.accounts.store.documents import (
    from_document,
    from_document_or_none,
    next_version,
    published,
    to_document,
)
from shared.errors import Conflict
from shared.messaging import outbox
from shared.storage.mongo import Duplicate, Store
from shared.storage.paging import Page

INDEXES: dict[str, list[IndexModel]] = {
    "members": [
        IndexModel([("email_key", 1)], unique=True),
        IndexModel([("agency_id", 1), ("_id", -1)]),
    ],
}


class MemberStore(Store):
    """One agency's people; an e-mail address belongs to one person of the whole platform."""

    COLLECTION = "members"
    THING = "member"

    def get(self, member_id: str) -> Member:
        """One member; NotFound when it is missing or another agency's."""
        return from_document(Member, self.document(member_id))

    def by_id(self, member_id: str) -> Member | None:
        """The member of a session, of whatever agency."""
        return from_document_or_none(Member, self.rows.find_one({"_id": member_id}))

    def by_email(self, key: str) -> Member | None:
        """The member with this address, of any agency."""
        return from_document_or_none(Member, self.rows.find_one({"email_key": key}))

    def page_of_all(self, limit: int, cursor: str | None) -> Page:
        """A page of this agency's members, newest first."""
        page = self.page({}, limit, cursor)
        return Page([from_document(Member, d) for d in page.items], page.next_cursor)

    def other_admins(self, member_id: str) -> int:
        """How many other active admins the agency has."""
        return self.rows.count_documents(self.own(role="admin", active=True, _id={"$ne": member_id}))

    def save(self, member: Member) -> None:
        """Write the member and publish the change, without the address; of an operator nothing is published."""
        before = next_version(member)
        document = to_document(member) | {"email_key": member.email_key}
        try:
            if before:
                self.replace(document, before)
            else:
                self.insert(document)
        except Duplicate:
            raise Conflict(EMAIL_TAKEN(), {"email": [EMAIL_TAKEN()]}) from None
        if member.agency_id:
            data = published(member)
            data["member_id"] = member.id
            outbox.record(self.db, "gateway", "gateway.member.changed", self.agency_id, member.id, member.version, data)

    def prefer(self, member_id: str, **chosen: str) -> None:
        """Store a member's display settings; publishes nothing."""
        self.rows.update_one({"_id": member_id}, {"$set": chosen})

    def keep_second_step(self, member_id: str, secret: str | None, step: int) -> None:
        """Store the secret for codes (or none), and the last step that was used."""
        self.rows.update_one({"_id": member_id}, {"$set": {"totp_secret": secret, "totp_step": step}})

    def use_code(self, member_id: str, step: int) -> bool:
        """Mark a code's step as used; False when it, or a later one, was used already."""
        found = self.rows.update_one({"_id": member_id, "totp_step": {"$lt": step}}, {"$set": {"totp_step": step}})
        return found.modified_count == 1

    def rehash(self, member_id: str, password_hash: str) -> None:
        """Store the same password hashed with today's parameters; publishes nothing."""
        self.rows.update_one({"_id": member_id}, {"$set": {"password_hash": password_hash}})
