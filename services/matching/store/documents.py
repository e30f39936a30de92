"""The documents of matching's collections, as far as this service reads them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NotRequired, TypedDict

# Fields from events and requests are stored unchanged; the engine reads each and refuses what is wrong.
Wire = dict[str, Any]


class ListingDocument(TypedDict):
    """A listing as properties published it; `told` is its sequence, `sequence` the stamp (see `model.stamp`)."""

    _id: str
    agency_id: str
    told: int
    vocabulary: int
    sequence: int
    wire: Wire
    resolved: Wire


class SearchAlerts(TypedDict):
    """The fields of a saved search that events carry besides its wishes; older documents have no `wordings`."""

    _id: str
    sequence: int
    name: str | None
    alerts: str
    alert_possible: bool
    valid_until: str | None
    wordings: NotRequired[list[str]]


class SearchDocument(SearchAlerts):
    """A saved search, whole; `sequence` repeats the version."""

    agency_id: str
    contact_id: str
    wishes: Wire
    resolved: Wire
    status: str
    removed: bool
    vocabulary: int
    version: int


class Price(TypedDict):
    """The price of a listing in hundredths, as match rows keep it."""

    list_price: int | None
    currency: str | None


class MatchRow(Price):
    """A match, stamped with both versions; the price is the listing's when it matched."""

    _id: str
    listing_id: str
    saved_search_id: str
    contact_id: str
    listing_sequence: int
    search_sequence: int
    kind: str
    score: int
    confidence: int
    entered_by: str
    found_at: datetime


class CrossingDocument(TypedDict):
    """A crossing too long for one transaction: its progress, and which process works on it."""

    _id: str
    agency_id: str
    side: str
    subject: str
    sequence: int
    entered_by: str
    next: str
    owner: str | None
