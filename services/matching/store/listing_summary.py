"""The summary of a listing in replies and alerts."""

from __future__ import annotations

from typing import TypedDict, cast

from services.matching.store.documents import ListingDocument

MOST_REMARKS = 1000  # characters of remarks a language
SIZES = ("bedrooms_total", "bathrooms_total", "living_area")
PLACE = ("street_name", "city", "state_or_province", "postal_code", "country", "latitude", "longitude")
FIELDS = (
    *("listing_id", "transaction", "property_sub_type", "list_price", "currency", *SIZES, *PLACE),
    *("photo", "public_remarks", "agent_member_id"),
)


class ListingSummary(TypedDict):
    """The fields of a summary; None where not stated."""

    id: str
    sequence: int
    listing_id: str | None
    transaction: str
    property_sub_type: str | None
    list_price: float | None
    previous_list_price: float | None
    currency: str | None
    bedrooms_total: float | None
    bathrooms_total: float | None
    living_area: float | None
    street_name: str | None
    city: str | None
    state_or_province: str | None
    postal_code: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    photo: dict[str, str | None] | None
    public_remarks: dict[str, str]
    agent_member_id: str | None


def summary_of(document: ListingDocument, previous_price: int | None = None) -> ListingSummary:
    """The summary of a stored listing; `previous_price` in hundredths where the pair had another one before."""
    wire = document["wire"]
    summary = {name: wire.get(name) for name in FIELDS}
    summary |= {"id": document["_id"], "sequence": document["told"]}
    remarks = wire.get("public_remarks") or {}
    summary["public_remarks"] = {language: text[:MOST_REMARKS] for language, text in remarks.items()}
    published = wire.get("previous_list_price")
    summary["previous_list_price"] = published if previous_price is None else previous_price / 100
    return cast("ListingSummary", summary)
