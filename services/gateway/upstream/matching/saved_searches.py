"""What people look for, as it is sent and answered."""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

Number = int | float


class Circle(TypedDict):
    """Within so many kilometres of a point."""

    latitude: Number
    longitude: Number
    radius_km: Number
    name: NotRequired[str]


class Place(TypedDict, total=False):
    """A place by exactly one of city, postal code and any other name."""

    city: str
    postal_code: str
    name: str


class Area(TypedDict, total=False):
    """One of circle, polygon (a GeoJSON Polygon or MultiPolygon) and place."""

    circle: Circle
    polygon: dict[str, Any]  # GeoJSON, drawn by the map and handed through
    place: Place


class SavedSearchCriteria(TypedDict, total=False):
    """What a home must have and what only ranks it; None and what is missing are "not stated"."""

    property_sub_types: list[str]
    list_price_min: Number | None
    list_price_max: Number | None
    currency: str | None
    bedrooms_min: Number | None
    bedrooms_max: Number | None
    bathrooms_min: Number | None
    living_area_min: Number | None
    living_area_max: Number | None
    lot_size_area_min: Number | None
    year_built_min: int | None
    areas: list[Area]
    must_have: list[str]
    wont_accept: list[str]
    preferences: dict[str, str]
    tolerance_percent: int


class SavedSearchPatch(SavedSearchCriteria, total=False):
    """A change of criteria, alerts or status."""

    name: str | None
    transaction: str
    alerts: str
    alert_possible: bool
    status: str
    valid_until: str | None


class NewSavedSearch(SavedSearchPatch, total=False):
    """A new saved search, or a draft to be previewed; contact and transaction are needed to save it."""

    contact_id: str


class SavedSearch(SavedSearchCriteria):
    """A saved search, with warnings about words and places that are not known."""

    id: str
    contact_id: str
    name: str | None
    transaction: str
    alerts: str
    alert_possible: bool
    status: str
    valid_until: str | None
    version: int
    created_at: str
    changed_at: str
    warnings: list[str]


class SavedSearchPage(TypedDict):
    """Some saved searches, newest first."""

    items: list[SavedSearch]
    next_cursor: str | None
