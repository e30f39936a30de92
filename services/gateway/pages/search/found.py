"""The search over everything: one question to several services at once."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from services.gateway.upstream.http import Away
from services.gateway.web import words
from services.gateway.web.marks import face, icon, initials, phone
from services.gateway.web.navigation import navigation
from services.gateway.web.view import Asking
from services.gateway.web.vocabulary import home_name

MOST = 6
SHORTEST = 2


def everywhere(ask: Asking, role: str, wanted: str) -> dict[str, Any]:
    """What is called like that, by kind; services that gave no answer stand under `away`."""
    answers: dict[str, Any] = {}
    if len(wanted) >= SHORTEST:
        answers = ask.together(
            people=lambda: ask.get("leads", "contacts", q=wanted, limit=MOST)["items"],
            homes=lambda: ask.get("properties", "listings", q=wanted, limit=MOST)["items"],
        )
    people, homes = _rows(answers.get("people")), _rows(answers.get("homes"))
    pages = [way for way in navigation(role) if wanted and wanted.casefold() in way.text.casefold()]
    return {
        "people": [_person(row) for row in people],
        "homes": [_home(row) for row in homes],
        "wishes": _wishes(ask, people[:3]),
        "pages": [_row(way.path, icon(way.icon, "third"), way.text) for way in pages],
        "away": [found.service for found in answers.values() if isinstance(found, Away)],
    }


def _wishes(ask: Asking, people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The wishes of the first people found."""
    asked = {p["id"]: (lambda p=p: ask.get("matching", "saved-searches", contact_id=p["id"], limit=3)) for p in people}
    answers = ask.together(**asked)
    rows = [(person, search) for person in people for search in _items(answers[person["id"]])]
    return [_wish(person, search) for person, search in rows]


def _wish(person: dict[str, Any], search: dict[str, Any]) -> dict[str, Any]:
    path = f"/wishes/{quote(search['id'], safe='')}"
    return _row(path, _spot("adjustments-horizontal"), search["name"] or "", person["full_name"])


def _person(row: dict[str, Any]) -> dict[str, Any]:
    drawn = Markup('<span class="face face-s {}" aria-hidden="true">{}</span>')
    mark = drawn.format(face(row["full_name"]), initials(row["full_name"]))
    return _row(f"/contacts/{quote(row['id'], safe='')}", mark, row["full_name"], phone(row.get("phone")))


def _home(row: dict[str, Any]) -> dict[str, Any]:
    price = words.money(row.get("list_price"), row.get("currency"))
    hint = " · ".join(filter(None, (row.get("listing_id"), price)))
    return _row(f"/listings/{quote(row['id'], safe='')}", _spot("home"), home_name(row), hint)


def _row(path: str, mark: Markup, text: str, hint: str = "") -> dict[str, Any]:
    return {"path": path, "mark": mark, "text": text, "hint": hint}


def _spot(name: str) -> Markup:
    return icon(name, "third")


def _rows(answer: Any) -> list[dict[str, Any]]:
    return [] if answer is None or isinstance(answer, Away) else list(answer)


def _items(answer: Any) -> list[dict[str, Any]]:
    return [] if isinstance(answer, Away) else list(answer["items"])
