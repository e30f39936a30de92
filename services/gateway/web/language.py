"""The language and the theme of a page, and sentences in that language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask, g, request

from shared.http.web import reader_language
from shared.vocabulary.i18n import LANGUAGES, translations

CATALOGS = Path(__file__).parents[1] / "locale"
LOOK = "lintel-look"
THEMES = ("auto", "light", "dark")
LOOK_OPTIONS: Any = {"max_age": 365 * 86400, "path": "/", "samesite": "Lax", "httponly": True}
NAMES = {"en": "English", "es": "Español", "pt": "Português", "sl": "Slovenščina", "sv": "Svenska"}


def language() -> str:
    """The language of this page: what was set for it, what was chosen here before, or what the browser asks for."""
    if not g.get("language"):
        g.language = _look()[0] or reader_language()
    found: str = g.language
    return found


def theme() -> str:
    """Light, dark, or as the reader's system has it."""
    found: str = g.get("theme") or _look()[1]
    return found


def use_language(wanted: Any) -> None:
    """Show this page in a language, if it is one of ours."""
    if wanted in LANGUAGES:
        g.language = wanted


def choose_look(wanted: str | None, shade: str | None) -> None:
    """Show this page as a person chose; what was not chosen stays as the browser has it."""
    use_language(wanted)
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


def register(app: Flask) -> None:
    """Give the templates gettext, the languages and the themes."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    env: Any = app.jinja_env  # the extension adds a method that jinja2's types do not know
    env.install_gettext_callables(gettext, ngettext, newstyle=True)
    env.globals.update(language=language, theme=theme, LANGUAGES=NAMES, THEMES=THEMES)


def _look() -> tuple[str | None, str]:
    """What this browser chose before anybody signed in: language and theme."""
    wanted, _, shade = request.cookies.get(LOOK, "").partition(".")
    return (wanted if wanted in LANGUAGES else None), (shade if shade in THEMES else "auto")
