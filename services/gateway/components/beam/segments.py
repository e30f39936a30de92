"""The drawn parts of a beam."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def segments(beam: Iterable[Mapping[str, Any]], width: float, gap: float = 2.0) -> list[dict[str, Any]]:
    """The drawn parts of a beam: x and width of the track, of the points got and of what is not stated.

    Each criterion has `weight`, `share` of its points (0-1), `known` (0-1 of its weight) and `state`.
    """
    given = list(beam)
    weight = sum(float(each["weight"]) for each in given)
    room = width - gap * max(len(given) - 1, 0)
    drawn, x = [], 0.0
    for each in given:
        whole = room * float(each["weight"]) / weight if weight else 0.0
        known = whole * float(each.get("known", 1))
        got = known * float(each["share"])
        drawn.append(
            {**each, "x": round(x, 2), "width": round(whole, 2), "got": round(got, 2), **_unstated(x, whole, known)}
        )
        x += whole + gap
    return drawn


def _unstated(x: float, whole: float, known: float) -> dict[str, float]:
    return {"open_x": round(x + known, 2), "open_width": round(whole - known, 2)}
