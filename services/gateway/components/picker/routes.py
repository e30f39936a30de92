"""What fields find as one types: people, their wishes, homes; options of a list, best first."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Response, request
from markupsafe import Markup

from services.gateway.components.listing_photo.present import photo
from services.gateway.components.timeline.telling import wish_line
from services.gateway.web.answers import Row, items
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.marks import face, initials, phone
from services.gateway.web.sessions import session_policy
from services.gateway.web.view import Asking, asking, show
from services.gateway.web.vocabulary import home_figures, home_name
from services.gateway.web.words import gettext as _
from shared.http.claims import STAFF

blp = new_blueprint("finding", guarded=True)
MOST, WISHES_EACH = 8, 5


@blp.get("/find/people")
@session_policy(*STAFF)
def find_people() -> Response:
    """People by name, phone or address."""
    rows = [
        _option(person["id"], person["full_name"], phone(person.get("phone")), _face(person)) for person in _people()
    ]
    return show("options.html", "_options.html", rows=rows, group="person")


@blp.get("/find/wishes")
@session_policy(*STAFF)
def find_wishes() -> Response:
    """The wishes of the people found: a line for each search."""
    ask, found = asking(), _people()
    calls = {person["id"]: partial(_wishes, ask, person["id"]) for person in found}
    answers = ask.together(**calls)
    rows = [
        _option(wish["id"], person["full_name"], wish["name"] or wish_line(wish), _face(person))
        for person in found
        for wish in items(answers[person["id"]])
    ]
    return show("options.html", "_options.html", rows=rows[: 2 * MOST], group="wish")


@blp.get("/find/homes")
@session_policy(*STAFF)
def find_homes() -> Response:
    """Homes by reference, street, city or postal code."""
    found = asking().get("properties", "listings", q=_typed(), limit=MOST)["items"]
    rows = [_option(home["id"], _named(home), home_figures(home), _picture(home)) for home in found]
    return show("options.html", "_options.html", rows=rows, group="home")


def _typed() -> str:
    """What was typed, whatever the field is called."""
    return next((value.strip()[:100] for name, value in request.args.items() if name.endswith("_typed")), "")


def _people() -> list[Row]:
    return list(asking().get("leads", "contacts", q=_typed(), limit=MOST)["items"])


def _wishes(ask: Asking, contact_id: str) -> Any:
    return ask.get("matching", "saved-searches", contact_id=contact_id, limit=WISHES_EACH)


def _option(value: str, text: str, hint: str, mark: Markup) -> Row:
    return {"value": value, "text": text, "hint": hint, "mark": mark}


def _named(home: Row) -> str:
    return ", ".join(filter(None, (home_name(home), home.get("listing_id")))) or _("Home")


def _face(person: Row) -> Markup:
    name = person["full_name"]
    return Markup('<span class="face face-s {}" aria-hidden="true">{}</span>').format(face(name), initials(name))


def _picture(home: Row) -> Markup:
    return Markup('<img class="photo" src="{}" alt="" width="40" height="28">').format(photo(home).url)
