"""The homes that a search may choose from, as columns, asked about one criterion at a time."""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import Any

import numpy as np

from services.matching.engine.areas import Area, Circle
from services.matching.engine.facts import NUMERIC, Search
from services.matching.engine.index import rules
from services.matching.engine.index.agency import View
from services.matching.engine.index.codes import NONE
from services.matching.engine.index.columns import Array, Rows
from services.matching.engine.index.listing_table import ListingTable
from services.matching.engine.index.listings_of import ListingsOf
from services.matching.engine.index.strips import Strips
from services.matching.engine.quantities import major
from services.matching.engine.world import World

_NUMBERS = {name: at for at, (name, *_) in enumerate(NUMERIC)}
# One byte a home: a draft is answered while somebody types.
_FAILS, _NEARS, _UNKNOWNS, _PASSES = map(np.int8, (rules.FAILS, rules.NEARS, rules.UNKNOWNS, rules.PASSES))


class ListingPanel:
    """Every home of a view whose gates are open for a search; later questions may put its other wishes differently."""

    def __init__(self, view: View[ListingTable, Strips], search: Search, world: World) -> None:
        self._view, self._world = view, world
        self._rows = _Asked(view, search, world).choice()

    @property
    def size(self) -> int:
        """How many homes there are."""
        return len(self._rows)

    def states(self, search: Search, name: str, rows: Rows | None = None) -> Array:
        """The state of one stated hard criterion for these homes, or all, as numbers of `criteria.BEST`."""
        asked = _Asked(self._view, search, self._world)
        return asked.states(name, self._rows if rows is None else self._rows[rows])

    def prices(self, search: Search, rows: Rows) -> Array:
        """Prices of these homes in the search's currency, in hundredths; negative where they are not known."""
        return _Asked(self._view, search, self._world).prices(self._rows[rows])

    def places_of(self, ids: Iterable[str]) -> list[dict[str, Any]]:
        """Where these homes stand and what they cost; those of unknown place are left out."""
        found = (self._view.table.ids.find(one) for one in ids)
        return [place for row in found if row is not None and (place := self._place(row))]

    def places_around(self, middle: tuple[float, float] | None, most: int, without: Set[str]) -> list[dict[str, Any]]:
        """The homes of the market nearest to a point, or any, but for some."""
        columns, ids = self._view.table.rows, self._view.table.ids
        rows = self._rows[columns["located"][self._rows]]
        if middle is not None:
            north = columns["latitude"][rows] - middle[0]
            east = (columns["longitude"][rows] - middle[1]) * np.cos(np.radians(middle[0]))
            rows = rows[np.argsort(north**2 + east**2, kind="stable")]
        picked = (row for row in rows[: most + len(without)].tolist() if ids.text(row) not in without)
        return [place for row, _ in zip(picked, range(most), strict=False) if (place := self._place(row))]

    def _place(self, row: int) -> dict[str, Any] | None:
        table = self._view.table
        columns = table.rows
        if not columns["located"][row]:
            return None
        price, currency = int(columns["figure0"][row]), int(columns["currency"][row])
        return {
            "id": table.ids.text(row),
            "latitude": float(columns["latitude"][row]),
            "longitude": float(columns["longitude"][row]),
            "list_price": None if price == NONE else major(price),
            "currency": None if currency == NONE else table.words.currencies.keys[currency],
        }


class _Asked(ListingsOf):
    """A search that asks for states alone, without points."""

    def choice(self) -> Rows:
        """Every row with open gates, wherever it is."""
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
            return self._type(rows)
        if part in _NUMBERS:
            return self._number(_NUMBERS[part], part, rows)
        has, lacks = self.table.mentions(word, rows)
        if part == "wont_accept":
            return np.where(has, _FAILS, _PASSES)
        return np.where(has, _PASSES, np.where(lacks, _FAILS, _UNKNOWNS))

    def prices(self, rows: Rows) -> Array:
        """Prices in the search's currency."""
        return self._figures(0, rows)

    def _number(self, at: int, name: str, rows: Rows) -> Array:
        """Only what is not inside the bounds needs a closer look."""
        low, high = self._sides(at)
        figures = self._figures(at, rows)
        states = np.full(len(rows), _PASSES)
        outside = np.flatnonzero((figures < max(low, 0)) | (figures > high))
        states[outside] = rules.grade(name, low, high, figures[outside], self.search.tolerance)[0]
        return states

    def _prices(self, rows: Rows, prices: Array) -> Array:
        currencies, table = self.table.rows["currency"][rows], self.table.words.currencies
        own = table.find(self.search.currency or "")
        foreign = np.flatnonzero((currencies != own) & (prices >= 0))
        prices[foreign] = super()._prices(rows[foreign], prices[foreign])
        return prices

    def _place(self, area: Area, rows: Rows) -> Array:
        if not isinstance(area, Circle):
            return self._judged(area, rows)[0]
        columns = self.table.rows
        chord = rules.chords(columns["point"][rows], np.array(area.point))
        states = np.where(chord <= area.within, _PASSES, np.where(chord <= area.beyond, _NEARS, _FAILS))
        states[~columns["located"][rows]] = _UNKNOWNS
        return states

    def _type(self, rows: Rows) -> Array:
        wanted = [self.table.words.types.find(word) for word in self.search.property_sub_types]
        types = self.table.rows["type"][rows]
        fits = np.isin(types, [code for code in wanted if code != NONE])
        return np.where(fits, _PASSES, np.where(types == NONE, _UNKNOWNS, _FAILS))
