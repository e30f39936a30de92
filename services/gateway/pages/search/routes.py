"""The search over everything."""

from __future__ import annotations

from flask import Response, request

from services.gateway.pages.search import found
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.session import member, session_policy
from services.gateway.web.view import asking, show
from shared.http.claims import STAFF

blp = new_blueprint("search", guarded=True)


@blp.get("/search")
@session_policy(*STAFF)
def search() -> Response:
    """Find people, homes, wishes and pages by a piece of what they are called."""
    wanted = request.args.get("q", "").strip()[:100]
    return show(
        "search/index.html", "search/_results.html", q=wanted, **found.everywhere(asking(), member().role, wanted)
    )
