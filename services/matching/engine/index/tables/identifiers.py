"""Ids stored compactly: texts in one buffer, found by hash, ordered by rank."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

import numpy as np

from services.matching.engine.index.tables.columns import Array, Columns, Rows

_PART = 20_000


class Identifiers:
    """The id (and one more text) of every row; finds the newest row of an id.

    `settle` moves new rows into sorted arrays of 20 bytes an id, where a dictionary needs 150.
    """

    def __init__(self) -> None:
        self._text = bytearray()
        self._columns = Columns(
            {
                "start": (np.int64, 0),
                "own": (np.uint16, 0),
                "other": (np.uint16, 0),
                "hash": (np.int64, 0),
                "order": (np.int64, 0),
            }
        )
        self._fresh: dict[str, int] = {}
        self._bulk = 0
        self._index: tuple[Array, Array] = (np.empty(0, np.int64), np.empty(0, np.int32))
        self._ranked: Array = np.empty(0, np.int32)

    def __len__(self) -> int:
        """The number of ids; each row that is not settled yet counts as a new id."""
        return len(self._index[1]) + len(self._fresh)

    @property
    def order(self) -> Array:
        """For every row a number that grows with its id; rows added since the last settling may share one."""
        return self._columns["order"]

    def extend(self, ids: Sequence[str], others: Sequence[str | None], bulk: bool = False) -> None:
        """Add rows; an id then finds its newest row. Rows added in bulk are found only after `settle`."""
        first, at = self._columns.size, len(self._text)
        starts, lengths, more = [], [], []
        for one, other in zip(ids, others, strict=True):
            own, rest = one.encode(), (other or "").encode()
            self._text += own + rest
            starts.append(at)
            lengths.append(len(own))
            more.append(len(rest))
            at += len(own) + len(rest)
        order = [0 if bulk else 2 * bisect_left(self._ranked, one, key=self.text) + 1 for one in ids]
        hashes = [hash(one) for one in ids]
        self._columns.extend({"start": starts, "own": lengths, "other": more, "hash": hashes, "order": order})
        if bulk:
            self._bulk = self._columns.size
        else:
            self._fresh.update(zip(ids, range(first, first + len(starts)), strict=True))

    def text(self, row: int) -> str:
        """The id of a row."""
        start = int(self._columns["start"][row])
        return self._text[start : start + int(self._columns["own"][row])].decode()

    def other(self, row: int) -> str | None:
        """The second text of a row; None where there is none."""
        start = int(self._columns["start"][row]) + int(self._columns["own"][row])
        return self._text[start : start + int(self._columns["other"][row])].decode() or None

    def texts(self, rows: Rows) -> Iterator[str]:
        """The ids of many rows, several times faster than one by one."""
        return self._texts(self._columns["start"][rows], self._columns["own"][rows])

    def others(self, rows: Rows) -> Iterator[str]:
        """The second texts of many rows; empty where there is none."""
        starts = self._columns["start"][rows] + self._columns["own"][rows]
        return self._texts(starts, self._columns["other"][rows])

    def _texts(self, starts: Array, lengths: Array) -> Iterator[str]:
        source = self._text
        spans = zip(starts.tolist(), (starts + lengths).tolist(), strict=True)
        return (source[start:end].decode() for start, end in spans)

    def find(self, one: str) -> int | None:
        """The newest row of an id."""
        row = self._fresh.get(one)
        return self._settled(one) if row is None else row

    def _settled(self, one: str) -> int | None:
        wanted, (hashes, rows) = hash(one), self._index
        at = int(np.searchsorted(hashes, wanted))
        while at < len(hashes) and hashes[at] == wanted:
            if self.text(int(rows[at])) == one:
                return int(rows[at])
            at += 1
        return None

    def settle(self) -> None:
        """Rank every row and index every id compactly; only the one writer may call this."""
        old = self._index[1]
        if len(old):
            gone = {self._settled(one) for one in self._fresh}
            old = old[~np.isin(old, [row for row in gone if row is not None])]
        fresh = np.fromiter(self._fresh.values(), np.int32, len(self._fresh))
        self._settle(np.concatenate([old, np.arange(self._bulk, dtype=np.int32), fresh]))
        self._fresh, self._bulk = {}, 0

    def _settle(self, rows: Array) -> None:
        hashes = self._columns["hash"][rows]
        by_hash = np.argsort(hashes, kind="stable")
        self._index = (hashes[by_hash], rows[by_hash])
        # The widest id decides the width; done in parts, so that a million ids are never a million objects.
        texts = np.empty(len(rows), f"S{max(1, int(self._columns['own'][rows].max(initial=1)))}")
        for part in range(0, len(rows), _PART):
            texts[part : part + _PART] = [self.text(row).encode() for row in rows[part : part + _PART]]
        self._ranked = rows[np.argsort(texts, kind="stable")]
        self._columns["order"][self._ranked] = 2 * np.arange(1, len(rows) + 1, dtype=np.int64)

    def repeated(self) -> list[int]:
        """The rows added in bulk whose id an earlier row has."""
        order = np.argsort(self._columns["hash"][: self._bulk], kind="stable")
        hashes = self._columns["hash"][order]
        suspects = np.flatnonzero(hashes[1:] == hashes[:-1]) + 1
        first: dict[str, int] = {}
        rows = sorted({int(row) for at in suspects for row in order[at - 1 : at + 1]})
        return [row for row in rows if first.setdefault(self.text(row), row) != row]

    def taken(self, rows: Rows, spend: bool = False) -> Identifiers:
        """The ids of some rows in the given order, each the only row of its id; `spend` moves the texts."""
        some = Identifiers()
        some._columns = self._columns.taken(rows)
        if spend:
            some._text, self._text = self._text, bytearray()
        else:
            some._copy_texts(self._text)
        some._settle(np.arange(len(rows), dtype=np.int32))
        return some

    def _copy_texts(self, source: bytearray) -> None:
        """The texts that the rows point at, one after the other; a part at a time."""
        size = self._columns.size
        starts = self._columns["start"][:size]
        lengths = self._columns["own"][:size].astype(np.int64) + self._columns["other"][:size]
        for part in range(0, size, _PART):
            cut = slice(part, part + _PART)
            spans = zip(starts[cut].tolist(), lengths[cut].tolist(), strict=True)
            self._text += b"".join(source[start : start + length] for start, length in spans)
        starts[:] = np.cumsum(lengths) - lengths

    def newest(self) -> Array:
        """The newest row of every id, ascending; right after a settling."""
        return np.sort(self._index[1])

    def bytes(self) -> int:
        """The memory in bytes, without the dictionary of new ids."""
        arrays = self._ranked.nbytes + sum(array.nbytes for array in self._index)
        return len(self._text) + self._columns.bytes() + arrays
