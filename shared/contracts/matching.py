"""Events of matching: saved searches, and the homes that match them."""

from __future__ import annotations

from dataclasses import field
from typing import Any, Literal

from shared.contracts.base import Contract, Flag, Identifier, Number, Whole, event_data
from shared.contracts.properties import Photo


@event_data
class SearchSaved:
    """A saved search, whole."""

    id: Identifier
    contact_id: Identifier
    name: str | None = None
    transaction: str
    property_sub_types: list[str] = field(default_factory=list)
    list_price_min: Number | None = None
    list_price_max: Number | None = None
    currency: str | None = None
    bedrooms_min: Number | None = None
    bedrooms_max: Number | None = None
    bathrooms_min: Number | None = None
    living_area_min: Number | None = None
    living_area_max: Number | None = None
    lot_size_area_min: Number | None = None
    year_built_min: Number | None = None
    areas: list[dict[str, Any]] = field(default_factory=list)
    must_have: list[str] = field(default_factory=list)
    wont_accept: list[str] = field(default_factory=list)
    preferences: dict[str, Any] = field(default_factory=dict)
    tolerance_percent: Number | None = None
    alerts: str
    alert_possible: Flag = False
    status: str
    valid_until: str | None = None


@event_data
class SearchRemoved:
    """A saved search that no longer exists."""

    contact_id: Identifier


@event_data
class ListingSummary:
    """The fields of a home in an alert."""

    id: Identifier
    sequence: Whole
    listing_id: str | None = None
    transaction: str
    property_sub_type: str | None = None
    list_price: Number | None = None
    previous_list_price: Number | None = None
    currency: str | None = None
    bedrooms_total: Number | None = None
    bathrooms_total: Number | None = None
    living_area: Number | None = None
    street_name: str | None = None
    city: str | None = None
    state_or_province: str | None = None
    postal_code: str | None = None
    country: str | None = None
    latitude: Number | None = None
    longitude: Number | None = None
    photo: Photo | None = None
    public_remarks: dict[str, str] | None = None
    agent_member_id: str | None = None


@event_data
class Reason:
    """A sentence in the contact's language, with its figures."""

    code: str
    figures: dict[str, Any] = field(default_factory=dict)
    text: str


@event_data
class SearchMatch:
    """One person's searches that the listing matches."""

    contact_id: Identifier
    saved_search_id: Identifier
    search_name: str | None = None
    search_sequence: Whole
    pair_sequence: Whole = 0
    kind: Literal["match", "possible", "near"]
    score: Whole
    confidence: Whole
    reasons: list[Reason] = field(default_factory=list)
    misses: list[Reason] = field(default_factory=list)
    unknowns: list[Reason] = field(default_factory=list)
    language: str | None = None
    alerts: Literal["instant", "daily", "weekly", "off"]
    alert_possible: Flag = False


@event_data
class MatchesFound:
    """New matches of one listing, at most 200 and 256 kB an event."""

    listing: ListingSummary
    entered_by: Literal["new", "price", "criteria", "status"]
    matches: list[SearchMatch]


@event_data
class LostPair:
    """A pair that is no longer a match."""

    contact_id: Identifier
    saved_search_id: Identifier
    search_sequence: Whole = 0
    pair_sequence: Whole = 0


@event_data
class MatchesLost:
    """Pairs of one listing that are no longer matches; `why` is a code of MATCH_LOSSES (a sentence in earlier
    events).
    """

    listing_id: Identifier
    listing_sequence: Whole = 0
    pairs: list[LostPair]
    why: str


@event_data
class FeedbackGiven:
    """A person's present opinion of a home; free text stays with matching."""

    contact_id: Identifier
    listing_id: Identifier
    preference: Literal["favorite", "possibility", "discard"] | None = None
    reason: str | None = None
    viewed: Flag = False


@event_data
class ListingResolved:
    """A listing that was interpreted anew after the agency changed its vocabulary."""

    vocabulary: Whole


CONTRACTS: dict[str, Contract[Any]] = {
    "matching.search.saved": Contract(SearchSaved, ("matching", "leads"), contact="contact_id", subject="id"),
    "matching.search.removed": Contract(SearchRemoved, ("matching", "leads"), contact="contact_id"),
    "matching.matches.found": Contract(MatchesFound, ("notifications", "leads", "gateway")),
    "matching.matches.lost": Contract(MatchesLost, ("notifications", "leads")),
    "matching.feedback.given": Contract(FeedbackGiven, ("matching", "gateway"), contact="contact_id"),
    "matching.listing.resolved": Contract(ListingResolved, ("matching",)),
}
