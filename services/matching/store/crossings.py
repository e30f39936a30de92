"""Crossings under way that are too long for one transaction."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from pymongo import ReturnDocument

from services.matching.store.documents import CrossingDocument
from services.matching.store.sides import RowSide
from shared.messaging.event import now
from shared.storage.mongo import Document, Store

LEASE = timedelta(seconds=30)
MILLISECOND = timedelta(milliseconds=1)


def key_of(side: RowSide, subject: str) -> str:
    """The id of the crossing of one listing or search."""
    return f"{side.name}:{subject}"


class CrossingStore(Store):
    """Crossings too long for one transaction: served in turn, a slice at a time."""

    COLLECTION = "crossings"
    THING = "crossing"

    def begin(self, side: RowSide, subject: str, row: Document) -> None:
        """Store the rest for later turns; a newer crossing of the same thing replaces an older one."""
        key = key_of(side, subject)
        self.rows.replace_one({"_id": key}, self.own(side=side.name, subject=subject, due=now(), **row), upsert=True)

    def end(self, side: RowSide, subject: str) -> None:
        """Remove a finished crossing."""
        self.rows.delete_one({"_id": key_of(side, subject)})

    def agencies(self) -> list[str]:
        """Agencies with a crossing that is due."""
        return sorted(self.rows.distinct("agency_id", {"due": {"$lte": now()}}))

    def claim(self, owner: str) -> CrossingDocument | None:
        """Claim this agency's oldest crossing for a while.

        Each claim that ended without progress makes the next one longer, so that a crossing that crashes its process
        is tried ever more rarely.
        """
        doubled = {"$multiply": [LEASE // MILLISECOND, {"$pow": [2, {"$min": [{"$ifNull": ["$claims", 0]}, 7]}]}]}
        lease = {
            "owner": owner,
            "due": {"$add": ["$$NOW", doubled]},
            "claims": {"$add": [{"$ifNull": ["$claims", 0]}, 1]},
        }
        crossing = self.rows.find_one_and_update(
            self.own(due={"$lte": now()}), [{"$set": lease}], sort=[("due", 1)], return_document=ReturnDocument.AFTER
        )
        return cast("CrossingDocument | None", crossing)

    def go_on(self, crossing: CrossingDocument, next_: str | None) -> bool:
        """Record the progress and release it; false when a newer crossing has replaced it."""
        mine = {"_id": crossing["_id"], "owner": crossing["owner"], "sequence": crossing["sequence"]}
        change = {"$set": {"next": next_, "due": now(), "owner": None, "claims": 0}}
        return self.rows.update_one(mine, change).matched_count == 1
