"""Searches as columns: bounds, areas and words, exact as the records they come from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from services.matching.engine.index.tables.boxes import Box, box_of
from services.matching.engine.index.tables.codes import NONE, Vocabulary
from services.matching.engine.index.tables.columns import Array, Columns, Rows, give_back, spread
from services.matching.engine.index.tables.identifiers import Identifiers
from services.matching.engine.index.tables.polygons import Polygons
from services.matching.engine.records.areas import Area, Circle, Shape
from services.matching.engine.records.facts import TRANSACTIONS, Search

UNBOUNDED = 1 << 60
FOREVER = date.max.toordinal()
ANYWHERE, CIRCLE, POLYGON, PLACE = range(4)
PLACE_FIELDS = ("city", "postal_code", "name")
# The classes of a search's words; a word is stored as number * 8 + class.
MUST, WONT, STRONG, WOULD, MIGHT, TYPE = range(6)
CLASSES = 8
_STRENGTH = {3: STRONG, 2: WOULD, 1: MIGHT}
# The position of each criterion's bounds in a row of `bounds`. Upper bounds are negative, so that one
# comparison of whole rows with one vector of figures shows which rows pass every criterion.
LOW = (0, 2, 4, 5, 7, 8)
HIGH: tuple[int | None, ...] = (1, 3, None, 6, None, None)
WIDTH = 9
_SHAPE: dict[str, tuple[Any, int]] = {
    "bounds": (np.int64, WIDTH),
    "stated": (np.uint8, 0),
    "currency": (np.int16, 0),
    "tolerance": (np.uint8, 0),
    "transaction": (np.uint8, 0),
    "live": (np.bool_, 0),
    "until": (np.int32, 0),
    "owner": (np.int64, 0),
    "sequence": (np.int64, 0),
    "died": (np.int64, 0),
    "area_start": (np.int32, 0),
    "area_count": (np.uint8, 0),
    "word_start": (np.int32, 0),
    "word_count": (np.uint16, 0),
}
_AREA: dict[str, tuple[Any, int]] = {
    "row": (np.int32, 0),
    "kind": (np.uint8, 0),
    "field": (np.uint8, 0),
    "ref": (np.int32, 0),
    "circle": (np.float64, 5),
    "box": (np.int32, 4),
}
# Which numbers of a search are stated, as bits of `stated`.
A_PRICE, A_SIZE = 1, 2
NEVER = np.iinfo(np.int64).max
# Micro-degrees: about the width of a small town.
NEIGHBOURHOOD = 50_000
_NO_CIRCLE = (0.0, 0.0, 0.0, 1.0, 1.0)


def bounds_row(search: Search) -> list[int]:
    """The bounds of a search as WIDTH integers, upper ones negative: -1 and -UNBOUNDED where nothing is stated."""
    row = [NONE if at in LOW else -UNBOUNDED for at in range(WIDTH)]
    for at, bounds in enumerate(search.bounds):
        low, high = bounds or (None, None)
        upper = HIGH[at]
        if low is not None:
            row[LOW[at]] = low
        if high is not None and upper is not None:
            row[upper] = -high
    return row


def _stated(search: Search) -> int:
    price, *sizes = search.bounds
    return A_PRICE * (price is not None) | A_SIZE * any(sizes)


def words_of(search: Search) -> list[tuple[str, int]]:
    """Every word of a search with its class."""
    return [
        *((word, MUST) for word in search.must_have),
        *((word, WONT) for word in search.wont_accept),
        *((word, _STRENGTH[search.weights[word]]) for word in search.preferences),
        *((word, TYPE) for word in search.property_sub_types),
    ]


class SearchTable:
    """All searches of one agency; a row is written once, later versions of a search are new rows."""

    def __init__(self, words: Vocabulary) -> None:
        self.words = words
        self.ids = Identifiers()
        self.rows = Columns(_SHAPE)
        self.areas = Columns(_AREA)
        self.word_list = Columns({"word": (np.int32, 0)})
        self.polygons = Polygons()

    def extend(self, searches: Sequence[Search], bulk: bool = False) -> int:
        """Add searches as new rows; the number of the first."""
        first = self.rows.size
        areas = [search.areas for search in searches]
        words = [[self._word(*word) for word in words_of(search)] for search in searches]
        area_start = self._add_areas(first, areas)
        word_start = self.word_list.extend({"word": [word for row in words for word in row]})
        area_counts, word_counts = [len(row) or 1 for row in areas], [len(row) for row in words]
        self.ids.extend([one.id for one in searches], [one.contact_id for one in searches], bulk)
        return self.rows.extend(
            {
                "bounds": np.array([bounds_row(one) for one in searches], np.int64).reshape(-1, WIDTH),
                "stated": [_stated(one) for one in searches],
                "currency": [self.words.currencies.code(one.currency) if one.currency else NONE for one in searches],
                "tolerance": [one.tolerance for one in searches],
                "transaction": [TRANSACTIONS.index(one.transaction) for one in searches],
                "live": [one.status == "active" for one in searches],
                "until": [one.valid_until.toordinal() if one.valid_until else FOREVER for one in searches],
                "owner": [hash(one.contact_id) if one.contact_id else 0 for one in searches],
                "sequence": [one.sequence for one in searches],
                "died": [NEVER] * len(searches),
                "area_start": area_start + np.cumsum(area_counts) - area_counts,
                "area_count": area_counts,
                "word_start": word_start + np.cumsum(word_counts) - word_counts,
                "word_count": word_counts,
            }
        )

    def people(self, rows: Rows) -> Array:
        """For each row a number that is equal for equal contacts only; on equal hashes the texts are compared."""
        _, codes, counts = np.unique(self.rows["owner"][rows], return_inverse=True, return_counts=True)
        numbers: dict[str | None, int] = {}
        for at in np.flatnonzero(counts[codes] > 1).tolist():
            codes[at] = numbers.setdefault(self.ids.other(int(rows[at])), len(rows) + len(numbers))
        return codes

    def _word(self, word: str, kind: int) -> int:
        codes = self.words.types if kind == TYPE else self.words.features
        return codes.code(word) * CLASSES + kind

    def _add_areas(self, first: int, areas: Sequence[Sequence[Area]]) -> int:
        flat = [(first + at, area) for at, row in enumerate(areas) for area in (row or (None,))]
        told = [self._area(area) for _, area in flat]
        return self.areas.extend(
            {
                "row": [row for row, _ in flat],
                "kind": [kind for kind, *_ in told],
                "field": [field for _, field, *_ in told],
                "ref": [ref for _, _, ref, *_ in told],
                "circle": np.array([circle for *_, circle, _ in told], np.float64).reshape(-1, 5),
                "box": np.array([box for *_, box in told], np.int32).reshape(-1, 4),
            }
        )

    def _area(self, area: Area | None) -> tuple[int, int, int, tuple[float, ...], Box]:
        box = box_of(area)
        if area is None:
            return ANYWHERE, 0, NONE, _NO_CIRCLE, box
        if isinstance(area, Circle):
            return CIRCLE, 0, NONE, (*area.point, area.within, area.beyond), box
        if isinstance(area, Shape):
            return POLYGON, 0, self.polygons.add(area.geometry), _NO_CIRCLE, box
        field = PLACE_FIELDS.index(area.field)
        return PLACE, field, self.words.places.code(place_key(area.field, area.word.key)), _NO_CIRCLE, box

    def reserve(self, searches: int) -> None:
        """Reserve room for about this many searches before they are added in bulk."""
        for columns, each in ((self.rows, 1.0), (self.areas, 1.2), (self.word_list, 4.0)):
            columns.reserve(int(searches * each))

    def by_place(self, rows: Rows) -> Rows:
        """Rows in the order of place and price, so that searches that are read together are stored together."""
        area = self.rows["area_start"][rows]
        box = self.areas["box"]
        line = (box[area, 1] + box[area, 3]) // (2 * NEIGHBOURHOOD)
        column = (box[area, 0] + box[area, 2]) // (2 * NEIGHBOURHOOD)
        order = np.lexsort((-self.rows["bounds"][rows, 1], self.areas["ref"][area], column, line))
        sorted_rows: Rows = rows[order]
        return sorted_rows

    def taken(self, rows: Rows, spend: bool = False) -> SearchTable:
        """A table of some rows, each the newest of its id; `spend` frees the old columns meanwhile."""
        new = SearchTable(self.words)
        new.rows = self.rows.taken(rows)
        self.rows = Columns(_SHAPE) if spend else self.rows
        new.areas = self.areas.taken(_runs(new.rows, "area"))
        self.areas = Columns(_AREA) if spend else self.areas
        give_back()
        new.word_list = self.word_list.taken(_runs(new.rows, "word"))
        kinds, refs = new.areas["kind"][: new.areas.size], new.areas["ref"]
        new.areas["row"][: new.areas.size] = np.repeat(np.arange(len(rows)), new.rows["area_count"][: len(rows)])
        drawn = np.flatnonzero(kinds == POLYGON)
        new.polygons = self.polygons.taken(refs[drawn])
        self.polygons = Polygons() if spend else self.polygons
        refs[drawn] = np.arange(len(drawn))
        new.ids = self.ids.taken(rows, spend)
        self.ids = Identifiers() if spend else self.ids
        return new

    def bytes(self) -> int:
        """The memory held."""
        parts = (self.ids, self.rows, self.areas, self.word_list, self.polygons)
        return sum(part.bytes() for part in parts)


def _runs(rows: Columns, run: str) -> Rows:
    """The old positions of the rows' runs in their new order; the rows get the new positions."""
    counts, starts = (rows[f"{run}_{part}"][: rows.size] for part in ("count", "start"))
    at, begins = spread(starts.astype(np.int64), counts.astype(np.int64))
    starts[:] = begins
    return at


def place_key(field: str, key: str) -> str:
    """Postal codes have a numbering of their own; cities, regions and names share one."""
    return f"#{key}" if field == "postal_code" else key
