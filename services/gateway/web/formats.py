"""Amounts, numbers, areas, days and moments as people write them in the page's language."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import phonenumbers
from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import format_currency, format_decimal, format_percent
from flask import Flask
from markupsafe import Markup, escape

from services.gateway.web.language import gettext, language
from shared.messaging.event import now
from shared.vocabulary.i18n import locale_of

REMEMBERED = 4096  # amounts as they are read: a map of three hundred homes names each of its prices with every change
# what stands out in a sentence: an amount or a measure with its sign, unit and separators
FIGURE = re.compile(
    r"(?:[+\u2212-]?[€£$]\s?)?\d[\d.,\u00a0\u202f ]*\d?(?:[\u00a0 ]?(?:%|€|£|\$|kr|EUR|GBP|SEK|USD|m²|m2|km|m)(?!\w))?"
)


def register(app: Flask) -> None:
    """Give the templates these formats as filters."""
    formats = (money, number, clock, megabytes, when, day, area, percent, seconds, plain, phone, figures)
    app.jinja_env.filters.update({each.__name__: each for each in formats})


def money(amount: Any, currency: str | None) -> str:
    """An amount in major units, without decimals where it is whole."""
    if not isinstance(amount, (int, float)) or not currency:
        return number(amount)
    return _money(amount, currency, language())


@lru_cache(REMEMBERED)
def _money(amount: float, currency: str, language_code: str) -> str:
    locale = locale_of(language_code)
    pattern = locale.currency_formats["standard"].pattern
    if float(amount).is_integer():
        pattern = pattern.replace(".00", "")
    shown = str(format_currency(amount, currency, pattern, locale=locale, currency_digits=False))
    # a currency without a sign of its own is a word, and words stand apart
    return re.sub(r"(?<=[A-Z])(?=[\d-])", "\u00a0", shown)


def area(value: Any) -> str:
    """Square metres."""
    return f"{number(value)}\u00a0m²" if isinstance(value, (int, float)) else ""


def percent(share: Any) -> str:
    """A share of 1 as percent, at most one decimal."""
    if not isinstance(share, (int, float)):
        return ""
    pattern = locale_of(language()).percent_formats[None].pattern.replace("0", "0.#", 1)
    return str(format_percent(share, pattern, locale=locale_of(language())))


def number(value: Any) -> str:
    """A number with the reader's separators."""
    return str(format_decimal(value, locale=locale_of(language()))) if isinstance(value, (int, float)) else ""


def clock(moment: datetime, zone: str = "UTC") -> str:
    """The time of day with its seconds, or the day where it was another one."""
    local, today = _local(moment, zone), now().astimezone(ZoneInfo(zone)).date()
    locale = locale_of(language())
    if local.date() == today:
        return str(format_time(local, "HH:mm:ss", locale=locale))
    return str(format_date(local, "d MMM", locale=locale)) + " " + str(format_time(local, "HH:mm", locale=locale))


def when(moment: datetime | str | None, zone: str = "UTC") -> str:
    """A moment as people say it: the time today, yesterday with its time, else the day."""
    if not moment:
        return ""
    local, today = _local(moment, zone), now().astimezone(ZoneInfo(zone)).date()
    locale, days = locale_of(language()), (today - local.date()).days
    time = str(format_time(local, "HH:mm", locale=locale))
    if days == 0:
        return time
    if days == 1:
        return gettext("yesterday %(time)s") % {"time": time}
    skeleton = "MMMd" if local.year == today.year else "yMMMd"
    return str(format_skeleton(skeleton, local, locale=locale))


def day(value: date | datetime | str | None, skeleton: str = "yMMMd", zone: str = "UTC") -> str:
    """A calendar day; `skeleton` as in CLDR, like yMMMMEEEEd."""
    if not value:
        return ""
    found = date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else value
    found = found if type(found) is date else _local(found, zone)
    return str(format_skeleton(skeleton, found, locale=locale_of(language())))


def _local(moment: Any, zone: str) -> datetime:
    found = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return found.astimezone(ZoneInfo(zone))


def megabytes(size: int) -> str:
    """Bytes as megabytes."""
    return f"{round(size / 2**20)} MB"


def seconds(value: float) -> str:
    """A span of time in its natural unit."""
    for unit, length in (("d", 86400), ("h", 3600), ("min", 60)):
        if value >= length:
            return f"{value / length:.0f} {unit}"
    return f"{value:.0f} s" if value >= 1 else f"{value * 1000:.0f} ms"


def plain(word: str | None) -> str:
    """A word in snake_case as a person writes it."""
    return (word or "").replace("_", " ")


def phone(number: str | None) -> str:
    """A telephone number in the groups that people read it in."""
    if not number:
        return ""
    try:
        return phonenumbers.format_number(phonenumbers.parse(number), phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    except phonenumbers.NumberParseException:
        return number


def figures(text: str) -> Markup:
    """A sentence with its figures set bold."""
    parts, last = [], 0
    for match in FIGURE.finditer(text):
        figure = match[0].rstrip(" .,\u00a0\u202f")
        parts += [escape(text[last : match.start()]), Markup("<b>{}</b>").format(figure)]
        last = match.start() + len(figure)
    return Markup("").join([*parts, escape(text[last:])])
