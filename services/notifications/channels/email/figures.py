"""Money, areas, shares and days in the notation of the reader's country."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from babel import Locale
from babel.dates import format_date, get_timezone
from babel.numbers import format_currency, format_decimal, format_percent
from babel.units import format_unit


def money(amount: Decimal, currency: str, locale: Locale) -> str:
    """An amount in major units, with decimals only when there are any."""
    pattern = locale.currency_formats["standard"].pattern
    if amount == amount.to_integral_value():
        pattern = pattern.replace("0.00", "0")
    return format_currency(amount, currency, pattern, locale=locale, currency_digits=False)


def area(square_metres: Decimal, locale: Locale) -> str:
    """An area in m2, at most one decimal."""
    return format_unit(round(square_metres, 1).normalize(), "area-square-meter", "short", locale=locale)


def count(number: Decimal, locale: Locale) -> str:
    """A number of rooms; bathrooms come in quarters."""
    return format_decimal(number, "#,##0.##", locale=locale)


def plural_number(number: Decimal) -> int:
    """The whole number that picks the plural form of a count."""
    # WHY 3: a fraction takes the form of three and four in Slovene and the plain plural in our other languages.
    return int(number) if number == number.to_integral_value() else 3


def drop_share(old: Decimal, new: Decimal, locale: Locale) -> str:
    """The decrease from old to new as a percentage with at most one decimal; empty when it would read 0."""
    share = round((old - new) / old, 3)
    pattern = locale.percent_formats[None].pattern.replace("#,##0", "#,##0.#")
    return format_percent(share, pattern, locale=locale) if share else ""


def day(moment: datetime, time_zone: str, locale: Locale) -> str:
    """The full date in the reader's time zone; UTC for an unknown zone."""
    try:
        zone = get_timezone(time_zone)
    except LookupError:
        zone = get_timezone("UTC")
    return format_date(moment.astimezone(zone), "full", locale=locale)
