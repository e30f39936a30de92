"""Matches, and the verdict on one pair."""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

from services.gateway.upstream.matching.saved_searches import Number, SavedSearchPatch

# Names and values depend on the reason's code.
Figures = dict[str, Any]


class BeamSegment(TypedDict):
    """One group of criteria in a score as it is drawn: shares earned and known (0 to 1), the worst hard state."""

    name: str
    weight: int
    share: float
    known: float
    state: str


class Reason(TypedDict):
    """A sentence about a pair in the reader's language, with its code and figures."""

    code: str
    figures: Figures
    text: str


class ListingPhoto(TypedDict):
    """The first photograph of a listing."""

    url: str
    alt: NotRequired[str | None]


class ListingSummary(TypedDict):
    """What is shown of a listing beside a match; missing values are None."""

    id: str
    sequence: int
    listing_id: str | None
    transaction: str | None
    property_sub_type: str | None
    list_price: Number | None
    previous_list_price: Number | None
    currency: str | None
    bedrooms_total: Number | None
    bathrooms_total: Number | None
    living_area: Number | None
    street_name: str | None
    city: str | None
    state_or_province: str | None
    postal_code: str | None
    country: str | None
    latitude: Number | None
    longitude: Number | None
    photo: ListingPhoto | None
    public_remarks: dict[str, str]
    agent_member_id: str | None


class Verdict(TypedDict):
    """How well a saved search and a listing fit, and why."""

    listing_id: str
    saved_search_id: str
    contact_id: str | None
    search_name: str | None
    alerts: str
    kind: str
    score: int
    confidence: int
    beam: list[BeamSegment]
    reasons: list[Reason]
    misses: list[Reason]
    unknowns: list[Reason]
    taste: NotRequired[int]
    preference: NotRequired[str | None]
    viewed: NotRequired[bool]


class Match(Verdict):
    """A pair that fits; the listing is there where the matches of a search are shown."""

    listing: NotRequired[ListingSummary]


class MatchPage(TypedDict):
    """Some matches, best first."""

    items: list[Match]
    next_cursor: str | None


class MatchCounts(TypedDict):
    """How many matches there are of each kind, and how many homes were refused."""

    match: int
    possible: int
    near: int
    discarded: int


class ListingMatches(TypedDict):
    """One listing with its best matches and their counts."""

    listing_id: str
    counts: MatchCounts
    matches: list[Match]


class Criterion(TypedDict):
    """One criterion of a pair with its sentence; what was wanted and found depends on its name.

    `most` is what it could bring of 100 (None for a gate), `earned` what it brings of that.
    """

    name: str
    hard: bool
    state: str
    wanted: Any  # a number, a text or a list, by criterion
    found: Any  # as `wanted`
    gap: Any  # as `wanted`
    points: Any  # of 1000; None where it is not known
    weight: int
    most: Number | None
    earned: Number | None
    reason: Reason


class AlertGate(TypedDict):
    """A condition for an alert that the search sets, whether it is met, and the value that decides it."""

    code: str
    open: bool
    value: str | None


class Explanation(Verdict):
    """The whole verdict on a pair, whatever it is."""

    listing: ListingSummary
    criteria: list[Criterion]
    gates: list[AlertGate]
    listing_sequence: int
    search_sequence: int


class Improvement(TypedDict):
    """A change of the listing or of the search; `patch` of the search or `price` of the listing makes it.

    `opens_contacts` others would match at the price; `opens_listings` would match with the patch, this one included.
    """

    code: str
    side: str
    criterion: str
    figures: Figures
    patch: SavedSearchPatch | None
    price: Number | None
    opens_contacts: int | None
    opens_listings: int | None


class Improvements(TypedDict):
    """What would make a pair a match; where `together`, one change of each criterion is needed at once."""

    saved_search_id: str
    listing_id: str
    contact_id: str
    together: bool
    items: list[Improvement]
