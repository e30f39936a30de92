"""What replies and alerts say of a listing."""

from __future__ import annotations

from services.matching.store.documents import ListingDocument
from shared.storage.mongo import Document

MOST_REMARKS = 1000  # characters a language; whoever wants more reads the listing
SIZES = ("bedrooms_total", "bathrooms_total", "living_area")
PLACE = ("street_name", "city", "state_or_province", "postal_code", "country", "latitude", "longitude")
FIELDS = (
    *("listing_id", "transaction", "property_sub_type", "list_price", "currency", *SIZES, *PLACE),
    *("photo", "public_remarks", "agent_member_id"),
)


def summary_of(document: ListingDocument, previous_price: int | None = None) -> Document:
    """The summary of a stored listing; `previous_price` in hundredths where the pair had another one before."""
    wire = document["wire"]
    summary = {name: wire.get(name) for name in FIELDS}
    summary |= {"id": document["_id"], "sequence": document["told"]}
    remarks = wire.get("public_remarks") or {}
    summary["public_remarks"] = {language: text[:MOST_REMARKS] for language, text in remarks.items()}
    published = wire.get("previous_list_price")
    summary["previous_list_price"] = published if previous_price is None else previous_price / 100
    return summary
