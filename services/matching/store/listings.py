"""Listings as properties published them; they are replaced, never deleted."""

from __future__ import annotations

from typing import cast

from services.matching.model import stamp
from services.matching.store.documents import ListingDocument
from services.matching.store.versioned import NewerVersionStored, VersionedStore
from shared.storage.mongo import Document, Duplicate, Projection


class ListingStore(VersionedStore[ListingDocument], Projection):
    """The newest published state of each listing."""

    COLLECTION = "listings"
    THING = "listing"

    def get(self, listing_id: str) -> ListingDocument:
        """One listing; NotFound when it is missing or another agency's."""
        return cast("ListingDocument", self.document(listing_id))

    def put(self, listing_id: str, state: Document, published: int, vocabulary: int) -> None:
        """Store the state {wire, resolved} published at this sequence, as read with this version of the agency's words.

        Raises NewerVersionStored, which ends the open transaction, where a newer one is stored.
        """
        about = {"told": published, "vocabulary": vocabulary, "sequence": stamp(published, vocabulary)}
        older = self.own(_id=listing_id, told={"$lte": published})
        try:
            self.rows.replace_one(older, self.own(**state, **about), upsert=True)
        except Duplicate:
            raise NewerVersionStored from None

    def read_with_older(self, vocabulary: int, limit: int) -> list[ListingDocument]:
        """Listings that were interpreted with an older vocabulary."""
        documents = self.rows.find(self.own(vocabulary={"$lt": vocabulary})).limit(limit)
        return [cast("ListingDocument", one) for one in documents]

    def replace_listing(self, document: ListingDocument) -> None:
        """Replace a listing that was interpreted anew."""
        self.rows.replace_one(self.own(_id=document["_id"]), cast("Document", document))
