"""Today: what happened lately, and what to do about it."""

from __future__ import annotations

from typing import Any

from flask import redirect

from services.gateway import live
from services.gateway.api.pages.blueprint import new_blueprint
from services.gateway.api.pages.sessions import member, session_policy
from services.gateway.api.pages.view import show
from shared.auth import STAFF
from shared.web import deps

blp = new_blueprint("today", guarded=True)


@blp.get("/")
@session_policy(*STAFF, "operator")
def show_today() -> Any:
    """The first page; an operator's is the services."""
    who = member()
    if not who.agency_id:
        return redirect("/services", 303)
    return show("today.html", "_today.html", **live.activity(deps(), who.agency_id))
