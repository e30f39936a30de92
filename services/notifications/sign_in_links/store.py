"""Sign-in links that are to be mailed, in MongoDB."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict, cast

from services.notifications.claims.store import DueStore
from shared.messaging.event import now


class SignInLinkRow(TypedDict):
    """A request for a link to a person's own pages; the link works until `until`."""

    _id: str
    agency_id: str
    request_id: str
    contact_id: str
    until: datetime
    not_before: datetime


class SignInLinkStore(DueStore):
    """Sign-in links that are to be mailed."""

    COLLECTION = "sign_in_links"
    THING = "sign-in link"

    def add(self, request_id: str, contact_id: str, until: datetime) -> None:
        """Queue one person's link, once for each request."""
        row = self.own(request_id=request_id, contact_id=contact_id, until=until, not_before=now())
        self.rows.update_one({"_id": f"{request_id}/{contact_id}"}, {"$setOnInsert": row}, upsert=True)

    def claim(self) -> SignInLinkRow | None:
        """Claim the next due link of any agency."""
        return cast(SignInLinkRow | None, self.claim_row())

    def forget(self, contact_id: str) -> None:
        """Delete the links of an erased person."""
        self.rows.delete_many(self.own(contact_id=contact_id))
