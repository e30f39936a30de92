"""Charts as figures for the templates: steps of prices and of demand on a grid; no script draws them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from math import ceil
from typing import Any

from services.gateway.upstream.http import Away

WIDTH, LEFT, TOP, BASE = 332.0, 28.0, 28.0, 148.0
FEW = 5
APART = 74.0
LINES = 4


def demand(answer: Any) -> dict[str, Any] | None:
    """The demand curve: how many people at each price; None when there are too few to draw."""
    if answer is None or isinstance(answer, Away) or not answer["curve"]:
        return None
    curve: list[dict[str, Any]] = answer["curve"]
    now = next((step for step in curve if step["current"]), None)
    most = max(step["contacts"] for step in curve)
    if most < FEW or len(curve) < 2:
        return {"few": most, "curve": curve, "currency": answer["currency"]}
    top = _round_up(most)
    low, high = curve[0]["price"], curve[-1]["price"]
    points = [(_x(step["price"], low, high), _y(step["contacts"], top), step) for step in curve]
    return {
        "currency": answer["currency"],
        "curve": curve,
        "grid": [{"y": _y(top * n / (LINES - 1), top), "value": round(top * n / (LINES - 1))} for n in range(LINES)],
        "path": _steps([(x, y) for x, y, _ in points]),
        "ground": _steps([(x, y) for x, y, _ in points]) + f"V{BASE}H{points[0][0]}Z",
        "points": [{"x": x, "y": y, **step} for x, y, step in points],
        "now": next(({"x": x, "y": y, **step} for x, y, step in points if step is now), None),
        "says": (says := _says(curve, now)),
        "marked": {one["price"] for one in says},
    }


def around(price: float) -> str:
    """Prices around the present one to ask the demand at, in steps of about two per cent that people would say."""
    size = 10 ** (len(str(int(price))) - 2)
    step = max(round(price * 0.02 / size * 4) * size / 4, size / 4, 1)
    first = round(price / step) - 6
    return ",".join(f"{(first + n) * step:.2f}".removesuffix(".00") for n in range(12) if first + n > 0)


def prices(history: Iterable[Mapping[str, Any]]) -> dict[str, Any] | None:
    """The asking prices over time, and every change of price or status as lines, newest first; None without a price."""
    lines = list(history)
    changes = [line for line in lines if line["field"] == "list_price" and line["new"] is not None]
    if not changes:
        return None
    at = [datetime.fromisoformat(line["at"]) for line in changes]
    amounts = [float(line["new"]) for line in changes]
    xs = _in_time(at, datetime.now(at[0].tzinfo))
    high, low = max(amounts), min(amounts)
    ys = [round(18 + (high - amount) / (high - low) * 40, 1) if high > low else 34.0 for amount in amounts]
    path = _steps([*zip(xs, ys, strict=True), (WIDTH, ys[-1])])
    points = [
        {"x": x, "y": y, "amount": amount, "at": line["at"], "currency": line["currency"]}
        for x, y, amount, line in zip(xs, ys, amounts, changes, strict=True)
    ]
    return {
        "days": max((datetime.now(at[0].tzinfo) - at[0]).days, 0),
        "change": (amounts[-1] - amounts[0]) / amounts[0] if amounts[0] else 0.0,
        "path": path,
        "ground": path + "V74H0Z",
        "points": points,
        "labelled": _apart(points),
        "lines": lines[::-1],
    }


def _in_time(at: Sequence[datetime], now: datetime) -> list[float]:
    """Where moments stand between the first one and now; the last keeps a little room for its price."""
    whole = (now - at[0]).total_seconds() or 1.0
    return [round(min((moment - at[0]).total_seconds() / whole * WIDTH, WIDTH - 24), 1) for moment in at]


def _apart(points: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The points whose labels have room: the first, the last, and those between that are far enough from both."""
    if len(points) < 3:
        return list(points)
    kept = [points[0]]
    for point in points[1:-1]:
        if point["x"] - kept[-1]["x"] > APART and points[-1]["x"] - point["x"] > APART:
            kept.append(point)
    return [*kept, points[-1]]


def _says(curve: Sequence[dict[str, Any]], now: dict[str, Any] | None) -> list[dict[str, Any]]:
    """What a lower price would bring: the nearest that brings somebody, and one that brings about twice as many."""
    if now is None or not now["price"]:
        return []
    lower = [step for step in reversed(curve) if step["price"] < now["price"] and step["contacts"] > now["contacts"]]
    more = [step["contacts"] - now["contacts"] for step in lower]
    second = next((step for step, people in zip(lower, more, strict=True) if people >= 2 * more[0]), None)
    told = [step for step in (lower[0] if lower else None, second) if step is not None]
    return [
        {"more": step["contacts"] - now["contacts"], "price": step["price"]}
        | {"share": (step["price"] - now["price"]) / now["price"]}
        for step in told
    ]


def _steps(points: Sequence[tuple[float, float]]) -> str:
    (x, y), *rest = points
    return f"M{round(x, 1)} {round(y, 1)}" + "".join(f"H{round(a, 1)}V{round(b, 1)}" for a, b in rest)


def _x(price: float, low: float, high: float) -> float:
    return round(LEFT + (WIDTH - 4 - LEFT) * (price - low) / ((high - low) or 1), 1)


def _y(value: float, top: float) -> float:
    return round(BASE - (BASE - TOP) * value / top, 1)


def _round_up(value: int) -> int:
    """The next multiple of three times a round step, so that the grid's lines are whole numbers."""
    step = int(10 ** max(len(str(value)) - 2, 0))
    return ceil(value / (3 * step)) * 3 * step
