"""The listings: the table with its filter, a count beside each choice, and the same homes on the map."""

from __future__ import annotations

from flask import Response, request

from services.gateway.pages.listings import present, read
from services.gateway.pages.listings.filter import ListingFilter
from services.gateway.web import respond
from services.gateway.web.blueprint import is_partial, new_blueprint
from services.gateway.web.session import session_policy
from shared.http.claims import STAFF

blp = new_blueprint("listings", guarded=True)


@blp.get("/listings")
@session_policy(*STAFF)
def show() -> Response:
    """The listings that meet the filter; the many of the map follow once the page is there."""
    shown = ListingFilter.from_args(request.args)
    found = read.listings(shown, with_page=is_partial() or not shown.is_map)
    return respond.page("listings/index.html", "listings", table=present.listings_table(shown, found))
