"""What an agent does about a person: dialogs and forms, each one request to a service."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from flask import Response, request

from services.gateway.web.answers import Row
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.deps import deps
from services.gateway.web.sessions import member, session_policy
from services.gateway.web.typed import contact_facts
from services.gateway.web.view import Faults, asking, dialog, done, form, show, trying
from services.gateway.web.words import gettext as _
from shared.http.claims import STAFF
from shared.messaging.event import now

blp = new_blueprint("acting", guarded=True)
UNTIL_TOMORROW = timedelta(hours=20)


@blp.get("/contacts/new")
@session_policy(*STAFF)
def new_contact() -> Response:
    """The form for a new person."""
    return show("contacts/form.html", person=None, typed={}, faults={})


@blp.post("/contacts/new")
@session_policy(*STAFF)
def add_contact() -> Any:
    """Take the person in; says who may be the same."""
    typed = request.form.to_dict()
    facts = contact_facts(typed, new=True)
    made, faults = trying(lambda: asking().post("leads", "contacts", body=facts, once=typed.get("once", "")))
    if made is None:
        return show("contacts/form.html", status=422, person=None, typed=typed, faults=faults)
    same = ", ".join(other["full_name"] for other in made["possible_duplicates"])
    text = _("Taken in. May be the same person: %(names)s") % {"names": same} if same else _("Taken in.")
    return done(text, f"/contacts/{quote(made['id'], safe='')}")


@blp.get("/contacts/<contact_id>/edit")
@session_policy(*STAFF)
def edit_contact(contact_id: str) -> Response:
    """The form with what is known."""
    person = asking().get("leads", "contacts", contact_id)
    return show("contacts/form.html", person=person, typed=person, faults={})


@blp.post("/contacts/<contact_id>/edit")
@session_policy(*STAFF)
def change_contact(contact_id: str) -> Any:
    """Correct the person as it was read."""
    ask, typed = asking(), request.form.to_dict()
    facts, version = contact_facts(typed, new=False), typed.get("version", "0")
    changed, faults = trying(lambda: ask.patch("leads", "contacts", contact_id, body=facts, version=version))
    if changed is None:
        person = ask.get("leads", "contacts", contact_id)
        return show("contacts/form.html", status=422, person=person, typed=typed, faults=faults)
    return done(_("Saved."), f"/contacts/{quote(contact_id, safe='')}")


@blp.get("/contacts/<contact_id>/calls")
@session_policy(*STAFF)
def ask_call(contact_id: str) -> Response:
    """The dialog for a call: how it ended, what comes next."""
    return _call_dialog(contact_id, {}, Faults())


@blp.post("/contacts/<contact_id>/calls")
@session_policy(*STAFF)
def log_call(contact_id: str) -> Any:
    """Write the call down."""
    typed = form("outcome", "text", "next_on", "listing_id", "once")
    body: Row = {"kind": "call", "text": typed["text"], "outcome": typed["outcome"] or None}
    body |= {"next_on": typed["next_on"] or None, "listing_id": typed["listing_id"] or None}
    kept, faults = trying(
        lambda: asking().post("leads", "contacts", contact_id, "timeline", body=body, once=typed["once"])
    )
    if kept is None:
        return _call_dialog(contact_id, typed, faults, 422)
    if typed["listing_id"]:
        pair, tomorrow = f"{typed['listing_id']}/{contact_id}", now() + UNTIL_TOMORROW
        deps().activity.of(member().agency_id).set_aside(member().id, pair, tomorrow)
    nothing = show("empty.html", "_nothing.html")
    return done(_("Written down."), f"/contacts/{quote(contact_id, safe='')}", answer=nothing)


@blp.post("/contacts/<contact_id>/notes")
@session_policy(*STAFF)
def keep_note(contact_id: str) -> Any:
    """Keep a note for colleagues."""
    typed = form("text", "once")
    body = {"kind": "note", "text": typed["text"]}
    asking().post("leads", "contacts", contact_id, "timeline", body=body, once=typed["once"])
    return done(_("Kept."), f"/contacts/{quote(contact_id, safe='')}")


def _call_dialog(contact_id: str, typed: Mapping[str, str], faults: Faults, status: int = 200) -> Response:
    person = asking().get("leads", "contacts", contact_id)
    listing_id = typed.get("listing_id") or request.args.get("listing_id", "")
    return dialog(
        "contacts/_call_dialog.html", status, person=person, typed=typed, faults=faults, listing_id=listing_id
    )
