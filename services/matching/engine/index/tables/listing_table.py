"""Listings as columns: figures, points, words and places, exact as the records they come from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from services.matching.engine.index.tables.boxes import micro
from services.matching.engine.index.tables.codes import NONE, Vocabulary
from services.matching.engine.index.tables.columns import Array, Columns, Rows
from services.matching.engine.index.tables.identifiers import Identifiers
from services.matching.engine.index.tables.search_table import NEIGHBOURHOOD, NEVER, place_key
from services.matching.engine.records.facts import TRANSACTIONS, Listing
from services.matching.engine.records.numeric import NUMERIC

_BITS = 64
_SHAPE: dict[str, tuple[Any, int]] = {
    **{f"figure{at}": (np.int64, 0) for at in range(len(NUMERIC))},
    "currency": (np.int16, 0),
    "transaction": (np.uint8, 0),
    "live": (np.bool_, 0),
    "type": (np.int32, 0),
    "located": (np.bool_, 0),
    "point": (np.float64, 3),
    "latitude": (np.float64, 0),
    "longitude": (np.float64, 0),
    "micro_x": (np.int32, 0),
    "micro_y": (np.int32, 0),
    "city": (np.int32, 0),
    "state": (np.int32, 0),
    "postal": (np.int32, 0),
    "sequence": (np.int64, 0),
    "died": (np.int64, 0),
}


class ListingTable:
    """All listings of one agency; a row is written once, later versions of a listing are new rows."""

    def __init__(self, words: Vocabulary) -> None:
        self.words = words
        self.ids = Identifiers()
        self.rows = Columns(_SHAPE)
        self.present: list[Columns] = []
        self.absent: list[Columns] = []
        self.owners: dict[str, set[int]] = {}

    def extend(self, listings: Sequence[Listing], bulk: bool = False) -> int:
        """Add listings as new rows; the number of the first."""
        first = self.rows.size
        for at, one in enumerate(listings):
            for owner in one.owner_contact_ids:
                self.owners.setdefault(owner, set()).add(first + at)
        self._add_words(first, listings)
        self.ids.extend([one.id for one in listings], [None] * len(listings), bulk)
        return self.rows.extend({**self._figures(listings), **self._places(listings)})

    def _figures(self, listings: Sequence[Listing]) -> dict[str, Any]:
        currencies, types = self.words.currencies, self.words.types
        figures = {
            f"figure{at}": [NONE if one.figures[at] is None else one.figures[at] for one in listings]
            for at in range(len(NUMERIC))
        }
        return {
            **figures,
            "currency": [currencies.code(one.currency) if one.currency else NONE for one in listings],
            "transaction": [TRANSACTIONS.index(one.transaction) for one in listings],
            "live": [one.standard_status == "active" for one in listings],
            "type": [types.code(one.property_sub_type.key) if one.property_sub_type else NONE for one in listings],
            "sequence": [one.sequence for one in listings],
            "died": [NEVER] * len(listings),
        }

    def _places(self, listings: Sequence[Listing]) -> dict[str, Any]:
        return {
            "located": [one.point is not None for one in listings],
            "point": np.array([one.point or (0.0, 0.0, 0.0) for one in listings], np.float64).reshape(-1, 3),
            "latitude": [one.latitude or 0.0 for one in listings],
            "longitude": [one.longitude or 0.0 for one in listings],
            "micro_x": [micro(one.longitude or 0.0) for one in listings],
            "micro_y": [micro(one.latitude or 0.0) for one in listings],
            **{name: [self._place(one, name) for one in listings] for name in ("city", "state", "postal")},
        }

    def _place(self, one: Listing, name: str) -> int:
        fact = {"city": one.city, "state": one.state_or_province, "postal": one.postal_code}[name]
        if fact is None:
            return NONE
        return self.words.places.code(place_key("postal_code" if name == "postal" else name, fact.key))

    def _add_words(self, first: int, listings: Sequence[Listing]) -> None:
        code = self.words.features.code
        has = [[code(word) for word in one.features] for one in listings]
        lacks = [[code(word) for word in one.features_absent] for one in listings]
        for masks, rows in ((self.present, has), (self.absent, lacks)):
            while len(masks) * _BITS < len(self.words.features):
                masks.append(_empty_mask(first))
            for at, column in enumerate(masks):
                column.extend({"mask": [_mask(row, at) for row in rows]})

    def mentions(self, word: str, rows: Array) -> tuple[Array, Array]:
        """For each row, whether it has the feature, and whether it is known not to have it."""
        code = self.words.features.find(word)
        if code == NONE or code >= len(self.present) * _BITS:
            return np.zeros(len(rows), bool), np.zeros(len(rows), bool)
        bit = np.uint64(1 << (code % _BITS))
        has, lacks = (masks[code // _BITS]["mask"][rows] & bit != 0 for masks in (self.present, self.absent))
        return has, lacks

    def by_place(self, rows: Rows) -> Rows:
        """Rows ordered by location, so that listings that are read together are stored together."""
        line, column = self.rows["micro_y"][rows] // NEIGHBOURHOOD, self.rows["micro_x"][rows]
        sorted_rows: Rows = rows[np.lexsort((column, line))]
        return sorted_rows

    def taken(self, rows: Rows, spend: bool = False) -> ListingTable:
        """A table of some rows, each the newest of its id; small enough to copy without freeing the old one first."""
        new = ListingTable(self.words)
        for old, masks in ((self.present, new.present), (self.absent, new.absent)):
            masks.extend(column.taken(rows) for column in old)
        for owner, owned in self.owners.items():
            if (left := np.flatnonzero(np.isin(rows, list(owned)))).size:
                new.owners[owner] = set(left.tolist())
        new.ids = self.ids.taken(rows)
        new.rows = self.rows.taken(rows)
        return new

    def bytes(self) -> int:
        """The memory held."""
        return self.ids.bytes() + self.rows.bytes() + sum(one.bytes() for one in (*self.present, *self.absent))


def _mask(codes: Sequence[int], column: int) -> int:
    return sum(1 << (code % _BITS) for code in set(codes) if code // _BITS == column)


def _empty_mask(size: int) -> Columns:
    column = Columns({"mask": (np.uint64, 0)})
    column.extend({"mask": np.zeros(size, np.uint64)})
    return column
