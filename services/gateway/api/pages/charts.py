"""Charts as figures for the templates: steps of prices and of demand on a grid; no script draws them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from math import ceil
from typing import Any

from services.gateway.upstream import Away

WIDTH, LEFT, TOP, BASE = 332.0, 28.0, 28.0, 148.0
FEW = 5
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
        "says": _says(curve, now),
    }


def prices(history: Iterable[Mapping[str, Any]]) -> dict[str, Any] | None:
    """The asking prices over time; None without any."""
    changes = [line for line in history if line["field"] == "list_price" and line["new"] is not None]
    if not changes:
        return None
    at = [datetime.fromisoformat(line["at"]) for line in changes]
    days = max((datetime.now(at[0].tzinfo) - at[0]).days, 0)
    amounts = [float(line["new"]) for line in changes]
    end = WIDTH - 20
    spans = [end * n / max(len(changes), 1) for n in range(len(changes))]
    high = max(amounts)
    low = min(amounts)
    ys = [18 + (high - amount) / (high - low or 1) * 40 for amount in amounts]
    points = list(zip(spans, ys, strict=True))
    path = _steps([*points, (WIDTH, ys[-1])])
    return {
        "days": days,
        "change": (amounts[-1] - amounts[0]) / amounts[0] if amounts[0] else 0.0,
        "path": path,
        "ground": path + "V74H0Z",
        "points": [
            {"x": round(x, 1), "y": round(y, 1), "amount": amount, "at": line["at"], "currency": line["currency"]}
            for (x, y), amount, line in zip(points, amounts, changes, strict=True)
        ],
    }


def _says(curve: Sequence[dict[str, Any]], now: dict[str, Any] | None) -> list[dict[str, Any]]:
    """What a lower price would bring, nearest first."""
    if now is None or not now["price"]:
        return []
    lower = [step for step in reversed(curve) if step["price"] < now["price"] and step["contacts"] > now["contacts"]]
    return [
        {"more": step["contacts"] - now["contacts"], "price": step["price"]}
        | {"share": (step["price"] - now["price"]) / now["price"]}
        for step in lower[:2]
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
