"""Invitations to join an agency that are to be mailed, in MongoDB."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TypedDict, cast

from services.notifications.claims.store import DueStore
from shared.messaging.event import now

# How long the link of an invitation works; a later mail would be useless.
LIFETIME = timedelta(hours=24)


class Invitation(TypedDict):
    """The invited person; the link holds `token`."""

    member_id: str
    address: str
    full_name: str
    language: str
    token: str


class InvitationRow(Invitation):
    """An invitation that is due until `until`."""

    _id: str
    agency_id: str
    until: datetime
    not_before: datetime


class InvitationStore(DueStore):
    """Invitations with their address, which is deleted once the mail was sent, or after a day."""

    COLLECTION = "invitations"
    THING = "invitation"

    def add(self, invitation: Invitation) -> None:
        """Queue an invitation, replacing an earlier one to the same member."""
        row = self.own(**invitation, until=now() + LIFETIME, not_before=now())
        self.rows.replace_one({"_id": f"{self.agency_id}/{invitation['member_id']}"}, row, upsert=True)

    def claim(self) -> InvitationRow | None:
        """Claim the next due invitation of any agency."""
        return cast(InvitationRow | None, self.claim_row())
