"""The page of one listing, and its parts: people by fit, demand, open questions, similar homes."""

from __future__ import annotations

from flask import Response, request

from services.gateway.components.charts.demand import DemandChart
from services.gateway.pages.listing import present, read
from services.gateway.upstream.http import Unavailable
from services.gateway.upstream.matching import SimilarListing
from services.gateway.web import respond
from services.gateway.web.blueprint import is_partial, new_blueprint
from services.gateway.web.deferred_part import DeferredPart
from services.gateway.web.session import session_policy
from shared.http.claims import STAFF

blp = new_blueprint("listing", guarded=True)
PAGE = "listing/show.html"


@blp.get("/listings/<listing_id>")
@session_policy(*STAFF)
def show(listing_id: str) -> Response:
    """The whole page; demand and similar homes follow by themselves."""
    return _whole_page(listing_id)


@blp.get("/listings/<listing_id>/people")
@session_policy(*STAFF)
def show_people(listing_id: str) -> Response:
    """The people of one kind, best first."""
    if not is_partial():
        return _whole_page(listing_id)
    home = read.listing(listing_id)
    page = read.people_page(listing_id, read.PeopleFilter.from_args(request.args))
    return respond.page(PAGE, "people", home=home, table=present.people_table(listing_id, page))


@blp.get("/listings/<listing_id>/demand")
@session_policy(*STAFF)
def show_demand(listing_id: str) -> Response:
    """How many people it would suit at other prices; counting takes a moment, so the page does not wait for it."""
    demand = present.demand(listing_id, read.demand(read.listing(listing_id)))
    if not is_partial():
        return _whole_page(listing_id, demand=demand)
    return respond.page(PAGE, "demand", demand=demand)


@blp.get("/listings/<listing_id>/similar")
@session_policy(*STAFF)
def show_similar(listing_id: str) -> Response:
    """The homes on the market that are most like it."""
    home = read.listing(listing_id)
    similar = present.similar(listing_id, read.similar(home["id"]))
    if not is_partial():
        return _whole_page(listing_id, similar=similar)
    return respond.page(PAGE, "similar", similar=similar)


@blp.get("/listings/<listing_id>/questions")
@session_policy(*STAFF)
def show_questions(listing_id: str) -> Response:
    """What to ask the owner."""
    if not is_partial():
        return _whole_page(listing_id)
    home = read.listing(listing_id)
    return respond.page(PAGE, "questions", questions=present.questions(home, read.open_questions(listing_id)))


def _whole_page(
    listing_id: str,
    demand: DeferredPart[DemandChart] | None = None,
    similar: DeferredPart[list[SimilarListing]] | None = None,
) -> Response:
    page = read.listing_page(listing_id, read.PeopleFilter.from_args(request.args))
    return respond.page(
        PAGE,
        home=page.listing,
        owners=[] if isinstance(page.owners, Unavailable) else list(page.owners.values()),
        table=present.people_table(listing_id, page.people),
        questions=present.questions(page.listing, page.questions),
        prices=present.prices(listing_id, page.history),
        demand=demand or DeferredPart(present.demand_path(listing_id), is_pending=True),
        similar=similar or DeferredPart(present.similar_path(listing_id), is_pending=True),
    )
