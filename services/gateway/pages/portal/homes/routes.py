"""The prospect's homes: those that fit, and one in full."""

from __future__ import annotations

from flask import Response, request

from services.gateway.pages.portal.homes import present, read
from services.gateway.pages.portal.homes.home_page import home_page
from services.gateway.web import respond
from services.gateway.web.blueprint import allow, new_blueprint
from services.gateway.web.clients import clients
from services.gateway.web.session import prospect, session_policy

blp = new_blueprint("me_homes", guarded=True)


@blp.get("/me")
@session_policy("prospect")
def show_homes() -> Response:
    """Show the homes that fit the wishes and why, new ones first."""
    reply = read.homes(clients(), prospect(), request.args.get("wish", ""))
    page = present.homes_page(reply, request.args.get("list", ""))
    return respond.page("portal/homes/index.html", "homes", page=page)


@blp.get("/me/homes/<listing_id>")
@session_policy("prospect")
def show_home(listing_id: str) -> Response:
    """Show a home in full; from now on it is no longer new."""
    page = home_page(read.home(clients(), prospect(), listing_id))
    return allow(respond.page("portal/homes/show.html", page=page))
