"""Sentences and figures in the reader's language, for the templates."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal
from flask import Flask, g, request

from shared.event import now
from shared.i18n import LANGUAGES, best_language, locale_of, translations

ROOM = Path(__file__).parents[2]
ASSETS = ROOM / "assets"


def language() -> str:
    """The language of this page: what was set for it, or what the browser asks for."""
    found: str = g.get("language") or best_language(request.headers.get("Accept-Language"))
    return found


def read_in(wanted: Any) -> None:
    """Show this page in a language, if it is one of ours."""
    if wanted in LANGUAGES:
        g.language = wanted


def gettext(text: str) -> str:
    """A sentence in the page's language."""
    return str(translations(ROOM / "locale", language()).gettext(text))


def ngettext(one: str, many: str, n: int) -> str:
    """A sentence with a number in the page's language."""
    return str(translations(ROOM / "locale", language()).ngettext(one, many, n))


def told(status: int) -> str:
    """What a page says when something went wrong; nothing for what says it better itself."""
    sentences = {
        400: gettext("This form is too old or incomplete. Go back, load the page again and try once more."),
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
    env.globals.update(language=language, asset=_asset)
    filters: dict[str, Callable[..., Any]] = {"money": money, "number": number, "clock": clock, "megabytes": megabytes}
    env.filters.update(filters, seconds=seconds, plain=plain)


def money(amount: Any, currency: str | None) -> str:
    """An amount in major units, without decimals where it is whole."""
    if not isinstance(amount, (int, float)):
        return ""
    locale = locale_of(language())
    pattern = locale.currency_formats["standard"].pattern
    if float(amount).is_integer():
        pattern = pattern.replace(".00", "")
    return str(format_currency(amount, currency or "XXX", pattern, locale=locale, currency_digits=False))


def number(value: Any) -> str:
    """A number with the reader's separators."""
    return str(format_decimal(value, locale=locale_of(language()))) if isinstance(value, (int, float)) else ""


def clock(moment: datetime, zone: str = "UTC") -> str:
    """The time of day, or the day where it was another one."""
    local, today = moment.astimezone(ZoneInfo(zone)), now().astimezone(ZoneInfo(zone)).date()
    locale = locale_of(language())
    if local.date() == today:
        return str(format_time(local, "HH:mm:ss", locale=locale))
    return str(format_date(local, "d MMM", locale=locale)) + " " + str(format_time(local, "HH:mm", locale=locale))


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


def _asset(name: str) -> str:
    return f"/assets/{name}?v={_stamp(name)}"


@lru_cache
def _stamp(name: str) -> str:
    return hashlib.sha256((ASSETS / name).read_bytes()).hexdigest()[:12]
