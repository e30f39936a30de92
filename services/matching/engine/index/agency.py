"""The index of one agency: its searches and listings as columns, a base with grids and a short tail read in full.

One writer applies changes; readers take a version and never see half a change. A changed record is a new row, the old
row dies at the version that brought the new one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np

from services.matching.engine.index.grids.stabbing import Stabbing
from services.matching.engine.index.grids.strips import Strips
from services.matching.engine.index.tables.codes import Vocabulary
from services.matching.engine.index.tables.columns import Rows, give_back
from services.matching.engine.index.tables.listing_table import ListingTable
from services.matching.engine.index.tables.search_table import SearchTable

LEAST_TAIL = 2048
Table = TypeVar("Table", bound=SearchTable | ListingTable)
Grid = TypeVar("Grid", bound=Stabbing | Strips)


@dataclass(frozen=True, slots=True)
class View(Generic[Table, Grid]):
    """A reader's snapshot: a table up to `rows` as of `version`, and the grid over its base."""

    table: Table
    grid: Grid
    rows: int
    version: int

    def alive(self, rows: Rows) -> Rows:
        """Those of the rows that were not replaced or removed at this version."""
        died = self.table.rows["died"]
        kept: Rows = rows[(rows < self.rows) & (died[rows] > self.version) & self.table.rows["live"][rows]]
        return kept


class Side(Generic[Table, Grid]):
    """One table with its view, kept current by one writer."""

    def __init__(self, table: Table, grid: Callable[[Table, int, Rows], Grid]) -> None:
        self._table, self._make = table, grid
        self.view: View[Table, Grid] = View(table, grid(table, 0, np.empty(0, np.int64)), 0, 0)

    def apply(self, record: Any, gone: bool = False) -> bool:
        """Add a record or its tombstone unless a newer one is known; returns whether it was newer."""
        table, version = self._table, self.view.version + 1
        old = table.ids.find(record.id)
        if old is not None and record.sequence <= int(table.rows["sequence"][old]):
            return False
        row = table.extend([record])
        if gone:
            table.rows["died"][row] = 0
        if old is not None and table.rows["died"][old] > version:
            table.rows["died"][old] = version
        self.view = View(table, self.view.grid, table.rows.size, version)
        return True

    def reserve(self, records: int) -> None:
        """Reserve room for this many records before they are loaded; most are searches."""
        if isinstance(self._table, SearchTable):
            self._table.reserve(records)

    def load(self, records: Sequence[Any]) -> None:
        """Add many records whose ids are new; `rebuild` makes them cheap to find."""
        self._table.extend(records, bulk=True)
        self.view = View(self._table, self.view.grid, self._table.rows.size, self.view.version + 1)

    def sequence(self, one: str) -> int | None:
        """The sequence at which an id was last applied."""
        table, view = self._table, self.view
        row = table.ids.find(one)
        return None if row is None or row >= view.rows else int(table.rows["sequence"][row])

    def tail(self) -> int:
        """Rows that the grid does not cover yet."""
        return self.view.rows - self.view.grid.rows

    def due(self) -> bool:
        """Whether the tail is long enough for a new grid."""
        return self.tail() > max(LEAST_TAIL, self.view.grid.rows // 16)

    def grid_of(self, view: View[Table, Grid]) -> Grid:
        """A new grid over the rows of a view; may be made beside the writer."""
        return self._make(view.table, view.rows, view.alive(np.arange(view.rows)))

    def adopt(self, grid: Grid) -> None:
        """Use a new grid; only the writer may call this."""
        self._table.ids.settle()
        self.view = View(self._table, grid, self.view.rows, self.view.version)

    def wasteful(self) -> bool:
        """Whether most rows are outdated versions."""
        return self.view.rows > LEAST_TAIL and self.view.rows > 2 * len(self._table.ids)

    def compact(self) -> None:
        """Drop outdated versions; only the writer may call this, readers keep their snapshot."""
        self._table.ids.settle()
        # The newest row of every id stays, a tombstone too: its sequence rejects late older versions.
        self._become(self._table.taken(self._table.by_place(self._table.ids.newest())))

    def arrange(self) -> list[int]:
        """Sort what was loaded and build its grid before any reader comes; returns the rows whose id was already
        there.
        """
        table = self._table
        self.view = View(table, self._make(table, 0, np.empty(0, np.int64)), 0, self.view.version)
        repeated = table.ids.repeated()
        rows = np.setdiff1d(np.arange(table.rows.size), repeated) if repeated else np.arange(table.rows.size)
        give_back()
        self._become(table.taken(table.by_place(rows), spend=True))
        give_back()
        return repeated

    def _become(self, table: Any) -> None:
        self._table = table
        self.view = View(table, self._make(table, 0, np.empty(0, np.int64)), table.rows.size, self.view.version)
        give_back()
        self.view = View(table, self.grid_of(self.view), table.rows.size, self.view.version)

    def bytes(self) -> int:
        """The memory held."""
        return self._table.bytes() + self.view.grid.bytes()


class Agency:
    """Both sides of one agency, with one numbering of words."""

    def __init__(self) -> None:
        words = Vocabulary()
        self.searches: Side[SearchTable, Stabbing] = Side(SearchTable(words), Stabbing)
        self.listings: Side[ListingTable, Strips] = Side(ListingTable(words), Strips)

    def rebuild(self) -> None:
        """Sort both sides and build their grids at once."""
        self.searches.arrange()
        self.listings.arrange()

    def bytes(self) -> int:
        """The memory held by both sides."""
        return self.searches.bytes() + self.listings.bytes()
