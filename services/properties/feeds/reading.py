"""Reads the file of one import from the next unfinished row on; lists the homes that it names more than once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from services.properties.feeds import mapping, table
from services.properties.feeds.decide import Checked, check
from services.properties.feeds.table import Row
from services.properties.model import Listing
from shared.errors import Invalid


class Reading:
    """The rows of an import, of which `done` are finished.

    In a dry run, `overlay` holds the listings as they would be by now, for homes that the file names again.
    """

    def __init__(self, job: Mapping[str, Any], content: bytes) -> None:
        self.import_id = str(job["_id"])
        self.mapping = mapping.read(job["mapping"])
        self.text = table.decode(content, self.mapping)
        self.done = int(job["next"])
        self.overlay: dict[str, Listing] = {}
        self.repeated = self._repeated()
        self._last: dict[str, Checked | None] = {}
        self._rows = islice(table.table_rows(self.text, self.mapping), self.done, None)

    def take(self, count: int) -> list[Row]:
        """The next `count` rows; fewer at the end of the file."""
        taken = list(islice(self._rows, count))
        self.done += len(taken)
        return taken

    def reference(self, row: Row) -> str:
        """The agency's own reference as the row spells it."""
        return row.cells.get(self.mapping.reference_column, "")

    def imagine(self, listing: Listing) -> Listing:
        """The listing as it would be after a dry run's row; kept where the file names the home again."""
        as_saved = replace(
            listing, id=listing.id if listing.version else "", version=max(1, listing.version), changes=[]
        )
        if as_saved.listing_id in self.repeated:
            self.overlay[as_saved.listing_id] = as_saved
        return as_saved

    def behind(self) -> list[Row]:
        """The finished rows of homes that are named more than once."""
        rows = islice(table.table_rows(self.text, self.mapping), self.done)
        return [row for row in rows if self.reference(row) in self.repeated]

    def later(self, row: Row) -> Checked | None:
        """The last valid row about the same home, if it comes later."""
        reference = self.reference(row)
        if reference not in self.repeated:
            return None
        if reference not in self._last:
            self._last[reference] = self._last_good(reference)
        last = self._last[reference]
        return last if last is not None and last.row.number > row.number else None

    def _repeated(self) -> dict[str, list[Row]]:
        counted = Counter(self.reference(row) for row in table.table_rows(self.text, self.mapping))
        found: dict[str, list[Row]] = {name: [] for name, times in counted.items() if times > 1 and name}
        for row in table.table_rows(self.text, self.mapping) if found else ():
            if (reference := self.reference(row)) in found:
                found[reference].append(row)
        return found

    def _last_good(self, reference: str) -> Checked | None:
        for row in reversed(self.repeated[reference]):
            try:
                return check(row, self.mapping)
            except Invalid:  # the row reports it in its own turn
                continue
        return None
