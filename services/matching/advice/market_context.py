"""The market around a draft search: listings as points on a map, prices to choose from, words as interpreted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

import numpy as np

from services.matching.engine.advice.market_panel import PASSES
from services.matching.engine.advice.price_supply import supply
from services.matching.engine.dictionary.words import label
from services.matching.engine.index.queries.index_matches import IndexMatches
from services.matching.engine.index.queries.listing_panel import ListingPanel, MarketPoint
from services.matching.engine.records.areas import Circle, Shape
from services.matching.engine.records.facts import Search
from services.matching.engine.records.quantities import major
from services.matching.model import WORD_PARTS

MOST_MATCHES, MOST_OTHERS = 150, 150
ENOUGH = 30  # listings that bars of prices need to have a shape
Point = tuple[float, float]


class PriceBars(TypedDict):
    """Listings in equal steps of price from 0 on; `above` are dearer than the last step."""

    currency: str
    step: float | None
    counts: list[int]
    above: int


class InterpretedWord(TypedDict):
    """What a typed word of one list of the wishes was taken for, and how; `label` in the reader's language."""

    list: str
    typed: str
    word: str
    by: str
    label: str


def points(panel: ListingPanel, search: Search, matches: IndexMatches, best: IndexMatches) -> list[MarketPoint]:
    """Listings of known place: the best that the search meets, then others of the market near by."""
    places = panel.points_of(best)
    return places + panel.points_around(_middle(search, places), MOST_OTHERS, without=matches)


def prices(panel: ListingPanel, search: Search) -> PriceBars | None:
    """How many listings there are at each price: in the wished areas and types, where these are enough."""
    if search.currency is None:
        return None
    rows = np.arange(panel.size)
    for name, stated in (("location", search.areas), ("property_sub_type", search.property_sub_types)):
        if stated:
            wanted = rows[panel.states(search, name, rows) == PASSES]
            rows = wanted if len(wanted) >= ENOUGH else rows
    high = search.bounds.of("price")[1]
    bars = supply(panel.prices(search, rows), high)
    if bars is None:
        return None
    return {"currency": search.currency, "step": major(bars.step), "counts": bars.counts, "above": bars.above}


def interpreted_words(resolved: Mapping[str, Any], language: str) -> list[InterpretedWord]:
    """What each typed word was taken for, and what that is called in a language."""
    return [
        {
            "list": part,
            "typed": word["typed"],
            "word": word["key"],
            "by": word["by"],
            "label": _label(kind, word, language),
        }
        for part, kind in WORD_PARTS.items()
        for word in resolved.get(part) or ()
    ]


def _label(kind: str, word: Mapping[str, str], language: str) -> str:
    return word["name"] if word["by"] == "typed" else label(kind, word["key"], language)


def _middle(search: Search, places: list[MarketPoint]) -> Point | None:
    """Where to look for other listings: the middle of the first area, else the best match."""
    for area in search.areas:
        if isinstance(area, Circle):
            return area.latitude, area.longitude
        if isinstance(area, Shape):
            return area.geometry.centroid.y, area.geometry.centroid.x
    if not places:
        return None
    return places[0]["latitude"], places[0]["longitude"]
