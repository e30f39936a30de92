"""Search: one field over people, homes, wishes and the pages themselves."""

from __future__ import annotations

from flask import Response, request

from services.gateway.pages.search import present, read
from services.gateway.web import respond
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.navigation import navigation
from services.gateway.web.session import member, session_policy
from shared.http.claims import STAFF

blp = new_blueprint("search", guarded=True)
LONGEST_QUERY = 100


@blp.get("/search")
@session_policy(*STAFF)
def search() -> Response:
    """Find people, homes, wishes and pages by a piece of their name."""
    query = request.args.get("q", "").strip()[:LONGEST_QUERY]
    results = present.results(query, read.everything(query), navigation(member().role))
    return respond.page("search/index.html", "results", results=results)
