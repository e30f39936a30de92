"""Stored documents as the records that the engine compares."""

from __future__ import annotations

from services.matching.engine.records.facts import Listing, Search
from services.matching.store.documents import ListingDocument, SearchDocument


def as_listing(document: ListingDocument) -> Listing:
    """The engine's record of a stored listing."""
    about = {"id": document["_id"], "agency_id": document["agency_id"], "sequence": document["sequence"]}
    return Listing.from_wire(document["wire"] | about, document["resolved"])


def as_search(document: SearchDocument) -> Search:
    """The engine's record of a stored search."""
    about = {
        "id": document["_id"],
        "agency_id": document["agency_id"],
        "contact_id": document["contact_id"],
        "sequence": document["sequence"],
        "status": document["status"],
        "valid_until": document["valid_until"],
    }
    return Search.from_wire(document["wishes"] | about, document["resolved"])


def as_tombstone(document: SearchDocument) -> Search:
    """A removed search for the index: nothing but its id and version."""
    about = {
        "id": document["_id"],
        "agency_id": document["agency_id"],
        "contact_id": document["contact_id"],
        "sequence": document["sequence"],
    }
    return Search.from_wire(about | {"transaction": "sale", "bedrooms_min": 0})
