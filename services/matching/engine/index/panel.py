"""The homes that a search may choose from, as columns, asked about one criterion at a time."""

from __future__ import annotations

import numpy as np

from services.matching.engine.facts import NUMERIC, Search
from services.matching.engine.index import rules
from services.matching.engine.index.agency import View
from services.matching.engine.index.codes import NONE
from services.matching.engine.index.columns import Array, Rows
from services.matching.engine.index.listing_table import ListingTable
from services.matching.engine.index.listings_of import ListingsOf
from services.matching.engine.index.strips import Strips
from services.matching.engine.world import World

_NUMBERS = {name: at for at, (name, *_) in enumerate(NUMERIC)}


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
            states = [self._judged(area, rows)[0] for area in self.search.areas]
            best: Array = np.maximum.reduce(states)
            return best
        if part == "property_sub_type":
            return self._type(rows)
        if part in _NUMBERS:
            at = _NUMBERS[part]
            return rules.grade(name, *self._sides(at), self._figures(at, rows), self.search.tolerance)[0]
        has, lacks = self.table.mentions(word, rows)
        if part == "wont_accept":
            return np.where(has, rules.FAILS, rules.PASSES)
        return np.where(has, rules.PASSES, np.where(lacks, rules.FAILS, rules.UNKNOWNS))

    def _type(self, rows: Rows) -> Array:
        wanted = [self.table.words.types.find(word) for word in self.search.property_sub_types]
        types = self.table.rows["type"][rows]
        fits = np.isin(types, [code for code in wanted if code != NONE])
        return np.where(fits, rules.PASSES, np.where(types == NONE, rules.UNKNOWNS, rules.FAILS))
