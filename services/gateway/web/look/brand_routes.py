"""An agency's colour as a stylesheet."""

from __future__ import annotations

from flask import Response, make_response

from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.deps import deps
from services.gateway.web.look import brand
from shared.errors import NotFound
from shared.http.auth import public

blp = new_blueprint("brand", guarded=False)
YEAR = "public, max-age=31536000, immutable"


@blp.get("/brand/<agency_id>-<stamp>.css")
@public
def show_brand(agency_id: str, stamp: str) -> Response:
    """The colour as tokens; another colour has another address."""
    colour = deps().agencies.of(agency_id).get(agency_id).colour
    if not colour or brand.stamp(colour) != stamp:
        raise NotFound("There is no such stylesheet.")
    answer = make_response(brand.stylesheet(colour))
    answer.mimetype = "text/css"
    answer.headers["Cache-Control"] = YEAR
    return answer
