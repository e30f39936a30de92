"""The prospect's own pages: homes that were found."""

from __future__ import annotations

from flask import Response

from services.gateway.api.pages.blueprint import new_blueprint
from services.gateway.api.pages.sessions import prospect, session_policy
from services.gateway.api.pages.view import asking, show

blp = new_blueprint("me", guarded=True)


@blp.get("/me")
@session_policy("prospect")
def show_homes() -> Response:
    """Show the homes that fit, with why."""
    person = asking().get("leads", "contacts", prospect().contact_id)
    return show("me_homes.html", person=person)
