"""Which searches a listing matches in several states of it, such as at other prices, counted on columns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from services.matching.engine.index.queries.index_matches import IndexMatches
from services.matching.engine.index.tables.columns import Array
from services.matching.engine.index.tables.search_table import SearchTable


class Demand:
    """The searches that each state of a listing matches; people are numbered once for all states."""

    def __init__(self, table: SearchTable, states: Sequence[IndexMatches]) -> None:
        self.states = states
        self._rows = np.unique(np.concatenate([matches.rows for matches in states]))
        self._people = table.people(self._rows)

    def people(self, at: int) -> Array:
        """The people of one state, each once, by a number that is the same in all states."""
        return np.unique(self._of(self.states[at]))

    def others(self, at: int, known: Array) -> IndexMatches:
        """The searches of one state whose contact is not among these; in no order."""
        matches = self.states[at]
        return matches.picked(np.flatnonzero(~np.isin(self._of(matches), known)))

    def _of(self, matches: IndexMatches) -> Array:
        people: Array = self._people[np.searchsorted(self._rows, matches.rows)]
        return people
