"""Short-lived mails that are due until a moment, and may be sent twice without harm."""

from __future__ import annotations

from datetime import timedelta

from pymongo import IndexModel

from shared.messaging.event import now
from shared.storage.mongo import Document, Store

WAIT = timedelta(seconds=30)
INDEXES = [IndexModel([("not_before", 1)]), IndexModel([("until", 1)], expireAfterSeconds=0)]


class DueStore(Store):
    """Documents with `not_before` and `until`; deleted once they were sent, or when `until` has passed."""

    def claim_row(self) -> Document | None:
        """Claim the next due document of any agency; unless it is deleted, it is due again after a while."""
        found: Document | None = self.rows.find_one_and_update(
            {"not_before": {"$lte": now()}, "until": {"$gt": now()}},
            {"$set": {"not_before": now() + WAIT}},
            sort=[("not_before", 1)],
        )
        return found

    def delete(self, document_id: str) -> None:
        """Delete a document that was sent, or can never be sent."""
        self.rows.delete_one({"_id": document_id})
