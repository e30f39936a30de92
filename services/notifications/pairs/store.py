"""Pairs and listing statuses in MongoDB."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from pymongo import ReplaceOne

from services.notifications.pairs.model import STAMPS, PairRow, Stamps, StatusRow
from shared.storage.mongo import Document, Projection, Store


class PairStore(Store):
    """Which pairs of listing and search are live, by their stamps."""

    COLLECTION = "pairs"
    THING = "pair"

    def known(self, listing_id: str, search_ids: Iterable[str]) -> dict[str, PairRow]:
        """Rows of a listing by search."""
        rows = cast(Iterable[PairRow], self.rows.find(self.query(listing_id, search_ids)))
        return {row["saved_search_id"]: row for row in rows}

    def query(self, listing_id: str, search_ids: Iterable[str]) -> Document:
        """The query for these pairs of a listing."""
        return self.own(_id={"$in": [f"{listing_id}:{search_id}" for search_id in search_ids]})

    def live(self, listing_id: str) -> set[str]:
        """The searches that a listing meets now."""
        return {row["saved_search_id"] for row in self.rows.find(self.own(listing_id=listing_id, live=True))}

    def row(self, listing_id: str, search_id: str, contact_id: str, stamps: Stamps, live: bool) -> PairRow:
        """The newest report of a pair, to be recorded."""
        about = {"listing_id": listing_id, "saved_search_id": search_id, "contact_id": contact_id, "live": live}
        versions = dict(zip(STAMPS, stamps, strict=True))
        return cast(PairRow, self.own(_id=f"{listing_id}:{search_id}", **about, **versions))

    def record(self, rows: Iterable[PairRow]) -> None:
        """Write the newest reports of some pairs at once."""
        writes = [ReplaceOne(self.own(_id=row["_id"]), cast(Document, row), upsert=True) for row in rows]
        if writes:
            self.rows.bulk_write(writes, ordered=False)

    def forget(self, contact_id: str) -> None:
        """Delete the pairs of an erased person."""
        self.rows.delete_many(self.own(contact_id=contact_id))


class ListingStatusStore(Projection):
    """The status of each listing, once it changed."""

    COLLECTION = "listings"
    THING = "listing"

    def find(self, listing_id: str) -> StatusRow | None:
        """The status of a listing; None as long as it never changed."""
        return cast(StatusRow | None, self.rows.find_one(self.own(_id=listing_id)))
