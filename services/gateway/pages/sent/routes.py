"""Sent: every mail about a home, with what became of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Response, request

from services.gateway.components.people.read import people
from services.gateway.web.answers import Row
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.deps import deps
from services.gateway.web.sessions import member, session_policy
from services.gateway.web.view import asking, colleagues, done, show
from services.gateway.web.vocabulary import options
from services.gateway.web.words import gettext as _
from shared.http.claims import STAFF
from shared.vocabulary.deliveries import DELIVERY_STATES

blp = new_blueprint("sent", guarded=True)
SHOWN = 50


@blp.get("/sent")
@session_policy(*STAFF)
def show_sent() -> Response:
    """The mails, newest first, by what became of them."""
    state = request.args.get("state", "")
    ask, cursor = asking(), request.args.get("cursor")
    page = ask.get("notifications", "deliveries", state=state, cursor=cursor, limit=SHOWN)
    known = people(ask, (row["contact_id"] for row in page["items"]))
    homes = deps().listings.of(member().agency_id).some([row["listing_id"] for row in page["items"]])
    rows = [
        row | {"person": known.get(row["contact_id"]), "home": homes.get(row["listing_id"])} for row in page["items"]
    ]
    after = page["next_cursor"]
    more = f"/sent?{urlencode({'state': state, 'cursor': after})}" if after else None
    return show(
        "sent/index.html", "sent/_sent.html", rows=rows, state=state, more=more, tabs_=_tabs(), members=colleagues()
    )


@blp.post("/sent/<delivery_id>/resend")
@session_policy(*STAFF)
def resend(delivery_id: str) -> Any:
    """Send again what failed, or what nobody knows the fate of."""
    asking().post("notifications", "deliveries", delivery_id, "resend")
    return done(_("It goes out again."), "/sent")


def _tabs() -> list[Row]:
    states = ("sent", "queued", "held", "failed", "unknown", "skipped")
    texts = [("", _("All")), *options(DELIVERY_STATES, states)]
    return [
        {"name": name, "text": text, "count": None, "path": f"/sent?{urlencode({'state': name})}"}
        for name, text in texts
    ]
