"""Which listings lie in a box: strips of latitude with about as many homes each, sorted by longitude inside."""

from __future__ import annotations

import math

import numpy as np

from services.matching.engine.index.tables.boxes import SCALE
from services.matching.engine.index.tables.columns import Rows, spread
from services.matching.engine.index.tables.listing_table import ListingTable

_WIDTH = 512 * SCALE
A_STRIP = 1500


class Strips:
    """The located, live listings of a table's first rows; never changed afterwards."""

    def __init__(self, table: ListingTable, rows: int, alive: Rows) -> None:
        self.rows, self.alive = rows, alive
        located = alive[table.rows["located"][alive]]
        x, y = table.rows["micro_x"][located].astype(np.int64), table.rows["micro_y"][located].astype(np.int64)
        strips = max(1, math.ceil(len(located) / A_STRIP))
        self._edges = np.quantile(y, np.arange(1, strips) / strips) if len(y) else np.empty(0)
        keys = np.searchsorted(self._edges, y, side="right") * _WIDTH + x
        order = np.argsort(keys, kind="stable")
        self._keys, self._rows = keys[order], located[order]

    def inside(self, box: tuple[int, int, int, int]) -> Rows:
        """The rows whose strip and longitude meet a box in micro-degrees: a superset of what lies in it."""
        west, south, east, north = box
        first, last = np.searchsorted(self._edges, [south, north], side="right")
        strips = np.arange(int(first), int(last) + 1, dtype=np.int64) * _WIDTH
        starts = np.searchsorted(self._keys, strips + west)
        at, _ = spread(starts, np.searchsorted(self._keys, strips + east, side="right") - starts)
        rows: Rows = self._rows[at]
        return rows

    def bytes(self) -> int:
        """The memory held."""
        return self._keys.nbytes + self._rows.nbytes + self.alive.nbytes
