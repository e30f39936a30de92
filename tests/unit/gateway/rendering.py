"""Pages rendered without a server: their templates with what `present` made, and the words that people read there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from types import SimpleNamespace

from flask import Flask, g, render_template

from services.gateway import components, pages
from services.gateway.web import respond, setup
from services.gateway.web.feature import Component, Feature, declared_in
from shared.running.settings import Settings

MEMBER = SimpleNamespace(id="member-1", display_name="Inés Vega", role="admin", agency_id=None)
AGENCY = SimpleNamespace(id="agency-1", name="Marea", currency="EUR", languages=("es", "en"), time_zone="Europe/Madrid")
# Attributes that are read aloud or shown.
WORDED = ("aria-label", "title", "alt", "placeholder")
SILENT = ("script", "style")


def page_app() -> Flask:
    """The application with all pages and without any service or database."""
    settings = Settings("local", "", "", "unit")
    app = Flask("pages")
    app.secret_key = "unit"
    app.extensions["lintel"] = {"settings": settings, "deps": SimpleNamespace(mailbox=None)}
    parts = [*declared_in(components, "COMPONENT", Component), *declared_in(pages, "FEATURE", Feature)]
    setup.prepare(app, settings, parts)
    return app


@contextmanager
def a_request(app: Flask, language: str = "en", path: str = "/") -> Iterator[None]:
    """A request of a member who reads this language."""
    with app.test_request_context(path):
        g.language = language
        yield


def page(template: str, **values: object) -> str:
    """A whole page as HTML."""
    return render_template(template, **{"member": MEMBER, "agency": AGENCY, "zone": "UTC", "navigation": (), **values})


def block(template: str, name: str, **values: object) -> str:
    """One block of a page as HTML."""
    return respond.render_block(template, name, **{"member": MEMBER, "agency": AGENCY, "zone": "UTC", **values})


def words_of(html: str, tag: str = "main") -> str:
    """What people read or hear in the first element of this kind, one text a line."""
    reader = _Reader(tag)
    reader.feed(html)
    return "\n".join(reader.lines)


class _Reader(HTMLParser):
    def __init__(self, tag: str) -> None:
        super().__init__()
        self.tag, self.depth, self.silent = tag, 0, 0
        self.lines: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.depth += tag == self.tag
        self.silent += tag in SILENT
        if self.depth:
            self.lines += [f"({name}: {value.strip()})" for name, value in attributes if name in WORDED and value]

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == self.tag
        self.silent -= tag in SILENT

    def handle_data(self, text: str) -> None:
        shown = " ".join(text.split())
        if self.depth and not self.silent and shown:
            self.lines.append(shown)
