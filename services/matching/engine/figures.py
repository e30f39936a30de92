"""Figures as a reader of one language writes them: money, areas, distances, days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent
from babel.units import format_unit

from shared.i18n import locale_of

Number = int | float


class Figures:
    """Writes numbers by the conventions of one of our languages."""

    def __init__(self, language: str) -> None:
        self.locale = locale_of(language)

    def money(self, amount: Number, currency: str) -> str:
        """An amount in major units; cents only where there are any."""
        pattern = self.locale.currency_formats["standard"].pattern
        if amount == int(amount):
            pattern = pattern.replace(".00", "")
        exact = Decimal(str(amount))
        return format_currency(exact, currency, format=pattern, locale=self.locale, currency_digits=False)

    def number(self, value: Number) -> str:
        """A plain number, two decimals at most."""
        return format_decimal(value, format=None, locale=self.locale)

    def rate(self, value: float) -> str:
        """A currency rate, six decimals at most."""
        return format_decimal(round(value, 6), locale=self.locale, decimal_quantization=False)

    def percent(self, share: float) -> str:
        """A share of one as per cent, one decimal at most."""
        return format_percent(round(share, 3), locale=self.locale, decimal_quantization=False)

    def area(self, square_metres: Number) -> str:
        """Square metres."""
        return self._unit(square_metres, "area-square-meter")

    def distance(self, kilometres: float) -> str:
        """Kilometres, as measured to one decimal."""
        return self._unit(kilometres, "length-kilometer")

    def day(self, iso: str) -> str:
        """A calendar day."""
        return format_date(date.fromisoformat(iso), "medium", locale=self.locale)

    def _unit(self, value: Any, unit: str) -> str:
        return str(format_unit(value, unit, "short", locale=self.locale))


def plural_number(value: Number) -> int:
    """The number that picks a plural form; a broken one counts like three (two and a half bathrooms, 2,5 kopalnice)."""
    return int(value) if value == int(value) else 3
