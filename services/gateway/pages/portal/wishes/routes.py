"""A prospect's own wishes: the same editor in simpler words; the services hold everybody to what is theirs."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import Response, request

from services.gateway.components.wish_editor import editor
from services.gateway.components.wish_editor.editor import CURRENCIES, Desk
from services.gateway.components.wish_editor.forms import Draft
from services.gateway.pages.wishes.routes import saved_sentence, switch, take
from services.gateway.upstream.http import Away
from services.gateway.web.answers import Row, items
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.sessions import prospect, session_policy
from services.gateway.web.shell import own_agency
from services.gateway.web.view import Asking, asking, dialog, done, show
from services.gateway.web.words import gettext as _

blp = new_blueprint("me_wishes", guarded=True)
LIST = "/me/wishes"


@blp.get("/me/wishes")
@session_policy("prospect")
def list_wishes() -> Response:
    """Everything that I am looking for, with how much fits."""
    ask = asking()
    wishes = items(ask.get("matching", "saved-searches", contact_id=prospect().contact_id))
    counts = ask.together(**{wish["id"]: _counting(ask, wish["id"]) for wish in wishes})
    known = {name: {} if isinstance(found, Away) else found for name, found in counts.items()}
    return show("portal/wishes/index.html", wishes=[wish | {"counts": known[wish["id"]]} for wish in wishes])


@blp.get("/me/wishes/new")
@session_policy("prospect")
def new_wishes() -> Response:
    """The editor with nothing stated."""
    ask = asking()
    desk = _desk(ask, f"{LIST}/new")
    return editor.page(desk, ask, Draft.blank(desk.currency), None)


@blp.post("/me/wishes/new")
@session_policy("prospect")
def add_wishes() -> Any:
    """Keep new wishes, or change the draft."""
    ask = asking()
    desk = _desk(ask, f"{LIST}/new")

    def save(body: Row) -> Any:
        wishes = body | {"contact_id": desk.contact_id}
        return ask.post("matching", "saved-searches", body=wishes, once=request.form.get("once", ""))

    return editor.posted(desk, ask, None, save, lambda made: _saved(desk, ask, made))


@blp.get("/me/wishes/<saved_search_id>")
@session_policy("prospect")
def show_wishes(saved_search_id: str) -> Response:
    """The editor with wishes of mine."""
    ask = asking()
    search = ask.get("matching", "saved-searches", saved_search_id)
    desk = _desk(ask, _path(saved_search_id))
    return editor.page(desk, ask, Draft.of(search, desk.currency), search)


@blp.post("/me/wishes/<saved_search_id>")
@session_policy("prospect")
def change_wishes(saved_search_id: str) -> Any:
    """Keep changed wishes as they were read, or change the draft."""
    ask = asking()
    search = ask.get("matching", "saved-searches", saved_search_id)
    desk = _desk(ask, _path(saved_search_id))

    def save(body: Row) -> Any:
        version = request.form.get("version") or search["version"]
        return ask.patch("matching", "saved-searches", saved_search_id, body=body, version=version)

    return editor.posted(desk, ask, search, save, lambda kept: _saved(desk, ask, kept))


@blp.post("/me/wishes/preview")
@session_policy("prospect")
def preview_wishes() -> Any:
    """What the form as typed finds; nothing is kept."""
    return editor.looked_at(_desk(None, ""), asking())


@blp.get("/me/wishes/places")
@session_policy("prospect", touch=False)
def suggest_places() -> Response:
    """Options for the field of places."""
    rows = editor.places(asking(), request.args.get("add_place", ""))
    return show("portal/wishes/places.html", "wish_editor/_place_options.html", rows=rows)


@blp.post("/me/wishes/<saved_search_id>/status")
@session_policy("prospect")
def switch_wishes(saved_search_id: str) -> Any:
    """Pause wishes, or take them up again."""
    return done(switch(asking(), saved_search_id), _path(saved_search_id))


@blp.get("/me/wishes/<saved_search_id>/remove")
@session_policy("prospect")
def ask_removal(saved_search_id: str) -> Response:
    """The dialog before wishes go for good."""
    ask = asking()
    search = ask.get("matching", "saved-searches", saved_search_id)
    counts = ask.get("matching", "saved-searches", saved_search_id, "match-counts")
    return dialog("wish_editor/_removal.html", search=search, counts=counts, path=_path(saved_search_id))


@blp.post("/me/wishes/<saved_search_id>/remove")
@session_policy("prospect")
def remove_wishes(saved_search_id: str) -> Any:
    """Give the wishes up."""
    asking().delete("matching", "saved-searches", saved_search_id)
    return done(_("Removed."), LIST)


@blp.post("/me/wishes/<saved_search_id>/suggestions")
@session_policy("prospect")
def take_suggestion(saved_search_id: str) -> Any:
    """Change the wishes as what I refused suggests."""
    taken = take(asking(), saved_search_id, request.form.get("code", ""))
    return done(_("Taken over. %(effect)s") % {"effect": taken["effect"]["text"]}, _path(saved_search_id))


def _saved(desk: Desk, ask: Asking, kept: Row) -> Any:
    alerts = {
        "instant": _("You hear of new ones at once."),
        "daily": _("You hear of new ones once a day."),
        "weekly": _("You hear of new ones once a week."),
        "off": _("We do not write to you about these wishes."),
    }
    return done(saved_sentence(ask, kept, desk.contact_id, alerts), _path(kept["id"]))


def _desk(ask: Asking | None, path: str) -> Desk:
    """The editor's place for whoever looks for a home; without `ask` nothing is looked up."""
    agency, mine = own_agency(), prospect().contact_id
    person = ask.get("leads", "contacts", mine, "self") if ask else {}
    return Desk(
        template="portal/wishes/form.html",
        form_part="portal/wishes/_form.html",
        found_part="portal/wishes/_found.html",
        path=path,
        away=LIST,
        preview=f"{LIST}/preview",
        homes="/me/homes/",
        contact_id=mine,
        currency=agency.currency if agency else CURRENCIES[0],
        country=person.get("country"),
        is_simple=True,
        about={"person": person, "places_path": f"{LIST}/places"},
    )


def _counting(ask: Asking, saved_search_id: str) -> Any:
    return lambda: ask.get("matching", "saved-searches", saved_search_id, "match-counts")


def _path(saved_search_id: str) -> str:
    return f"{LIST}/{quote(saved_search_id, safe='')}"
