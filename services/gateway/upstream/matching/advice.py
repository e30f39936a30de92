"""What a draft finds, demand at other prices, similar homes, suggestions."""

from __future__ import annotations

from typing import TypedDict

from services.gateway.upstream.matching.matches import Figures, ListingSummary, Match, Reason
from services.gateway.upstream.matching.saved_searches import Number, SavedSearchPatch


class FunnelStep(TypedDict):
    """How many homes are left after this criterion and those before it."""

    criterion: str
    label: str
    left: int


class NearMiss(TypedDict):
    """How many homes this criterion alone keeps away."""

    criterion: str
    label: str
    count: int


class Counterfactual(TypedDict):
    """A change of the criteria, how many more homes match with it, and the patch that makes it."""

    change: str
    figures: Figures
    text: str
    gain: int
    patch: SavedSearchPatch


class MapPoint(TypedDict):
    """A home on the map; kind is `none` where it does not fit."""

    id: str
    latitude: Number
    longitude: Number
    list_price: Number | None
    currency: str | None
    kind: str


class PriceSupply(TypedDict):
    """How many homes there are in equal steps of price from 0; `above` are dearer than the last step."""

    currency: str
    step: Number
    counts: list[int]
    above: int


class ResolvedWord(TypedDict):
    """What a typed word was taken for; `by` is exact, alias, typo, or typed where it is not known."""

    list: str
    typed: str
    word: str
    by: str
    label: str


class Preview(TypedDict):
    """What a draft search finds: `total` match, `everything` is on the market."""

    everything: int
    total: int
    possible: int
    near: int
    funnel: list[FunnelStep]
    misses_by_one: list[NearMiss]
    counterfactuals: list[Counterfactual]
    top: list[Match]
    homes: list[MapPoint]
    prices: PriceSupply | None
    words: list[ResolvedWord]
    warnings: list[str]


class DemandStep(TypedDict):
    """How many people a home would suit at one price."""

    price: Number
    searches: int
    contacts: int
    current: bool
    text: str


class Demand(TypedDict):
    """How many people a home would suit at several prices, cheapest first."""

    listing_id: str
    transaction: str
    currency: str
    curve: list[DemandStep]


class PriceEffect(TypedDict):
    """Whom another price would bring and whom it would lose."""

    price: Number
    currency: str
    contacts_now: int
    contacts_then: int
    gained: int
    lost: int


class OpenQuestion(TypedDict):
    """A fact that is not stated: how many people cannot match without it, and how many would like it."""

    about: str
    waiting: int
    wishing: int


class SimilarListing(TypedDict):
    """A home, how like another it is (0 to 100), and why."""

    listing: ListingSummary
    similarity: int
    reasons: list[Reason]


class SuggestionEffect(TypedDict):
    """How many of the matches a suggestion keeps."""

    stay: int
    of: int
    text: str


class Suggestion(TypedDict):
    """A change that the person's refusals suggest; `patch` makes it."""

    code: str
    figures: Figures
    text: str
    patch: SavedSearchPatch
    effect: SuggestionEffect


class AudiencePair(TypedDict):
    """A saved search to which a listing would be news, why, and the alerts that it asks for."""

    contact_id: str
    saved_search_id: str
    kind: str
    entered_by: str
    alerts: str
    alert_possible: bool


class Audience(TypedDict):
    """Everybody to whom a listing would be news at a price; nobody is written to until it is on the market."""

    listing_id: str | None
    price: Number | None
    currency: str | None
    on_market: bool
    contacts: int
    pairs: list[AudiencePair]
