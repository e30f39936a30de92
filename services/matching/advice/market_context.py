"""The market around a draft search: listings as points on a map, a price histogram, and how typed words were read."""

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
ENOUGH = 30  # The fewest listings that make a useful histogram.
Point = tuple[float, float]


class PriceBars(TypedDict):
    """Numbers of listings in equal price steps from 0 on; `above` counts those dearer than the last step."""

    currency: str
    step: float | None
    counts: list[int]
    above: int


class InterpretedWord(TypedDict):
    """How one typed word of the search was interpreted, and by which rule; `label` in the reader's language."""

    list: str
    typed: str
    word: str
    by: str
    label: str


def points(panel: ListingPanel, search: Search, matches: IndexMatches, best: IndexMatches) -> list[MarketPoint]:
    """Listings with coordinates: the best matches of the search, then others near by."""
    places = panel.points_of(best)
    return places + panel.points_around(_middle(search, places), MOST_OTHERS, without=matches)


def prices(panel: ListingPanel, search: Search) -> PriceBars | None:
    """The number of listings at each price, in the areas and types of the search where there are enough of them."""
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
    """How each typed word was interpreted, with its label in a language."""
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
    """The point around which other listings are sought: the centre of the first area, else the best match."""
    for area in search.areas:
        if isinstance(area, Circle):
            return area.latitude, area.longitude
        if isinstance(area, Shape):
            return area.geometry.centroid.y, area.geometry.centroid.x
    if not places:
        return None
    return places[0]["latitude"], places[0]["longitude"]
