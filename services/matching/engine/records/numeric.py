"""The numeric criteria, and the figures that listings and searches state for them, by name and in one fixed order."""

from __future__ import annotations

from typing import NamedTuple

from services.matching.engine.records.quantities import MOST_AREA, MOST_LAND, MOST_MONEY, MOST_ROOMS, MOST_YEAR


class NumericCriterion(NamedTuple):
    """A numeric criterion: its name, the listing's fact, the search's two bounds, and the largest valid value."""

    name: str
    fact: str
    low: str | None
    high: str | None
    most: int


NUMERIC = (
    NumericCriterion("price", "list_price", "list_price_min", "list_price_max", MOST_MONEY),
    NumericCriterion("bedrooms", "bedrooms_total", "bedrooms_min", "bedrooms_max", MOST_ROOMS),
    NumericCriterion("bathrooms", "bathrooms_total", "bathrooms_min", None, MOST_ROOMS),
    NumericCriterion("living_area", "living_area", "living_area_min", "living_area_max", MOST_AREA),
    NumericCriterion("lot_size_area", "lot_size_area", "lot_size_area_min", None, MOST_LAND),
    NumericCriterion("year_built", "year_built", "year_built_min", None, MOST_YEAR),
)
NUMERIC_BY_NAME = {criterion.name: criterion for criterion in NUMERIC}
Bounds = tuple[int | None, int | None]
UNBOUNDED: Bounds = (None, None)


class ListingFigures(NamedTuple):
    """The numbers of a listing in hundredths, in the order of NUMERIC; None where not stated."""

    price: int | None
    bedrooms: int | None
    bathrooms: int | None
    living_area: int | None
    lot_size_area: int | None
    year_built: int | None


class SearchBounds(NamedTuple):
    """The (lower, upper) bounds of a search in hundredths, in the order of NUMERIC; None where neither is stated."""

    price: Bounds | None = None
    bedrooms: Bounds | None = None
    bathrooms: Bounds | None = None
    living_area: Bounds | None = None
    lot_size_area: Bounds | None = None
    year_built: Bounds | None = None

    def of(self, criterion: str) -> Bounds:
        """The bounds of one criterion; (None, None) where neither is stated."""
        return getattr(self, criterion) or UNBOUNDED

    def moved(self, criterion: str, bounds: Bounds) -> SearchBounds:
        """The same with other bounds for one criterion."""
        return self._replace(**{criterion: bounds})
