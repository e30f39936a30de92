"""Links and invitations that are to be mailed; gone once they were, or once their time is over."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.notifications.delivery.model import WAIT
from shared.messaging.event import now
from shared.storage.mongo import Document, Store


class LinkStore(Store):
    """Links to people's own pages that are to be mailed; gone once they were, or once their time is over."""

    COLLECTION = "links"
    THING = "link"

    def add(self, request_id: str, contact_id: str, until: datetime) -> None:
        """Queue one person's link, once for each request."""
        row = self.own(request_id=request_id, contact_id=contact_id, until=until, not_before=now())
        self.rows.update_one({"_id": f"{request_id}/{contact_id}"}, {"$setOnInsert": row}, upsert=True)

    def claim(self) -> Document | None:
        """Take the next link that is due, of any agency; unless it is done with, it is due again in a while."""
        found: Document | None = self.rows.find_one_and_update(
            {"not_before": {"$lte": now()}, "until": {"$gt": now()}},
            {"$set": {"not_before": now() + WAIT}},
            sort=[("not_before", 1)],
        )
        return found

    def drop(self, **query: Any) -> None:
        """Send these no more."""
        self.rows.delete_many(query)


class WelcomeStore(LinkStore):
    """Invitations to members that are to be mailed, with the address; gone once they were, or after a day."""

    COLLECTION = "welcomes"
    THING = "invitation"

    def invite(self, facts: Document, until: datetime) -> None:
        """Queue an invitation in place of an earlier one to the same member."""
        row = self.own(**facts, until=until, not_before=now())
        self.rows.replace_one({"_id": f"{self.agency_id}/{facts['member_id']}"}, row, upsert=True)
