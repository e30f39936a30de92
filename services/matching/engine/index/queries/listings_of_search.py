"""Search -> listings: every home of the agency that a search meets, scored, from columns alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely

from services.matching.engine.criteria import FULL, HARD_WORD
from services.matching.engine.evaluate import WEIGHT
from services.matching.engine.index.agency import View
from services.matching.engine.index.grids.strips import Strips
from services.matching.engine.index.queries import rules
from services.matching.engine.index.queries.index_matches import IndexMatches
from services.matching.engine.index.tables.boxes import box_of
from services.matching.engine.index.tables.codes import NONE
from services.matching.engine.index.tables.columns import Array, Rows
from services.matching.engine.index.tables.listing_table import ListingTable
from services.matching.engine.index.tables.search_table import HIGH, LOW, UNBOUNDED, bounds_row, place_key
from services.matching.engine.records.areas import Area, Circle, Shape
from services.matching.engine.records.facts import TRANSACTIONS, Search
from services.matching.engine.records.numeric import NUMERIC
from services.matching.engine.world import World

_RANK = np.int64(2048)
_FACTS = {"city": ("city",), "postal_code": ("postal",), "name": ("city", "state")}


class ListingsOf:
    """The query of one search on a view of the listings; `only` returns matches alone, which is faster."""

    def __init__(self, view: View[ListingTable, Strips], search: Search, world: World, only: bool = False) -> None:
        self.view, self.table, self.search, self.world, self.only = view, view.table, search, world, only
        self.bounds = bounds_row(search)

    def candidates(self) -> Rows:
        """Candidate rows, a superset of the result, narrowed by location."""
        search, grid = self.search, self.view.grid
        if search.status != "active" or (search.valid_until is not None and search.valid_until < self.world.today):
            return np.empty(0, np.int64)
        tail = np.arange(grid.rows, self.view.rows)
        if not search.areas:
            return self._open(np.concatenate([grid.alive, tail]))
        found = [tail, *(self._near(area) for area in search.areas)]
        return self._open(_each_once(found, self.view.rows) if len(search.areas) > 1 else np.concatenate(found))

    def answer(self) -> IndexMatches:
        """Every listing that meets the search, with kind, score and confidence; in no order."""
        return self.judged(self._passing(self.candidates()) if self.only else self.candidates())

    def judged(self, rows: Rows) -> IndexMatches:
        """Those of these rows (all with open gates) that meet the search."""
        ledger = rules.Ledger(len(rows))
        for step in (self._numbers, self._location, self._types, self._features):
            step(rows, ledger)
            kept = np.flatnonzero(~ledger.failed)
            if len(kept) < len(rows):
                rows = rows[kept]
                ledger.keep(kept)
        kinds = ledger.kinds()
        met = np.flatnonzero(kinds == rules.MATCH if self.only else kinds != rules.NO_MATCH)
        ledger.keep(met)
        scores, confidences = ledger.totals()
        return IndexMatches(self.table.ids, self.table.rows["sequence"], rows[met], kinds[met], scores, confidences)

    def _near(self, area: Area) -> Rows:
        """Rows of the base that an area may hold; unless only matches count, also those without coordinates."""
        grid, columns = self.view.grid, self.table.rows
        if isinstance(area, (Circle, Shape)):
            found = [grid.inside(box_of(area))]
            if not self.only:
                found.append(grid.alive[~columns["located"][grid.alive]])
            return np.concatenate(found)
        code = self.table.words.places.find(place_key(area.field, area.word.key))
        facts = [columns[name][grid.alive] for name in _FACTS[area.field]]
        fits = np.logical_or.reduce([(fact == code) & (code != NONE) for fact in facts])
        if not self.only:
            fits |= np.logical_and.reduce([fact == NONE for fact in facts])
        rows: Rows = grid.alive[fits]
        return rows

    def _open(self, rows: Rows) -> Rows:
        """The live rows among these that pass every gate."""
        search, table = self.search, self.table
        rows = self.view.alive(rows[rows < self.view.rows])
        rows = rows[table.rows["transaction"][rows] == TRANSACTIONS.index(search.transaction)]
        if search.contact_id is None:
            return rows
        barred = set(table.owners.get(search.contact_id, ()))
        for contact, listing in self.world.discarded:
            row = table.ids.find(listing) if contact == search.contact_id else None
            barred |= set() if row is None else {row}
        return rows[~np.isin(rows, list(barred))] if barred else rows

    def _figures(self, at: int, rows: Rows) -> Array:
        figures: Array = self.table.rows[f"figure{at}"][rows]
        return figures if at else self._prices(rows, figures)

    def _prices(self, rows: Rows, prices: Array) -> Array:
        """Prices in the search's currency; -1 where they are not known."""
        currencies, table = self.table.rows["currency"][rows], self.table.words.currencies
        foreign = np.flatnonzero((currencies != table.find(self.search.currency or "")) & (prices >= 0))
        for code in np.unique(currencies[foreign]).tolist():
            mine = foreign[currencies[foreign] == code]
            rate = self.world.rates.rate(table.keys[code] if code != NONE else None, self.search.currency)
            prices[mine] = NONE if rate is None else rules.convert(prices[mine], rate)
        return prices

    def _sides(self, at: int) -> tuple[int, int]:
        high = HIGH[at]
        return self.bounds[LOW[at]], UNBOUNDED if high is None else -self.bounds[high]

    def _passing(self, rows: Rows) -> Rows:
        """Those of the rows whose every stated number is inside its bounds."""
        for at in range(len(NUMERIC)):
            low, high = self._sides(at)
            if rules.stated(low, high):
                rows = rows[self._inside(at, rows)]
        return rows

    def _inside(self, at: int, rows: Rows) -> Array:
        """Which of the rows pass one stated number."""
        low, high = self._sides(at)
        figures = self._figures(at, rows)
        inside: Array = (figures >= max(low, 0)) & (figures <= high)
        return inside

    def _numbers(self, rows: Rows, ledger: rules.Ledger) -> None:
        sizes = rules.Sizes(len(rows))
        for at, (name, *_) in enumerate(NUMERIC):
            low, high = self._sides(at)
            if not rules.stated(low, high):
                continue
            states, points = rules.grade(name, low, high, self._figures(at, rows), self.search.tolerance)
            ledger.judge(states)
            known = _known(states)
            if at:
                sizes.add(True, known, points)
            else:
                ledger.group(WEIGHT["price"], points, FULL * known, True, known)
        sizes.enter(ledger)

    def _location(self, rows: Rows, ledger: rules.Ledger) -> None:
        if not self.search.areas:
            return
        ranks = np.zeros(len(rows), np.int64)
        for area in self.search.areas:
            states, points = self._judged(area, rows)
            np.maximum(ranks, states * _RANK + points, out=ranks)
        states, points = ranks // _RANK, ranks % _RANK
        known = _known(states)
        ledger.judge(states)
        ledger.group(WEIGHT["location"], points, FULL * known, True, known)

    def _judged(self, area: Area, rows: Rows) -> tuple[Array, Array]:
        columns = self.table.rows
        if isinstance(area, Circle):
            chord = rules.chords(columns["point"].take(rows, axis=0), np.array(area.point))
            states, points = rules.circle(chord, area.within, area.beyond)
            missing = ~columns["located"][rows]
        elif isinstance(area, Shape):
            inside = shapely.intersects_xy(area.geometry, columns["longitude"][rows], columns["latitude"][rows])
            states, points = rules.yes_or_no(inside)
            missing = ~columns["located"][rows]
        else:
            code = self.table.words.places.find(place_key(area.field, area.word.key))
            facts = [columns[name][rows] for name in _FACTS[area.field]]
            states, points = rules.yes_or_no(np.logical_or.reduce([(fact == code) & (code != NONE) for fact in facts]))
            missing = np.logical_and.reduce([fact == NONE for fact in facts])
        states[missing], points[missing] = rules.UNKNOWNS, 0
        return states, points

    def _types(self, rows: Rows, ledger: rules.Ledger) -> None:
        if not self.search.property_sub_types:
            return
        states, points = self._typed(rows)
        known = _known(states)
        ledger.judge(states)
        ledger.group(WEIGHT["type"], points, FULL * known, True, known)

    def _typed(self, rows: Rows) -> tuple[Array, Array]:
        types, find = self.table.rows["type"][rows], self.table.words.types.find
        codes = (find(word) for word in self.search.property_sub_types)
        # one comparison a type: few are wished for, and np.isin takes several times as long
        fits = np.logical_or.reduce([types == code for code in codes if code != NONE] or [np.zeros(len(rows), bool)])
        states, points = rules.yes_or_no(fits)
        states[types == NONE] = rules.UNKNOWNS
        return states, points

    def _features(self, rows: Rows, ledger: rules.Ledger) -> None:
        search = self.search
        words = [(word, HARD_WORD, True, True) for word in search.must_have]
        words += [(word, HARD_WORD, False, True) for word in search.wont_accept]
        words += [(word, search.weights[word], True, False) for word in search.preferences]
        if not words:
            return
        known, satisfied = np.zeros(len(rows), np.int64), np.zeros(len(rows), np.int64)
        for word, weight, wanted, hard in words:
            has, lacks = self.table.mentions(word, rows)
            known += weight * (has | lacks)
            satisfied += weight * (has if wanted else lacks)
            if hard:
                ledger.failed |= lacks if wanted else has
                ledger.unknown += ~(has | lacks) if wanted else 0
        stated = sum(weight for _, weight, _, _ in words)
        points = FULL * satisfied // np.maximum(known, 1)
        ledger.group(WEIGHT["features"], points, FULL * known // stated, True, known > 0)


def _known(states: Array) -> Any:
    """Which states are known; plainly True where all are, which is usual and takes a third of the work."""
    known = states != rules.UNKNOWNS
    return True if known.all() else known


def _each_once(found: Sequence[Rows], size: int) -> Rows:
    """Rows of several lookups in their order, each once; faster than sorting them."""
    marked = np.zeros(size, bool)
    for rows in found:
        marked[rows[rows < size]] = True
    return np.flatnonzero(marked)
