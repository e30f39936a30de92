"""The first page: what is happening, kept current; and what could not be handled."""

from __future__ import annotations

from typing import Any

from flask import current_app, make_response, redirect, render_template, request

from services.gateway import live
from services.gateway.api.pages import words
from services.gateway.api.pages.sessions import member, session_policy
from services.gateway.api.pages.shell import new_blueprint
from services.gateway.upstream import Away
from shared import health, processes
from shared.auth import STAFF
from shared.errors import NotFound
from shared.settings import SERVICES
from shared.web import deps

blp = new_blueprint("pages", guarded=True)
CARETAKERS = ("admin", "operator")


@blp.get("/")
@session_policy(*STAFF, "operator")
def show_live() -> str:
    """The whole page."""
    return render_template("live.html", **_state())


@blp.get("/live")
@session_policy(*STAFF, "operator", touch=False)
def show_live_part() -> Any:
    """Its moving part; 304 while nothing has moved."""
    answer = make_response(render_template("_live.html", **_state()))
    answer.add_etag()
    return answer.make_conditional(request)


@blp.post("/dead/<service>/<entry_id>/replay")
@session_policy(*CARETAKERS)
def replay(service: str, entry_id: str) -> Any:
    """Handle a dead entry again."""
    return _act(service, entry_id, "replay", None)


@blp.post("/dead/<service>/<entry_id>/discard")
@session_policy(*CARETAKERS)
def discard(service: str, entry_id: str) -> Any:
    """Give a dead entry up, with the reason."""
    return _act(service, entry_id, "discard", {"reason": request.form.get("reason", "")})


def _act(service: str, entry_id: str, action: str, body: Any) -> Any:
    if service not in SERVICES:
        raise NotFound("There is no such service.")
    live.act_on_dead_entry(deps(), member(), service, entry_id, action, body)
    return redirect("/#dead", 303)


def _state() -> dict[str, Any]:
    """What the page shows to this person: an operator sees the services alone."""
    who = member()
    words.read_in("en")
    services = live.statuses(deps(), who, _own_status)
    state: dict[str, Any] = {"member": who, "services": {name: services[name] for name in SERVICES}, "zone": "UTC"}
    if who.agency_id:
        state["agency"] = agency = deps().agencies.of(who.agency_id).get(who.agency_id)
        state |= {"zone": agency.time_zone, **live.activity(deps(), who.agency_id)}
    if who.role in CARETAKERS:
        state["dead"] = live.dead_entries(deps(), who, _with_dead(services))
    return state


def _with_dead(services: dict[str, Any]) -> list[str]:
    return [name for name in SERVICES if not isinstance(services[name], Away) and services[name]["inbox_dead"]]


def _own_status() -> dict[str, Any]:
    db = current_app.extensions["lintel"]["db"]
    return {"service": "gateway", **health.figures(db), "processes": processes.alive(db)}
