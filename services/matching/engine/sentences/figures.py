"""Figures as a reader of one language writes them: money, areas, distances, days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent
from babel.units import format_unit

from shared.vocabulary.i18n import locale_of

Number = int | float


REMEMBERED = 4096  # reasons of one listing in many languages and searches repeat the same few figures


class Figures:
    """Writes numbers by the conventions of one of our languages; recent results are cached."""

    def __init__(self, language: str) -> None:
        self.locale = locale_of(language)

    def money(self, amount: Number, currency: str) -> str:
        """An amount in major units; cents only where there are any."""
        return _money(self.locale, Decimal(str(amount)), currency)

    def number(self, value: Number) -> str:
        """A plain number, two decimals at most."""
        return _number(self.locale, value)

    def rate(self, value: float) -> str:
        """A currency rate, six decimals at most."""
        return format_decimal(round(value, 6), locale=self.locale, decimal_quantization=False)

    def percent(self, share: float) -> str:
        """A share of one as per cent, one decimal at most."""
        return _percent(self.locale, round(share, 3))

    def area(self, square_metres: Number) -> str:
        """Square metres."""
        return _unit(self.locale, square_metres, "area-square-meter")

    def distance(self, kilometres: float) -> str:
        """Kilometres, as measured to one decimal."""
        return _unit(self.locale, kilometres, "length-kilometer")

    def day(self, iso: str) -> str:
        """A calendar day."""
        return format_date(date.fromisoformat(iso), "medium", locale=self.locale)


@lru_cache(maxsize=REMEMBERED)
def _money(locale: Locale, amount: Decimal, currency: str) -> str:
    pattern = locale.currency_formats["standard"].pattern
    if amount == int(amount):
        pattern = pattern.replace(".00", "")
    return format_currency(amount, currency, format=pattern, locale=locale, currency_digits=False)


@lru_cache(maxsize=REMEMBERED)
def _number(locale: Locale, value: Number) -> str:
    return format_decimal(value, format=None, locale=locale)


@lru_cache(maxsize=REMEMBERED)
def _percent(locale: Locale, share: float) -> str:
    return format_percent(share, locale=locale, decimal_quantization=False)


@lru_cache(maxsize=REMEMBERED)
def _unit(locale: Locale, value: Number, unit: str) -> str:
    return str(format_unit(value, unit, "short", locale=locale))


def plural_number(value: Number) -> int:
    """The number that picks a plural form; a broken one counts like three (two and a half bathrooms, 2,5 kopalnice)."""
    return int(value) if value == int(value) else 3
