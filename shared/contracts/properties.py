"""Events of properties: the whole public state of a listing, each time."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from shared.contracts.base import Contract, Identifier, Number, event_data


@event_data
class Photo:
    """A picture of the listing by its address."""

    url: str
    alt: str | None = None


@event_data
class ListingState:
    """A listing without private remarks; money in major units, areas in m2, coordinates WGS 84."""

    id: Identifier
    listing_id: str | None = None
    standard_status: str
    transaction: str
    property_sub_type: str | None = None
    list_price: Number | None = None
    currency: str | None = None
    bedrooms_total: Number | None = None
    bathrooms_total: Number | None = None
    living_area: Number | None = None
    lot_size_area: Number | None = None
    year_built: Number | None = None
    on_market_date: str | None = None
    features: list[str] = field(default_factory=list)
    features_absent: list[str] = field(default_factory=list)
    latitude: Number | None = None
    longitude: Number | None = None
    street_name: str | None = None
    city: str | None = None
    state_or_province: str | None = None
    postal_code: str | None = None
    country: str | None = None
    public_remarks: dict[str, str] | None = None
    owner_contact_ids: list[str] = field(default_factory=list)
    agent_member_id: str | None = None
    photo: Photo | None = None
    photos: list[Photo] = field(default_factory=list)
    previous_list_price: Number | None = None
    previous_status: str | None = None
    activated_at: str | None = None


_CONSUMERS = ("matching", "leads", "gateway")
CONTRACTS: dict[str, Contract[Any]] = {
    "properties.listing.activated": Contract(ListingState, _CONSUMERS, subject="id"),
    "properties.listing.changed": Contract(ListingState, _CONSUMERS, subject="id"),
    "properties.listing.price_changed": Contract(ListingState, _CONSUMERS, subject="id"),
    "properties.listing.status_changed": Contract(ListingState, (*_CONSUMERS, "notifications"), subject="id"),
}
