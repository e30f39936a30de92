"""One point against many polygons: exactly shapely's answer, several times faster than asking shapely for each.

An even-odd count of crossings decides wherever the sign of the orientation is certain in 64-bit floats; a point on or
within rounding of an edge, or level with a vertex, is left to `shapely.intersects_xy`.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from services.matching.engine.index.tables.columns import Array, Columns, Rows, spread

# Shewchuk's bound for the sign of a 2 x 2 orientation determinant, (3 + 16 e) e with e = 2 ** -53.
CERTAIN = 3.3306690738754716e-16
SHELL, HOLE = 1, 2


class Polygons:
    """The rings of many polygons; `ends` marks the last vertex of a ring as the end of a shell or of a hole."""

    def __init__(self) -> None:
        self._vertices = Columns({"x": (np.float64, 0), "y": (np.float64, 0), "ends": (np.uint8, 0)})
        self._shapes = Columns({"start": (np.int64, 0), "count": (np.int32, 0)})

    def add(self, geometry: BaseGeometry) -> int:
        """Store a Polygon or MultiPolygon; its number."""
        rings = list(_rings(geometry))
        xy = np.concatenate([np.asarray(ring.coords)[:, :2] for ring, _ in rings])
        ends = np.zeros(len(xy), np.uint8)
        ends[np.cumsum([len(ring.coords) for ring, _ in rings]) - 1] = [mark for _, mark in rings]
        start = self._vertices.extend({"x": xy[:, 0], "y": xy[:, 1], "ends": ends})
        return self._shapes.extend({"start": [start], "count": [len(xy)]})

    def contain(self, numbers: Rows, x: float, y: float) -> Array:
        """For each polygon whether it intersects the point, boundary included."""
        counts = self._shapes["count"].take(numbers).astype(np.int64)
        at, _ = spread(self._shapes["start"].take(numbers), counts)
        ys = self._vertices["y"].take(at)
        above = ys > y
        crossing = np.flatnonzero((above[:-1] != above[1:]) & (self._vertices["ends"].take(at[:-1]) == 0))
        owner = np.repeat(np.arange(len(numbers)), counts)
        unsure = np.zeros(len(numbers), bool)
        unsure[owner[ys == y]] = True
        right, certain = self._right_of(at[crossing], x, y)
        unsure[owner[crossing[~certain]]] = True
        inside = np.bincount(owner[crossing[right]], minlength=len(numbers)) % 2 == 1
        for n in np.flatnonzero(unsure):
            inside[n] = shapely.intersects_xy(self.geometry(int(numbers[n])), x, y)
        answer: Array = inside
        return answer

    def _right_of(self, edges: Rows, x: float, y: float) -> tuple[Array, Array]:
        """Whether each edge crosses the ray to the right of the point, and whether that is beyond rounding."""
        xs, ys = self._vertices["x"], self._vertices["y"]
        ends = edges + 1
        x1, y1, x2, y2 = xs.take(edges), ys.take(edges), xs.take(ends), ys.take(ends)
        left, other = (x1 - x) * (y2 - y), (y1 - y) * (x2 - x)
        side = left - other
        return (side > 0) == (y2 > y1), np.abs(side) > CERTAIN * (np.abs(left) + np.abs(other))

    def geometry(self, number: int) -> BaseGeometry:
        """The polygon again, as shapely knows it."""
        start = int(self._shapes["start"][number])
        span = slice(start, start + int(self._shapes["count"][number]))
        xy = np.column_stack([self._vertices["x"][span], self._vertices["y"][span]])
        ends = self._vertices["ends"][span]
        cuts = np.flatnonzero(ends)
        parts: list[tuple[Array, list[Array]]] = []
        for ring, mark in zip(np.split(xy, cuts[:-1] + 1), ends[cuts], strict=True):
            if mark == SHELL:
                parts.append((ring, []))
            else:
                parts[-1][1].append(ring)
        return MultiPolygon([Polygon(shell, holes) for shell, holes in parts])

    def taken(self, numbers: Rows) -> Polygons:
        """Some of the polygons, numbered anew in the order given."""
        some = Polygons()
        some._shapes = self._shapes.taken(numbers)
        starts, counts = (some._shapes[name][: len(numbers)] for name in ("start", "count"))
        at, starts[:] = spread(starts.copy(), counts.astype(np.int64))
        some._vertices = self._vertices.taken(at)
        return some

    def bytes(self) -> int:
        """The memory held."""
        return self._vertices.bytes() + self._shapes.bytes()


def _rings(geometry: BaseGeometry) -> Iterable[tuple[BaseGeometry, int]]:
    for part in getattr(geometry, "geoms", [geometry]):
        yield part.exterior, SHELL
        yield from ((ring, HOLE) for ring in part.interiors)
