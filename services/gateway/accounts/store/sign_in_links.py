"""Used sign-in links, and people whose links are invalid."""

from __future__ import annotations

from datetime import datetime

from pymongo import IndexModel

from shared.storage.mongo import Duplicate, Store

INDEXES: dict[str, list[IndexModel]] = {
    "used_links": [IndexModel([("expire_at", 1)], expireAfterSeconds=0)],
}


class UsedLinkStore(Store):
    """Links that were used, and people whose links are invalid."""

    COLLECTION = "used_links"
    THING = "link"

    def use(self, key: str, until: datetime) -> bool:
        """Use a link; False when it was used before."""
        try:
            self.insert({"_id": f"{self.agency_id}/{key}", "expire_at": until})
        except Duplicate:
            return False
        return True

    def shut(self, contact_id: str, until: datetime) -> None:
        """Invalidate all links of this person."""
        row = self.own(expire_at=until)
        self.rows.replace_one({"_id": f"{self.agency_id}/person {contact_id}"}, row, upsert=True)

    def is_open(self, key: str, contact_id: str) -> bool:
        """Whether this link is unused and this person's links are valid."""
        keys = [f"{self.agency_id}/{key}", f"{self.agency_id}/person {contact_id}"]
        return self.rows.find_one({"_id": {"$in": keys}}, {"_id": 1}) is None
