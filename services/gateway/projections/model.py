"""The types of the projections' stored data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict


class CardPhoto(TypedDict, total=False):
    """A photograph of a home."""

    url: str
    alt: str


class ListingCard(TypedDict, total=False):
    """A listing as its last event had it; what the listing does not state is None or missing."""

    _id: str
    id: str
    agency_id: str
    sequence: int
    listing_id: str | None
    standard_status: str
    transaction: str
    property_sub_type: str | None
    list_price: float | None
    previous_list_price: float | None
    currency: str | None
    bedrooms_total: float | None
    bathrooms_total: float | None
    living_area: float | None
    lot_size_area: float | None
    year_built: float | None
    features: list[str]
    features_absent: list[str]
    latitude: float | None
    longitude: float | None
    street_name: str | None
    city: str | None
    state_or_province: str | None
    postal_code: str | None
    country: str | None
    public_remarks: dict[str, str] | None
    agent_member_id: str | None
    photo: CardPhoto | None
    photos: list[CardPhoto]
    activated_at: str | None


@dataclass(frozen=True)
class NewMatches:
    """A home that newly fits wishes, why (`entered_by` is new, price, status or criteria) and since when."""

    listing_id: str
    entered_by: str
    at: datetime


@dataclass(frozen=True)
class Answer:
    """What a person last answered about a home; `preference` is "none" where the answer was withdrawn."""

    contact_id: str
    listing_id: str
    preference: str
    reason: str | None
    at: datetime
