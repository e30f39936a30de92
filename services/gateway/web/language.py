"""Sentences and figures in the reader's language, for the templates."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import format_currency, format_decimal, format_percent
from flask import Flask, g, request

from shared.http.web import service_settings
from shared.messaging.event import now
from shared.vocabulary.i18n import LANGUAGES, best_language, locale_of, translations

T = TypeVar("T")
CATALOGS = Path(__file__).parents[1] / "locale"
LOOK = "lintel-look"
REMEMBERED = 4096  # amounts as they are read: a map of three hundred homes names each of its prices with every change
THEMES = ("auto", "light", "dark")
LOOK_OPTIONS: Any = {"max_age": 365 * 86400, "path": "/", "samesite": "Lax", "httponly": True}
NAMES = {"en": "English", "es": "Español", "pt": "Português", "sl": "Slovenščina", "sv": "Svenska"}


def language() -> str:
    """The language of this page: what was set for it, what was chosen here before, or what the browser asks for."""
    if not g.get("language"):
        g.language = _look()[0] or best_language(request.headers.get("Accept-Language"))
    found: str = g.language
    return found


def by_language(words: Callable[[], T]) -> Callable[[], T]:
    """Words that are the same for everybody who reads a language: put together once for each."""
    made: dict[str, T] = {}

    @wraps(words)
    def known() -> T:
        at = language()
        if at not in made:
            made[at] = words()
        return made[at]

    return known


def theme() -> str:
    """Light, dark, or as the reader's system has it."""
    found: str = g.get("theme") or _look()[1]
    return found


def stream_origin() -> str:
    """Where open pages hear what changed, when that is not where they came from."""
    found: str = service_settings().stream_url
    return found


def tile_origin() -> str:
    """Where map tiles come from, when the agency's maps have any."""
    parts = urlsplit(service_settings().tile_url)
    return f"{parts.scheme}://{parts.netloc.replace('{s}', '*')}" if parts.netloc else ""


def read_in(wanted: Any) -> None:
    """Show this page in a language, if it is one of ours."""
    if wanted in LANGUAGES:
        g.language = wanted


def look(wanted: str | None, shade: str | None) -> None:
    """Show pages as this person chose; what was not chosen stays as the browser has it."""
    read_in(wanted)
    if shade in THEMES:
        g.theme = shade


def look_cookie(wanted: str | None, shade: str | None) -> str:
    """What the browser keeps of it, for the pages before anybody signs in."""
    return f"{wanted if wanted in LANGUAGES else language()}.{shade if shade in THEMES else theme()}"


def gettext(text: str) -> str:
    """A sentence in the page's language."""
    return str(translations(CATALOGS, language()).gettext(text))


def ngettext(one: str, many: str, n: int) -> str:
    """A sentence with a number in the page's language."""
    return str(translations(CATALOGS, language()).ngettext(one, many, n))


def told(status: int) -> str:
    """What a page says when something went wrong; nothing for what says it better itself."""
    sentences = {
        400: gettext("This form is too old or incomplete. Go back, load the page again and try once more."),
        403: gettext("Your role does not open this page."),
        404: gettext("There is no such page here."),
        405: gettext("There is no such page here."),
        500: gettext("Something broke here. Try again in a moment."),
        503: gettext("Something that we need is away for now. Try again in a moment."),
    }
    return sentences.get(status, "")


def register(app: Flask) -> None:
    """Give the templates their words."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    env: Any = app.jinja_env
    env.install_gettext_callables(gettext, ngettext, newstyle=True)
    env.trim_blocks = env.lstrip_blocks = True
    env.globals.update(language=language, theme=theme, LANGUAGES=NAMES, THEMES=THEMES)
    filters: dict[str, Callable[..., Any]] = {"money": money, "number": number, "clock": clock, "megabytes": megabytes}
    filters |= {"when": when, "day": day, "area": area, "percent": percent, "seconds": seconds, "plain": plain}
    env.filters.update(filters)


def money(amount: Any, currency: str | None) -> str:
    """An amount in major units, without decimals where it is whole."""
    if not isinstance(amount, (int, float)) or not currency:
        return number(amount)
    return _money(amount, currency, language())


@lru_cache(REMEMBERED)
def _money(amount: float, currency: str, read_in: str) -> str:
    locale = locale_of(read_in)
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


def _look() -> tuple[str | None, str]:
    """What this browser chose before anybody signed in: language and theme."""
    wanted, _, shade = request.cookies.get(LOOK, "").partition(".")
    return (wanted if wanted in LANGUAGES else None), (shade if shade in THEMES else "auto")
