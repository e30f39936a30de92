"""The chart of a listing's asking prices over time, with every change of price or status as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from services.gateway.components.charts.scales import WIDTH, stepped_path
from services.gateway.upstream.http import Unavailable
from services.gateway.upstream.properties import HistoryEntry
from shared.messaging.event import now

HIGHEST, RANGE, MIDDLE = 18, 40, 34.0
# The space that labels of prices need between them.
LABEL_WIDTH = 74.0
ROOM_AT_THE_END = 24


@dataclass(frozen=True)
class PricePoint:
    """A price on the chart from its day on."""

    x: float
    y: float
    amount: float
    at: str
    currency: str | None


@dataclass(frozen=True)
class PriceHistoryChart:
    """The prices as a line in steps; `changes` are all changes, newest first; `days` since the first price."""

    points: tuple[PricePoint, ...]
    changes: tuple[HistoryEntry, ...]
    days: int

    @property
    def path(self) -> str:
        """The line as an SVG path; the last price goes on until today."""
        return stepped_path([*((point.x, point.y) for point in self.points), (WIDTH, self.points[-1].y)])

    @property
    def ground(self) -> str:
        """The area below the line."""
        return f"{self.path}V74H0Z"

    @property
    def share(self) -> float:
        """The share by which the last price differs from the first."""
        first, last = self.points[0].amount, self.points[-1].amount
        return (last - first) / first if first else 0.0

    @property
    def labelled(self) -> list[PricePoint]:
        """The points whose labels have room: the first, the last, and those far enough from both."""
        if len(self.points) < 3:
            return list(self.points)
        kept, last = [self.points[0]], self.points[-1]
        for point in self.points[1:-1]:
            if point.x - kept[-1].x > LABEL_WIDTH and last.x - point.x > LABEL_WIDTH:
                kept.append(point)
        return [*kept, last]


def price_history_chart(history: Sequence[HistoryEntry] | Unavailable) -> PriceHistoryChart | None:
    """The chart of a history, oldest change first; None without a price in it."""
    if isinstance(history, Unavailable):
        return None
    changes = [
        (entry, float(entry["new"])) for entry in history if entry["field"] == "list_price" and entry["new"] is not None
    ]
    if not changes:
        return None
    moments = [datetime.fromisoformat(entry["at"]) for entry, _amount in changes]
    amounts = [amount for _entry, amount in changes]
    today = now()
    xs = _across(moments, today)
    points = tuple(
        PricePoint(x, _height(amount, amounts), amount, entry["at"], entry["currency"])
        for x, (entry, amount) in zip(xs, changes, strict=True)
    )
    return PriceHistoryChart(points, tuple(reversed(history)), max((today - moments[0]).days, 0))


def _across(moments: Sequence[datetime], today: datetime) -> list[float]:
    """Where moments stand between the first one and today; the last keeps a little room for its price."""
    span = (today - moments[0]).total_seconds() or 1.0
    return [
        round(min((moment - moments[0]).total_seconds() / span * WIDTH, WIDTH - ROOM_AT_THE_END), 1)
        for moment in moments
    ]


def _height(amount: float, amounts: Sequence[float]) -> float:
    high, low = max(amounts), min(amounts)
    return round(HIGHEST + (high - amount) / (high - low) * RANGE, 1) if high > low else MIDDLE
