"""The homes that the prospect likes, or may like."""

from __future__ import annotations

from functools import partial

from flask import Response

from services.gateway.components.prospect_homes.opinions import home_opinions
from services.gateway.pages.portal.saved.present import saved_page
from services.gateway.web import respond
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.clients import clients
from services.gateway.web.session import prospect, session_policy

blp = new_blueprint("me_saved", guarded=True)


@blp.get("/me/saved")
@session_policy("prospect")
def show_saved() -> Response:
    """Show the homes that were marked as favourite or maybe."""
    favourites, maybes = clients().in_parallel(
        partial(home_opinions, clients(), prospect(), "favorite"),
        partial(home_opinions, clients(), prospect(), "possibility"),
    )
    return respond.page("portal/saved/show.html", page=saved_page(favourites, maybes))
