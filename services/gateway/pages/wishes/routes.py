"""Wishes of a person in a member's hands: written down, changed, paused, given up."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import Response, request

from services.gateway.components.wish_editor import editor
from services.gateway.components.wish_editor.editor import CURRENCIES, Desk
from services.gateway.components.wish_editor.forms import Draft
from services.gateway.web.answers import Row, items
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.sessions import session_policy
from services.gateway.web.shell import own_agency
from services.gateway.web.view import Asking, asking, dialog, done, show
from services.gateway.web.words import gettext as _
from services.gateway.web.words import ngettext
from shared.errors import NotFound
from shared.http.claims import STAFF

blp = new_blueprint("wishes", guarded=True)


@blp.get("/contacts/<contact_id>/wishes/new")
@session_policy(*STAFF)
def new_wishes(contact_id: str) -> Response:
    """The editor with nothing stated."""
    ask = asking()
    desk = _desk(ask, contact_id, f"{_person_path(contact_id)}/wishes/new")
    return editor.page(desk, ask, Draft.blank(desk.currency), None)


@blp.post("/contacts/<contact_id>/wishes/new")
@session_policy(*STAFF)
def add_wishes(contact_id: str) -> Any:
    """Keep new wishes, or change the draft."""
    ask = asking()
    desk = _desk(ask, contact_id, f"{_person_path(contact_id)}/wishes/new")

    def save(body: Row) -> Any:
        once = request.form.get("once", "")
        return ask.post("matching", "saved-searches", body=body | {"contact_id": contact_id}, once=once)

    return editor.posted(desk, ask, None, save, lambda made: _saved(desk, ask, made))


@blp.get("/wishes/<saved_search_id>")
@session_policy(*STAFF)
def show_wishes(saved_search_id: str) -> Response:
    """The editor with saved wishes."""
    ask = asking()
    search = ask.get("matching", "saved-searches", saved_search_id)
    desk = _desk(ask, search["contact_id"], _path(saved_search_id))
    return editor.page(desk, ask, Draft.of(search, desk.currency), search)


@blp.post("/wishes/<saved_search_id>")
@session_policy(*STAFF)
def change_wishes(saved_search_id: str) -> Any:
    """Keep changed wishes as they were read, or change the draft."""
    ask = asking()
    search = ask.get("matching", "saved-searches", saved_search_id)
    desk = _desk(ask, search["contact_id"], _path(saved_search_id))

    def save(body: Row) -> Any:
        version = request.form.get("version") or search["version"]
        return ask.patch("matching", "saved-searches", saved_search_id, body=body, version=version)

    return editor.posted(desk, ask, search, save, lambda kept: _saved(desk, ask, kept))


@blp.post("/wishes/preview")
@session_policy(*STAFF)
def preview_wishes() -> Any:
    """What the form as typed finds; nothing is kept."""
    return editor.looked_at(_desk(None, request.form.get("contact_id", ""), ""), asking())


@blp.get("/wishes/places")
@session_policy(*STAFF, touch=False)
def suggest_places() -> Response:
    """Options for the field of places."""
    rows = editor.places(asking(), request.args.get("add_place", ""))
    return show("options.html", "wish_editor/_place_options.html", rows=rows)


@blp.post("/wishes/<saved_search_id>/status")
@session_policy(*STAFF)
def switch_wishes(saved_search_id: str) -> Any:
    """Pause wishes, or take them up again."""
    return done(switch(asking(), saved_search_id), _path(saved_search_id))


@blp.get("/wishes/<saved_search_id>/remove")
@session_policy(*STAFF)
def ask_removal(saved_search_id: str) -> Response:
    """The dialog before wishes go for good."""
    ask = asking()
    search = ask.get("matching", "saved-searches", saved_search_id)
    counts = ask.get("matching", "saved-searches", saved_search_id, "match-counts")
    return dialog("wish_editor/_removal.html", search=search, counts=counts, path=_path(saved_search_id))


@blp.post("/wishes/<saved_search_id>/remove")
@session_policy(*STAFF)
def remove_wishes(saved_search_id: str) -> Any:
    """Give the wishes up."""
    ask = asking()
    search = ask.get("matching", "saved-searches", saved_search_id)
    ask.delete("matching", "saved-searches", saved_search_id)
    return done(_("Removed."), _person_path(search["contact_id"]))


@blp.post("/wishes/<saved_search_id>/suggestions")
@session_policy(*STAFF)
def take_suggestion(saved_search_id: str) -> Any:
    """Change the wishes as the refusals suggest."""
    ask = asking()
    taken = take(ask, saved_search_id, request.form.get("code", ""))
    return done(_("Taken over. %(effect)s") % {"effect": taken["effect"]["text"]}, _path(saved_search_id))


def switch(ask: Asking, saved_search_id: str) -> str:
    """Pause wishes or take them up again, as the form says; what came of it."""
    search = ask.get("matching", "saved-searches", saved_search_id)
    status = "paused" if request.form.get("status") == "paused" else "active"
    ask.patch("matching", "saved-searches", saved_search_id, body={"status": status}, version=search["version"])
    if status == "paused":
        return _("Paused. Nothing is found or sent for these wishes until you take them up again.")
    return _("In force again. Homes that fit appear in a moment.")


def take(ask: Asking, saved_search_id: str, code: str) -> Row:
    """The suggestion after it was taken; it is asked for again, so that only what still stands is."""
    search = ask.get("matching", "saved-searches", saved_search_id)
    offered = items(ask.get("matching", "saved-searches", saved_search_id, "suggestions"))
    wanted = next((each for each in offered if each["code"] == code), None)
    if wanted is None:
        raise NotFound(_("This suggestion no longer stands."))
    ask.patch("matching", "saved-searches", saved_search_id, body=wanted["patch"], version=search["version"])
    return wanted


def saved_sentence(ask: Asking, wishes: Row, contact_id: str, alerts: dict[str, str]) -> str:
    """What keeping the wishes led to: how many homes fit, and when the person hears of new ones."""
    body = {name: value for name, value in wishes.items() if name in editor.CRITERIA}
    total = editor.preview(ask, body, contact_id)["total"]
    fits = ngettext("Saved. One home fits.", "Saved. %(num)s homes fit.", total) % {"num": total}
    return f"{fits} {alerts.get(wishes['alerts'], '')}".strip()


def _saved(desk: Desk, ask: Asking, kept: Row) -> Any:
    name = desk.about["person"]["full_name"]
    alerts = {
        "instant": _("%(name)s gets new ones at once.") % {"name": name},
        "daily": _("%(name)s gets new ones once a day.") % {"name": name},
        "weekly": _("%(name)s gets new ones once a week.") % {"name": name},
        "off": _("No mail goes out for these wishes."),
    }
    return done(saved_sentence(ask, kept, desk.contact_id, alerts), _path(kept["id"]))


def _desk(ask: Asking | None, contact_id: str, path: str) -> Desk:
    """The editor's place for a member; without `ask` the person is not looked up."""
    agency = own_agency()
    person = ask.get("leads", "contacts", contact_id) if ask else {}
    return Desk(
        template="wishes/show.html",
        form_part="wishes/_form.html",
        found_part="wishes/_fits.html",
        path=path,
        away=_person_path(contact_id),
        preview="/wishes/preview",
        homes="/listings/",
        contact_id=contact_id,
        currency=agency.currency if agency else CURRENCIES[0],
        country=person.get("country"),
        about={"person": person, "places_path": "/wishes/places"},
    )


def _path(saved_search_id: str) -> str:
    return f"/wishes/{quote(saved_search_id, safe='')}"


def _person_path(contact_id: str) -> str:
    return f"/contacts/{quote(contact_id, safe='')}"
