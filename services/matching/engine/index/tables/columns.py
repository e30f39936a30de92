"""Columns that grow by whole records; readers keep the arrays they took, a writer never moves them under a reader."""

from __future__ import annotations

import ctypes
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

Array = NDArray[Any]
Rows = NDArray[np.int64]
LEAST = 16


class Columns:
    """Named arrays of one length; `shape` maps a name to its dtype and width (0 for a plain column)."""

    def __init__(self, shape: Mapping[str, tuple[DTypeLike, int]]) -> None:
        self.size = 0
        self._arrays: dict[str, Array] = {
            name: np.empty((LEAST, width) if width else LEAST, dtype) for name, (dtype, width) in shape.items()
        }

    def __getitem__(self, name: str) -> Array:
        return self._arrays[name]

    def taken(self, rows: Rows) -> Columns:
        """Some rows of every column as columns of their own, with room for a few more."""
        some = Columns({})
        some.size = len(rows)
        for name, array in self._arrays.items():
            room = np.empty((max(LEAST, some.size * 9 // 8), *array.shape[1:]), array.dtype)
            np.take(array, rows, axis=0, out=room[: some.size], mode="clip")
            some._arrays[name] = room
        return some

    def extend(self, values: Mapping[str, Array | Sequence[Any]]) -> int:
        """Add rows to every column at once; the number of the first new row."""
        first, more = self.size, len(next(iter(values.values())))
        self._make_room(first + more)
        for name, new in values.items():
            if more:
                self._arrays[name][first : first + more] = new
        self.size = first + more
        return first

    def reserve(self, size: int) -> None:
        """Reserve room for this many rows; rows not written yet cost no memory."""
        self._make_room(size)

    def _make_room(self, size: int) -> None:
        for name, array in self._arrays.items():
            if len(array) < size:
                wider = np.empty((max(size, len(array) * 5 // 4), *array.shape[1:]), array.dtype)
                wider[: self.size] = array[: self.size]
                self._arrays[name] = wider

    def bytes(self) -> int:
        """The memory of the columns, in bytes."""
        return sum(array.nbytes for array in self._arrays.values())


def spread(starts: Rows, counts: Rows) -> tuple[Rows, Rows]:
    """The positions of many runs one after the other, and where each run begins among them."""
    begins = np.cumsum(counts) - counts
    total = int(begins[-1] + counts[-1]) if len(counts) else 0
    return np.arange(total) + np.repeat(starts - begins, counts), begins


def run_sums(values: Array, begins: Rows, counts: Rows) -> Array:
    """The sum of each run of `values`; 0 for an empty run."""
    total = np.zeros(len(values) + 1, np.int64)
    np.cumsum(values, out=total[1:])
    sums: Array = total[begins + counts] - total[begins]
    return sums


def give_back() -> None:
    """Return freed memory to the system, where the C library keeps it for itself (glibc does, up to 32 MB a piece)."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
