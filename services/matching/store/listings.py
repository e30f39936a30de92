"""Listings as properties published them: replaced, never deleted."""

from __future__ import annotations

from typing import cast

from services.matching.model import stamp
from services.matching.store.documents import ListingDocument
from services.matching.store.versioned import NewerVersionStored, VersionedStore
from shared.storage.mongo import Document, Duplicate, Projection


class ListingStore(VersionedStore[ListingDocument], Projection):
    """Listings as properties tells them: {told, vocabulary, sequence, wire, resolved}; see `model.stamp`."""

    COLLECTION = "listings"
    THING = "listing"

    def get(self, listing_id: str) -> ListingDocument:
        """One listing; NotFound when it is missing or another agency's."""
        return cast("ListingDocument", self.document(listing_id))

    def take(self, listing_id: str, state: Document, told: int, vocabulary: int) -> None:
        """Keep this state; raises NewerVersionStored, which ends the open transaction, where a newer one was told."""
        about = {"told": told, "vocabulary": vocabulary, "sequence": stamp(told, vocabulary)}
        older = self.own(_id=listing_id, told={"$lte": told})
        try:
            self.rows.replace_one(older, self.own(**state, **about), upsert=True)
        except Duplicate:
            raise NewerVersionStored from None

    def read_with_older(self, vocabulary: int, limit: int) -> list[ListingDocument]:
        """Listings whose words were read with an older vocabulary."""
        found = self.rows.find(self.own(vocabulary={"$lt": vocabulary})).limit(limit)
        return [cast("ListingDocument", one) for one in found]

    def read_anew(self, document: ListingDocument) -> None:
        """Write a listing as it is read now."""
        self.rows.replace_one(self.own(_id=document["_id"]), cast("Document", document))
