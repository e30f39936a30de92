"""What could not be handled: shown with its cause, replayed, or discarded with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Response, request

from services.gateway.accounts.deps import deps
from services.gateway.upstream import watching
from services.gateway.upstream.http import Away
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.language import gettext as _
from services.gateway.web.session import member, session_policy
from services.gateway.web.view import Faults, dialog, done, show, trying
from shared.running.settings import SERVICES

blp = new_blueprint("dead", guarded=True)
CARETAKERS = ("admin", "operator")
DONE = {"replayed": "replay", "discarded": "discard"}


@blp.get("/dead")
@session_policy(*CARETAKERS, touch=False)
def show_dead() -> Response:
    """What waits for a person in every service, or what was done with it."""
    return _page(SERVICES, None)


@blp.get("/dead/<service>")
@session_policy(*CARETAKERS, touch=False)
def show_dead_of(service: str) -> Response:
    """The same of one service."""
    return _page((watching.known(service),), service)


@blp.get("/dead/<service>/<entry_id>")
@session_policy(*CARETAKERS)
def show_entry(service: str, entry_id: str) -> Response:
    """One entry whole, with its event."""
    entry = watching.dead_entry(deps(), member(), service, entry_id)
    return show("operations/dead_events/entry.html", service=service, entry=entry)


@blp.post("/dead/<service>/<entry_id>/replay")
@session_policy(*CARETAKERS)
def replay(service: str, entry_id: str) -> Any:
    """Handle a dead entry again from the start."""
    watching.act_on_dead_entry(deps(), member(), service, entry_id, "replay", None)
    return _after(_("It is being handled again."))


@blp.get("/dead/<service>/<entry_id>/discard")
@session_policy(*CARETAKERS)
def ask_reason(service: str, entry_id: str) -> Response:
    """Ask why it is given up."""
    return _reason_dialog(service, entry_id)


@blp.post("/dead/<service>/<entry_id>/discard")
@session_policy(*CARETAKERS)
def discard(service: str, entry_id: str) -> Any:
    """Give a dead entry up, with the reason."""
    reason = request.form.get("reason", "").strip()
    body = {"reason": reason}
    _none, faults = trying(lambda: watching.act_on_dead_entry(deps(), member(), service, entry_id, "discard", body))
    if faults:
        faults = faults if reason else Faults(reason=_("Say why: whoever looks next wants to know."))
        return _reason_dialog(service, entry_id, 422, faults=faults, reason=reason)
    return _after(_("It is given up; the reason is kept."))


def waiting(services: Iterable[str]) -> dict[str, Any]:
    """What templates need for the dead entries that wait."""
    found = watching.dead_entries(deps(), member(), services)
    return {"state": "waiting", **_sorted(found), "names": {}}


def _page(services: Iterable[str], service: str | None) -> Response:
    state = request.args.get("state", "waiting")
    told = waiting(services) if state not in DONE else _past(services, state)
    return show("operations/dead_events/index.html", "operations/dead_events/_dead.html", service=service, **told)


def _past(services: Iterable[str], state: str) -> dict[str, Any]:
    found = watching.done_entries(deps(), member(), services, DONE[state])
    page = deps().members.of(member().agency_id).listed(200, None)
    return {"state": state, **_sorted(found), "names": {each.id: each.display_name for each in page.items}}


def _sorted(found: dict[str, Any]) -> dict[str, Any]:
    """Entries beside their service, and the services that give no answer."""
    away = [name for name, entries in found.items() if isinstance(entries, Away)]
    entries = [(name, entry) for name, listed in found.items() if name not in away for entry in listed]
    return {"entries": entries, "away_services": away}


def _reason_dialog(service: str, entry_id: str, status: int = 200, **told: Any) -> Response:
    entry = watching.dead_entry(deps(), member(), service, entry_id)
    told = {"faults": {}, "reason": ""} | told
    return dialog(
        "operations/dead_events/_discard_dialog.html", status, service=service, entry=entry, title=_("Discard"), **told
    )


def _after(text: str) -> Response:
    """The list stays where it is and looks again."""
    return done(text, "/services#dead", answer=Response(""))
