"""The listings that pass the gates of a search, as columns, judged by one criterion at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypedDict

import numpy as np

from services.matching.engine.evaluate import KINDS
from services.matching.engine.index.agency import View
from services.matching.engine.index.grids.strips import Strips
from services.matching.engine.index.queries import rules
from services.matching.engine.index.queries.index_matches import IndexMatches
from services.matching.engine.index.queries.listings_of_search import ListingsOf
from services.matching.engine.index.tables.codes import NONE
from services.matching.engine.index.tables.columns import Array, Rows
from services.matching.engine.index.tables.listing_table import ListingTable
from services.matching.engine.records.areas import Area, Circle
from services.matching.engine.records.facts import Search
from services.matching.engine.records.numeric import NUMERIC
from services.matching.engine.records.quantities import major
from services.matching.engine.world import World

_NUMBERS = {name: at for at, (name, *_) in enumerate(NUMERIC)}


class MarketPoint(TypedDict):
    """A listing as a point on a map; `kind` is none for one on the market that does not match."""

    id: str
    latitude: float
    longitude: float
    list_price: float | None
    currency: str | None
    kind: str


class ListingPanel:
    """Every home of a view that passes the gates of a search; later queries may change the search's other criteria."""

    def __init__(self, view: View[ListingTable, Strips], search: Search, world: World) -> None:
        self._view, self._search, self._world = view, search, world
        self._rows = _Query(view, search, world).choice()
        self._located: Array | None = None

    @property
    def size(self) -> int:
        """How many homes there are."""
        return len(self._rows)

    def states(self, search: Search, name: str, rows: Rows | None = None) -> Array:
        """The state of one stated hard criterion for these homes, or all, as numbers of `criteria.BEST`."""
        query = _Query(self._view, search, self._world)
        if name != "location" or search is not self._search:
            return query.states(name, self._rows if rows is None else self._rows[rows])
        if self._located is None:  # areas take longest and are used twice
            self._located = query.states(name, self._rows)
        return self._located if rows is None else self._located[rows]

    def passing(self, search: Search, name: str, rows: Rows) -> int:
        """How many of these homes pass one stated hard criterion."""
        return int(_Query(self._view, search, self._world).passes(name, self._rows[rows]).sum())

    def prices(self, search: Search, rows: Rows) -> Array:
        """Prices of these homes in the search's currency, in hundredths; negative where they are not known."""
        return _Query(self._view, search, self._world).prices(self._rows[rows])

    def met(self, search: Search, rows: Rows) -> IndexMatches:
        """The homes that match the search, with kind, score and confidence; in no order."""
        return ListingsOf(self._view, search, self._world).judged(self._rows[rows])

    def points_of(self, matches: IndexMatches) -> list[MarketPoint]:
        """Coordinates, price and kind of these listings; those without coordinates are left out."""
        located = np.flatnonzero(self._view.table.rows["located"][matches.rows])
        return list(self._points(matches.rows[located], matches.kinds[located].tolist()))

    def points_around(self, middle: tuple[float, float] | None, most: int, without: IndexMatches) -> list[MarketPoint]:
        """The listings of the market nearest to a point, or any, without those that match."""
        columns = self._view.table.rows
        others = np.zeros(self._view.rows, bool)
        others[self._rows] = columns["located"][self._rows]
        others[without.rows] = False
        rows = np.flatnonzero(others)
        if middle is not None:
            north = columns["latitude"][rows] - middle[0]
            east = (columns["longitude"][rows] - middle[1]) * np.cos(np.radians(middle[0]))
            rows = rows[_smallest(north**2 + east**2, most)]
        nearest = rows[:most]
        return list(self._points(nearest, [0] * len(nearest)))

    def _points(self, rows: Rows, kinds: Iterable[int]) -> Iterator[MarketPoint]:
        table = self._view.table
        names = ("latitude", "longitude", "figure0", "currency")
        columns = (table.rows[name][rows].tolist() for name in names)
        points = zip(table.ids.texts(rows), *columns, kinds, strict=True)
        for listing_id, latitude, longitude, price, currency, kind in points:
            yield {
                "id": listing_id,
                "latitude": latitude,
                "longitude": longitude,
                "list_price": None if price == NONE else major(price),
                "currency": None if currency == NONE else table.words.currencies.keys[currency],
                "kind": KINDS[kind],
            }


def _smallest(distances: Array, most: int) -> Rows:
    """The positions of the smallest values in ascending order; of equal ones the first."""
    if most < len(distances):
        near = np.flatnonzero(distances <= np.partition(distances, most)[most])
        return near[np.argsort(distances[near], kind="stable")]
    return np.argsort(distances, kind="stable")


class _Query(ListingsOf):
    """A query for states alone, without points."""

    def choice(self) -> Rows:
        """Every row that passes the gates, wherever it is."""
        search = self.search
        if search.status != "active" or (search.valid_until is not None and search.valid_until < self.world.today):
            return np.empty(0, np.int64)
        return self._open(np.concatenate([self.view.grid.alive, np.arange(self.view.grid.rows, self.view.rows)]))

    def states(self, name: str, rows: Rows) -> Array:
        """The states of one stated criterion."""
        part, _, word = name.partition(".")
        if part == "location":
            best: Array = np.maximum.reduce([self._place(area, rows) for area in self.search.areas])
            return best
        if part == "property_sub_type":
            return self._typed(rows)[0]
        if part in _NUMBERS:
            at = _NUMBERS[part]
            return rules.grade(part, *self._sides(at), self._figures(at, rows), self.search.tolerance)[0]
        has, lacks = self.table.mentions(word, rows)
        if part == "wont_accept":
            return np.where(has, rules.FAILS, rules.PASSES)
        return np.where(has, rules.PASSES, np.where(lacks, rules.FAILS, rules.UNKNOWNS))

    def passes(self, name: str, rows: Rows) -> Array:
        """Which rows pass one stated criterion; the distance to the bound is not computed."""
        number = _NUMBERS.get(name)
        return self.states(name, rows) == rules.PASSES if number is None else self._inside(number, rows)

    def prices(self, rows: Rows) -> Array:
        """Prices in the search's currency."""
        return self._figures(0, rows)

    def _place(self, area: Area, rows: Rows) -> Array:
        if not isinstance(area, Circle):
            return self._judged(area, rows)[0]
        columns = self.table.rows
        chord = rules.chords(columns["point"].take(rows, axis=0), np.array(area.point))
        states = np.where(chord <= area.within, rules.PASSES, np.where(chord <= area.beyond, rules.NEARS, rules.FAILS))
        states[~columns["located"][rows]] = rules.UNKNOWNS
        return states
