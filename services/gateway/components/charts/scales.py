"""Coordinates that the charts share: a line in steps."""

from __future__ import annotations

from collections.abc import Iterable

WIDTH = 332.0


def stepped_path(points: Iterable[tuple[float, float]]) -> str:
    """An SVG path that goes to each point across first, then up or down."""
    (x, y), *rest = points
    return f"M{round(x, 1)} {round(y, 1)}" + "".join(f"H{round(a, 1)}V{round(b, 1)}" for a, b in rest)
