"""Stored documents as the records that the engine compares."""

from __future__ import annotations

from services.matching.engine.records.facts import Listing, Search
from shared.storage.mongo import Document


def as_listing(document: Document) -> Listing:
    """The engine's record of a stored listing."""
    about = {"id": document["_id"], "agency_id": document["agency_id"], "sequence": document["sequence"]}
    return Listing.from_wire(document["wire"] | about, document["resolved"])


def as_search(document: Document) -> Search:
    """The engine's record of a stored search."""
    about = ("agency_id", "contact_id", "sequence", "status", "valid_until")
    wire = document["wishes"] | {name: document[name] for name in about} | {"id": document["_id"]}
    return Search.from_wire(wire, document["resolved"])


def as_tombstone(document: Document) -> Search:
    """What the index is told of a search that is no more: nothing but its id and version."""
    about = ("agency_id", "contact_id", "sequence")
    wire = {name: document[name] for name in about} | {"id": document["_id"], "transaction": "sale", "bedrooms_min": 0}
    return Search.from_wire(wire)
