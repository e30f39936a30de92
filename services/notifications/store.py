"""All collections of notifications and their indexes, and the migration of earlier collection names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pymongo import IndexModel, ReplaceOne
from pymongo.database import Database

from services.notifications.claims.store import INDEXES as DUE
from services.notifications.delivery.store import INDEXES as DELIVERIES

INDEXES: Mapping[str, Sequence[IndexModel]] = {
    "contacts": [],
    "reachable": [IndexModel([("address_print", 1)], sparse=True)],
    "sign_in_links": DUE,
    "invitations": DUE,
    "consents": [IndexModel([("contact_id", 1)])],
    "agencies": [],
    "members": [],
    "listings": [],
    "pairs": [IndexModel([("contact_id", 1)]), IndexModel([("agency_id", 1), ("listing_id", 1)])],
    "suppressions": [],
    "deliveries": DELIVERIES,
}
EARLIER_NAMES = {"links": "sign_in_links", "welcomes": "invitations"}


# Any: the driver's own document type
def rename_collections(db: Database[Any]) -> None:
    """Move mails that are still to be sent out of collections with an earlier name; idempotent."""
    for old, new in EARLIER_NAMES.items():
        if old in db.list_collection_names():
            rows = [ReplaceOne({"_id": row["_id"]}, row, upsert=True) for row in db[old].find()]
            if rows:
                db[new].bulk_write(rows)
            db[old].drop()
