"""The page of one contact: wishes, homes, timeline, consents, notes."""

from __future__ import annotations

from flask import Response, request

from services.gateway.pages.contact import present, read
from services.gateway.pages.contact.tabs import NAMES, shown_tab
from services.gateway.web import respond
from services.gateway.web.blueprint import is_partial, new_blueprint, sentence_for
from services.gateway.web.members import names_of_members
from services.gateway.web.session import session_policy
from shared.errors import NotFound
from shared.http.claims import STAFF

blp = new_blueprint("contact", guarded=True)
PAGE = "contact/show.html"


@blp.get("/contacts/<contact_id>")
@session_policy(*STAFF)
def show(contact_id: str) -> Response:
    """One person."""
    return _whole_page(contact_id, NAMES[0])


@blp.get("/contacts/<contact_id>/<name>")
@session_policy(*STAFF)
def show_tab(contact_id: str, name: str) -> Response:
    """One tab of a person: homes, mail, notes or consents with their history."""
    if name not in NAMES:
        raise NotFound(sentence_for(404))
    if not is_partial():
        return _whole_page(contact_id, name)
    contact, tab = read.contact(contact_id), read.tab(contact_id, name)
    return respond.page(PAGE, "tab", contact=contact, tab=shown_tab(contact_id, name, tab, names_of_members()))


@blp.get("/contacts/<contact_id>/timeline")
@session_policy(*STAFF)
def show_timeline(contact_id: str) -> Response:
    """The timeline of a person from a cursor on."""
    if not is_partial():
        return _whole_page(contact_id, NAMES[0])
    page = read.timeline(contact_id, request.args.get("cursor"))
    return respond.page(PAGE, "timeline", timeline=present.timeline(contact_id, page, names_of_members()))


def _whole_page(contact_id: str, tab_name: str) -> Response:
    answer, names = read.whole(contact_id, tab_name, request.args.get("cursor")), names_of_members()
    return respond.page(
        PAGE,
        contact=answer.contact,
        page=present.contact_shown(answer, names),
        tab=shown_tab(contact_id, tab_name, answer.tab, names),
        timeline=present.timeline(contact_id, answer.timeline, names),
    )
