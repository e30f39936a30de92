"""The stored form of matches and homes in a delivery."""

from __future__ import annotations

from typing import TypedDict


class ReasonRow(TypedDict, total=False):
    """A sentence of matching in the person's language, with its code and figures."""

    code: str
    figures: dict[str, object]
    text: str


class MatchRow(TypedDict, total=False):
    """One of the person's searches that the home matches, as matching reported it."""

    contact_id: str
    saved_search_id: str
    search_name: str | None
    search_sequence: int
    pair_sequence: int
    kind: str
    score: int
    confidence: int
    reasons: list[ReasonRow]
    misses: list[ReasonRow]
    unknowns: list[ReasonRow]
    language: str | None
    alerts: str
    alert_possible: bool


class ListingRow(TypedDict, total=False):
    """The fields of a home in a mail; prices in major units, areas in m2, `sequence` the listing's version."""

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
    place: str | None
    city: str | None
    photo: dict[str, str] | None
    public_remarks: dict[str, str] | None
    agent_member_id: str | None


class CardRow(TypedDict):
    """A home in a letter with the reasons why it fits, in the person's language."""

    listing: ListingRow
    saved_search_id: str | None
    reasons: list[str]
    misses: list[str]
    unknowns: list[str]
