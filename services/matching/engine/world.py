"""What a verdict depends on besides the two records: the day, the rates, what people discarded."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any


@dataclass(frozen=True)
class Rates:
    """Currency rates of one day: how many units of each currency one unit of the base buys."""

    day: date | None = None
    per_base: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any]) -> Rates:
        """Read {"date": "2026-11-20", "base": "EUR", "rates": {"USD": 1.08}}; raises ValueError on nonsense."""
        if not settings:
            return cls()
        table = {str(code): float(rate) for code, rate in settings["rates"].items()}
        if not all(0 < rate < 1e9 for rate in table.values()):
            raise ValueError("RATES: every rate must be a positive number")
        return cls(date.fromisoformat(settings["date"]), {**table, settings["base"]: 1.0})

    def rate(self, source: str | None, target: str | None) -> float | None:
        """The factor from one currency to another; None when either is not in the table."""
        if source not in self.per_base or target not in self.per_base:
            return None
        return self.per_base[str(target)] / self.per_base[str(source)]


@dataclass(frozen=True)
class World:
    """The day of the evaluation, the rates, and the discarded pairs (contact id, listing id)."""

    today: date
    rates: Rates = field(default_factory=Rates)
    discarded: Set[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class PresentWorld:
    """Makes the World of now: today in UTC and the configured rates."""

    rates: Rates = field(default_factory=Rates)

    def __call__(self, discarded: Set[tuple[str, str]] = frozenset()) -> World:
        """The World of now with these discarded (contact id, listing id) pairs."""
        return World(datetime.now(UTC).date(), self.rates, discarded)
