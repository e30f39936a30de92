"""Agencies and members in MongoDB."""

from __future__ import annotations

from typing import TypedDict, cast

from shared.storage.mongo import Projection


class AgencyRow(TypedDict, total=False):
    """The agency that a mail is sent for; `name`, `from_address` and `time_zone` are always present."""

    name: str
    from_address: str
    time_zone: str
    public_url: str | None
    colour: str | None
    from_name: str | None
    reply_to: str | None
    postal_address: str | None


class MemberRow(TypedDict):
    """A member to whom a person may reply."""

    display_name: str
    active: bool
    phone: str | None
    photo_url: str | None


class AgencyStore(Projection):
    """Agencies, as senders of mails."""

    COLLECTION = "agencies"
    THING = "agency"

    def find(self) -> AgencyRow | None:
        """This agency; None while it is not known."""
        return cast(AgencyRow | None, self.rows.find_one({"_id": self.agency_id}))


class MemberStore(Projection):
    """Members to whom a person may reply."""

    COLLECTION = "members"
    THING = "member"

    def find(self, member_id: str) -> MemberRow | None:
        """One member, whether active or not."""
        return cast(MemberRow | None, self.rows.find_one(self.own(_id=member_id)))
