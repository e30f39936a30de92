"""The demand chart: how many people a home would suit at prices around its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from services.gateway.components.charts.scales import WIDTH, stepped_path
from services.gateway.upstream.http import Unavailable
from services.gateway.upstream.matching import Demand, DemandStep

LEFT, TOP, BASE = 28.0, 28.0, 148.0
# With fewer people a curve would show chance, not demand.
FEWEST_DRAWN = 5
GRID_LINES = 4
PRICES_ASKED = 12


@dataclass(frozen=True)
class DemandPoint:
    """One price on the chart; `x` and `y` are None where no curve is drawn."""

    price: float
    contacts: int
    is_current: bool
    x: float = 0
    y: float = 0


@dataclass(frozen=True)
class GridLine:
    """A line of the grid and its number of people."""

    y: float
    value: int


@dataclass(frozen=True)
class LowerPrice:
    """The effect of a lower price: `more` people for this `share` of the price, which is negative."""

    more: int
    price: float
    share: float


@dataclass(frozen=True)
class DemandChart:
    """A curve over its grid; without points there are too few people (`most`) to draw one."""

    currency: str
    most: int
    points: tuple[DemandPoint, ...] = ()
    grid: tuple[GridLine, ...] = ()
    lower_prices: tuple[LowerPrice, ...] = ()

    @property
    def path(self) -> str:
        """The curve as an SVG path."""
        return stepped_path([(point.x, point.y) for point in self.points])

    @property
    def ground(self) -> str:
        """The area below the curve."""
        return f"{self.path}V{BASE}H{self.points[0].x}Z"

    @property
    def current(self) -> DemandPoint | None:
        """The present price."""
        return next((point for point in self.points if point.is_current), None)

    @property
    def marked(self) -> list[DemandPoint]:
        """The points of the lower prices that are named below the chart."""
        named = {lower.price for lower in self.lower_prices}
        return [point for point in self.points if point.price in named]


def demand_chart(answer: Demand | Unavailable | None) -> DemandChart | None:
    """The chart of a reply; None without a reply or without prices in it."""
    if answer is None or isinstance(answer, Unavailable) or not answer["curve"]:
        return None
    curve = answer["curve"]
    most = max(step["contacts"] for step in curve)
    if most < FEWEST_DRAWN or len(curve) < 2:
        return DemandChart(answer["currency"], most)
    top = _round_up(most)
    low, high = curve[0]["price"], curve[-1]["price"]
    points = tuple(
        DemandPoint(
            step["price"], step["contacts"], step["current"], _x(step["price"], low, high), _y(step["contacts"], top)
        )
        for step in curve
    )
    grid = tuple(
        GridLine(_y(top * n / (GRID_LINES - 1), top), round(top * n / (GRID_LINES - 1))) for n in range(GRID_LINES)
    )
    return DemandChart(answer["currency"], most, points, grid, tuple(_lower_prices(curve)))


def prices_around(price: float) -> tuple[float, ...]:
    """Round prices around the present one for the demand query, in steps of about two per cent."""
    size = 10 ** (len(str(int(price))) - 2)
    step = max(round(price * 0.02 / size * 4) * size / 4, size / 4, 1)
    first = round(price / step) - PRICES_ASKED // 2
    asked = (round((first + n) * step, 2) for n in range(PRICES_ASKED) if first + n > 0)
    return tuple(int(each) if each == int(each) else each for each in asked)


def _lower_prices(curve: Sequence[DemandStep]) -> list[LowerPrice]:
    """The nearest lower price that adds people, and one that adds about twice as many."""
    now = next((step for step in curve if step["current"]), None)
    if now is None or not now["price"]:
        return []
    lower = [
        LowerPrice(step["contacts"] - now["contacts"], step["price"], (step["price"] - now["price"]) / now["price"])
        for step in reversed(curve)
        if step["price"] < now["price"] and step["contacts"] > now["contacts"]
    ]
    second = next((each for each in lower if each.more >= 2 * lower[0].more), None)
    return [*lower[:1], *([second] if second else [])]


def _x(price: float, low: float, high: float) -> float:
    return round(LEFT + (WIDTH - 4 - LEFT) * (price - low) / ((high - low) or 1), 1)


def _y(value: float, top: float) -> float:
    return round(BASE - (BASE - TOP) * value / top, 1)


def _round_up(value: int) -> int:
    """The next multiple of three times a round step, so that the grid's lines are whole numbers."""
    step = int(10 ** max(len(str(value)) - 2, 0))
    return ceil(value / (3 * step)) * 3 * step
