"""Events that could not be handled: shown with their cause, replayed, or discarded with a reason."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Response, request

from services.gateway.components.dead_entries import read
from services.gateway.web import respond
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.forms.page_form import FormErrors, submit
from services.gateway.web.language import gettext as _
from services.gateway.web.members import names_of_members
from services.gateway.web.session import session_policy
from shared.running.services import SERVICES

blp = new_blueprint("dead", guarded=True)
CARETAKERS = ("admin", "operator")
FOLDER = "operations/dead_entries"


@blp.get("/dead")
@session_policy(*CARETAKERS, touch=False)
def show_dead() -> Response:
    """What waits for a person in every service, or what was done with it."""
    return _page(SERVICES, None)


@blp.get("/dead/<service>")
@session_policy(*CARETAKERS, touch=False)
def show_dead_of(service: str) -> Response:
    """The same of one service."""
    return _page((read.known_service(service),), service)


@blp.get("/dead/<service>/<entry_id>")
@session_policy(*CARETAKERS)
def show_entry(service: str, entry_id: str) -> Response:
    """One entry with its event."""
    entry = read.client_of(service).dead_entry(entry_id)
    return respond.page(f"{FOLDER}/entry.html", service=service, entry=entry)


@blp.post("/dead/<service>/<entry_id>/replay")
@session_policy(*CARETAKERS)
def replay(service: str, entry_id: str) -> Response:
    """Handle a dead entry again from the start."""
    read.client_of(service).replay(entry_id)
    return _saved(_("The event is being replayed."))


@blp.get("/dead/<service>/<entry_id>/discard")
@session_policy(*CARETAKERS)
def ask_reason(service: str, entry_id: str) -> Response:
    """Ask why it is given up."""
    return _reason_dialog(service, entry_id, "", FormErrors())


@blp.post("/dead/<service>/<entry_id>/discard")
@session_policy(*CARETAKERS)
def discard(service: str, entry_id: str) -> Response:
    """Give a dead entry up, with the reason."""
    reason = request.form.get("reason", "").strip()
    if not reason:
        errors = FormErrors(reason=_("State the reason, so that the next person knows."))
        return _reason_dialog(service, entry_id, reason, errors)
    _nothing, errors = submit(lambda: read.client_of(service).discard(entry_id, reason=reason))
    if errors:
        return _reason_dialog(service, entry_id, reason, errors)
    return _saved(_("Discarded; the reason is kept."))


def _page(services: Iterable[str], service: str | None) -> Response:
    state = request.args.get("state", "")
    if state in read.ACTIONS:
        listed = read.resolved_entries(services, state, names_of_members())
    else:
        listed = read.waiting_entries(services)
    return respond.page(f"{FOLDER}/index.html", "entries", service=service, listed=listed)


def _reason_dialog(service: str, entry_id: str, reason: str, errors: FormErrors) -> Response:
    return respond.dialog(
        f"{FOLDER}/_discard_dialog.html",
        status=422 if errors else 200,
        service=service,
        entry=read.client_of(service).dead_entry(entry_id),
        title=_("Discard"),
        reason=reason,
        faults=errors,
    )


def _saved(text: str) -> Response:
    """The list stays where it is and asks again."""
    return respond.saved(text, "/services#dead", answer=Response(""))
