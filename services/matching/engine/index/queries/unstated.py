"""Facts that searches ask for and a listing does not state, from columns alone."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from services.matching.engine.index.queries import rules
from services.matching.engine.index.queries.searches_of_listing import SearchesOf, sides
from services.matching.engine.index.tables.codes import NONE
from services.matching.engine.index.tables.columns import Array, Rows, spread
from services.matching.engine.index.tables.search_table import CLASSES, MUST, TYPE, WONT
from services.matching.engine.records.numeric import NUMERIC

# A criterion, whether it decides, and the rows of the searches that state it.
Open = tuple[str, bool, Rows]


class Unstated(SearchesOf):
    """The missing facts of one listing, for the searches that it meets."""

    def open_criteria(self, rows: Rows) -> Iterator[Open]:
        """Every criterion of these searches that is unknown because a fact is missing, and every word not mentioned."""
        yield from self._numbers(rows)
        yield "location", True, rows[self._best_states(rows) == rules.UNKNOWNS]
        yield from self._words(rows)

    def _numbers(self, rows: Rows) -> Iterator[Open]:
        prices = self.prices[self.table.rows["currency"][rows] + 1]
        bounds = self.table.rows["bounds"][rows]
        for at, (name, *_) in enumerate(NUMERIC):
            figures = self.listing.figures[at]
            missing = prices < 0 if not at else np.full(len(rows), figures is None)
            yield name, True, rows[rules.stated(*sides(bounds, at)) & missing]

    def _best_states(self, rows: Rows) -> Array:
        """The state of each search's best area; every search has at least one, which may be anywhere."""
        counts = self.table.rows["area_count"][rows].astype(np.int64)
        areas, begins = spread(self.table.rows["area_start"][rows].astype(np.int64), counts)
        best: Array = np.maximum.reduceat(self._judged(areas)[0], begins) if len(rows) else np.empty(0, np.int64)
        return best

    def _words(self, rows: Rows) -> Iterator[Open]:
        counts = self.table.rows["word_count"][rows].astype(np.int64)
        at, _ = spread(self.table.rows["word_start"][rows].astype(np.int64), counts)
        words, asking = self.table.word_list["word"][at], np.repeat(rows, counts)
        features, listing = self.table.words.features, self.listing
        mentioned = {features.find(word) for word in (*listing.features, *listing.features_absent)} - {NONE}
        for word in np.unique(words).tolist():
            code, kind = divmod(word, CLASSES)
            if kind != TYPE and code not in mentioned:
                yield features.keys[code], kind in (MUST, WONT), asking[words == word]
        if listing.property_sub_type is None:
            yield "property_sub_type", True, np.unique(asking[words % CLASSES == TYPE])
