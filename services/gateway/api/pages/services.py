"""The services, kept current; and what could not be handled."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, redirect, request

from services.gateway import live
from services.gateway.api.pages.blueprint import new_blueprint
from services.gateway.api.pages.sessions import member, session_policy
from services.gateway.api.pages.view import show
from services.gateway.upstream import Away
from shared import health, processes
from shared.errors import NotFound
from shared.settings import SERVICES
from shared.web import deps

blp = new_blueprint("services", guarded=True)
CARETAKERS = ("admin", "operator")


@blp.get("/services")
@session_policy(*CARETAKERS, touch=False)
def show_services() -> Response:
    """How each service is, and what could not be handled."""
    return show("services.html", "_services.html", **_state())


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
    return redirect("/services#dead", 303)


def _state() -> dict[str, Any]:
    """What the page shows to this person: an operator sees no agency's dead entries."""
    who = member()
    services = live.statuses(deps(), who, _own_status)
    return {
        "services": {name: services[name] for name in SERVICES},
        "dead": live.dead_entries(deps(), who, _with_dead(services)),
    }


def _with_dead(services: dict[str, Any]) -> list[str]:
    return [name for name in SERVICES if not isinstance(services[name], Away) and services[name]["inbox_dead"]]


def _own_status() -> dict[str, Any]:
    db = current_app.extensions["lintel"]["db"]
    return {"service": "gateway", **health.figures(db), "processes": processes.alive(db)}
