"""Cancelling letters that have not left yet."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, make_response, request

from services.gateway.pages.letters import present, sending
from services.gateway.pages.letters.forms import MOST_PEOPLE
from services.gateway.web import respond
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.session import session_policy
from shared.http.claims import STAFF

blp = new_blueprint("letter_cancellations", guarded=True)


@blp.post("/letters/<delivery_id>/cancellation")
@session_policy(*STAFF)
def cancel(delivery_id: str) -> Response:
    """Cancel one letter."""
    return _cancel([delivery_id])


@blp.post("/letters/cancellations")
@session_policy(*STAFF)
def cancel_several() -> Response:
    """Cancel the letters that were just written together; each `id` in the address is one of them."""
    return _cancel(request.args.getlist("id")[:MOST_PEOPLE])


def _cancel(delivery_ids: Sequence[str]) -> Response:
    too_late = sending.cancel(delivery_ids)
    return respond.saved(present.cancelled(len(delivery_ids), too_late), "/sent", answer=make_response(""))
