"""Explain: any person against any home, criterion by criterion, and whether an alert may go out."""

from __future__ import annotations

from flask import Response, request

from services.gateway.pages.explain import present, read
from services.gateway.web import respond
from services.gateway.web.agency import zone
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.session import session_policy
from shared.http.claims import STAFF

blp = new_blueprint("explain", guarded=True)


@blp.get("/explain")
@session_policy(*STAFF)
def show() -> Response:
    """The verdict on one pair; with one side only, the best of the other."""
    search_id, listing_id = request.args.get("saved_search_id", ""), request.args.get("listing_id", "")
    if search_id and listing_id:
        shown = present.pair_page(read.pair(search_id, listing_id), zone())
    elif search_id:
        shown = present.side_page(read.side_of_search(search_id))
    else:
        shown = present.side_page(read.side_of_listing(listing_id) if listing_id else read.SideAnswer())
    return respond.page("explain/show.html", "explanation", explain=shown)
