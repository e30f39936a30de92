"""Which areas of which searches may hold a point and a price: a grid of several levels, sorted by price inside a cell.

An area lies on the level whose cells are about as large as its box, so in four cells at most; a point asks one cell
a level. The answer is a superset: boxes and prices carry their tolerance.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from services.matching.engine.index.tables.boxes import SCALE
from services.matching.engine.index.tables.columns import Array, Rows, spread
from services.matching.engine.index.tables.search_table import ANYWHERE, PLACE, UNBOUNDED, SearchTable

LEVELS = 20
# Level numbers beyond the grid's: places, and areas without any bound on where.
_PLACES, _ANYWHERE = LEVELS + 1, LEVELS + 2
_MOST = (1 << 31) - 2
_FULL_TURN = 360 * SCALE
_CELL = (1 << 21) - 1
_PART = 1 << 17
# A box is kept in this many parts of its cell.
PARTS = 1 << 14
# How many cells a box may be wide on its level, at most.
CELLS = 1.0


def whole(price: int) -> int:
    """A price in whole units as the grid keeps it: smaller prices never get a larger number."""
    return min(price // 100, _MOST)


class Stabbing:
    """The grid over the areas of a table's rows, as they were when it was made; never changed afterwards."""

    def __init__(self, table: SearchTable, rows: int, alive: Rows) -> None:
        self.rows, self.areas = rows, _areas_until(table, rows)
        area, key = _entries(table, alive)
        low, high = _prices(table, table.areas["row"][area])
        order = np.lexsort((high, key)).astype(np.int32)
        self._low = low[order]
        del low
        self._high = high[order]
        del high
        self._area = area[order]
        del area
        key = key[order]
        del order
        self._box = _inside_cells(table, self._area, key)
        first = np.flatnonzero(np.diff(key, prepend=-1))
        self._keys, self._starts = key[first], np.append(first, len(key))
        self._levels = {group: _levels_of(self._keys, group) for group in np.unique(self._keys >> 47).tolist()}

    def groups(self, transaction: int) -> Iterator[tuple[int, int]]:
        """The (group, currency) of searches with one transaction; they share a price."""
        return ((group, (group >> 1) - 1) for group in self._levels if group & 1 == transaction)

    def at(self, group: int, price: int | None, x: int | None, y: int | None, places: list[tuple[int, int]]) -> Rows:
        """The areas of a group that may hold a point in micro-degrees and a price, or that name one of the places."""
        found = [self._cell(group, _ANYWHERE, 0, 0, price, None, None)]
        found += [self._cell(group, _PLACES, field, code, price, None, None) for field, code in places]
        if x is not None and y is not None:
            for level in self._levels[group]:
                if level <= LEVELS:
                    found.append(self._cell(group, level, _column(x, level), _line(y, level), price, x, y))
        return np.concatenate(found)

    def _cell(
        self, group: int, level: int, column: int, line: int, price: int | None, x: int | None, y: int | None
    ) -> Rows:
        key = (group << 47) | (level << 42) | (column << 21) | line
        at = int(np.searchsorted(self._keys, key))
        if at == len(self._keys) or self._keys[at] != key:
            return self._area[:0]
        start, end = int(self._starts[at]), int(self._starts[at + 1])
        if price is not None:
            start += int(np.searchsorted(self._high[start:end], price))
        cut = slice(start, end)
        fits = self._low[cut] <= price if price is not None else np.ones(end - start, bool)
        if x is not None and y is not None:
            west, south, east, north = self._box
            across, up = _part(x, _FULL_TURN // 2, level), _part(y, _FULL_TURN // 4, level)
            fits &= (west[cut] <= across) & (east[cut] >= across) & (south[cut] <= up) & (north[cut] >= up)
        return self._area[cut][fits]

    def bytes(self) -> int:
        """The memory held."""
        arrays = (self._area, self._low, self._high, *self._box, self._keys, self._starts)
        return sum(array.nbytes for array in arrays)


def _part(at: int, zero: int, level: int) -> int:
    """Where in its cell a coordinate lies, in parts of the cell; the far edge of the globe belongs to the last cell."""
    whole = (at + zero) * (PARTS << level) // _FULL_TURN
    return min(whole, (PARTS << level) - 1) % PARTS


def _inside_cells(table: SearchTable, areas: Rows, keys: Array) -> list[Array]:
    """The boxes in parts of the cell that each entry stands in, clipped to just outside of it: two bytes a side."""
    sides = [np.empty(len(areas), np.int16) for _ in range(4)]
    for part in range(0, len(areas), _PART):
        cut = slice(part, part + _PART)
        level = np.minimum((keys[cut] >> 42) & 31, LEVELS)
        cells = ((keys[cut] >> 21) & _CELL, keys[cut] & _CELL)
        for side in range(4):
            axis = side % 2
            edges = table.areas["box"][areas[cut], side].astype(np.int64) + _FULL_TURN // (2 + 2 * axis)
            within = edges * (PARTS << level) // _FULL_TURN - cells[axis] * PARTS
            sides[side][cut] = np.clip(within, -1, PARTS)
    return sides


def _areas_until(table: SearchTable, rows: int) -> int:
    return int(table.rows["area_start"][rows - 1]) + int(table.rows["area_count"][rows - 1]) if rows else 0


def _column(x: int, level: int) -> int:
    return min((x + _FULL_TURN // 2) * (1 << level) // _FULL_TURN, (1 << level) - 1)


def _line(y: int, level: int) -> int:
    return (y + _FULL_TURN // 4) * (1 << level) // _FULL_TURN


def _entries(table: SearchTable, rows: Rows) -> tuple[Array, Array]:
    """Every (area, key of a cell) that the areas of the rows cover; counted first, a part at a time, to be frugal."""
    counts = table.rows["area_count"][rows].astype(np.int64)
    areas, _ = spread(table.rows["area_start"][rows].astype(np.int64), counts)
    areas = areas.astype(np.int32)
    parts = [areas[part : part + _PART] for part in range(0, len(areas), _PART)]
    sizes = [int(_Cells(table, part).counts.sum()) for part in parts]
    area, key = np.empty(sum(sizes), np.int32), np.empty(sum(sizes), np.int64)
    start = 0
    for part, size in zip(parts, sizes, strict=True):
        area[start : start + size], key[start : start + size] = _Cells(table, part).entries()
        start += size
    return area, key


class _Cells:
    """The level and the cells of some areas; a place or an area anywhere is one cell of a level of its own."""

    def __init__(self, table: SearchTable, areas: Rows) -> None:
        self._areas = areas
        self._groups = _groups(table, table.areas["row"][areas])
        kinds = table.areas["kind"][areas]
        box = table.areas["box"][areas].astype(np.int64)
        for axis, half in ((0, 180), (1, 90)):
            box[:, axis::2] = np.clip(box[:, axis::2], -half * SCALE, half * SCALE) + half * SCALE
        extent = np.maximum(np.maximum(box[:, 2] - box[:, 0], box[:, 3] - box[:, 1]), 1)
        level = np.minimum(np.log2(CELLS * _FULL_TURN / extent).astype(np.int64), LEVELS)
        size = np.int64(1) << level
        self._x, last_x = (np.minimum(box[:, at] * size // _FULL_TURN, size - 1) for at in (0, 2))
        self._y, last_y = (box[:, at] * size // _FULL_TURN for at in (1, 3))
        self._wide, high = last_x - self._x + 1, last_y - self._y + 1
        whole = (kinds == ANYWHERE) | (kinds == PLACE)
        self._wide[whole], high[whole] = 1, 1
        self._x[whole] = np.where(kinds[whole] == PLACE, table.areas["field"][areas[whole]], 0)
        self._y[whole] = np.where(kinds[whole] == PLACE, table.areas["ref"][areas[whole]], 0)
        self._level = np.where(kinds == PLACE, _PLACES, np.where(kinds == ANYWHERE, _ANYWHERE, level))
        self.counts = self._wide * high

    def entries(self) -> tuple[Array, Array]:
        """Every area once for each of its cells, with the cell's key."""
        begins = np.cumsum(self.counts) - self.counts
        each = np.repeat(np.arange(len(self._areas)), self.counts)
        nth = np.arange(len(each)) - begins[each]
        x, y = self._x[each] + nth % self._wide[each], self._y[each] + nth // self._wide[each]
        return self._areas[each], (self._groups[each] << 47) | (self._level[each] << 42) | (x << 21) | y


def _prices(table: SearchTable, row: Rows) -> tuple[Array, Array]:
    """Price bounds in whole units, widened by the tolerance."""
    lows, highs = np.empty(len(row), np.int32), np.empty(len(row), np.int32)
    for part in range(0, len(row), _PART):
        cut = slice(part, part + _PART)
        bounds, tolerance = table.rows["bounds"], table.rows["tolerance"][row[cut]].astype(np.int64)
        low, high = bounds[row[cut], 0], -bounds[row[cut], 1]
        low = np.where(low < 0, -1, low - low // 100 * tolerance - 200) // 100
        high = np.where(high >= UNBOUNDED, UNBOUNDED, high + high // 100 * tolerance + 200) // 100
        lows[cut], highs[cut] = np.clip(low, -1, _MOST), np.clip(high, -1, _MOST)
    return lows, highs


def _groups(table: SearchTable, row: Rows) -> Array:
    currency = table.rows["currency"][row].astype(np.int64)
    return ((currency + 1) << 1) | table.rows["transaction"][row].astype(np.int64)


def _levels_of(keys: Array, group: int) -> list[int]:
    mine = keys[np.searchsorted(keys, group << 47) : np.searchsorted(keys, (group + 1) << 47)]
    return [int(level) for level in np.unique((mine >> 42) & 31)]
