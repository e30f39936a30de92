"""Today: people to call, answers, e-mails that did not arrive, e-mails sent."""

from __future__ import annotations

from datetime import timedelta

from flask import Response, make_response, redirect, request

from services.gateway.pages.today import present, read
from services.gateway.web import respond
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.deps import deps
from services.gateway.web.language import gettext as _
from services.gateway.web.session import member, session_policy
from shared.http.claims import STAFF
from shared.messaging.event import now

blp = new_blueprint("today", guarded=True)
LATER = timedelta(hours=20)


@blp.get("/")
@session_policy(*STAFF, "operator")
def show() -> Response:
    """The first page; an operator's is the services."""
    if not member().agency_id:
        return make_response(redirect("/services", 303))
    shown = present.today(read.today(), _whose(), member().id)
    return respond.page("today/index.html", "today", today=shown, now=now())


@blp.post("/today/<listing_id>/<contact_id>/set-aside")
@session_policy(*STAFF)
def set_aside(listing_id: str, contact_id: str) -> Response:
    """Take a row away: until tomorrow, or for good where it is not worth a call."""
    until = None if request.form.get("how") == "for_good" else now() + LATER
    deps().activity.of(member().agency_id).set_aside(member().id, f"{listing_id}/{contact_id}", until)
    text = _("Not shown again.") if until is None else _("Comes back tomorrow.")
    return respond.saved(text, "/", answer=make_response(""))


def _whose() -> str:
    """One's own people, or everybody's: as the address says, else as this role mostly works."""
    wanted = request.args.get("whose", "")
    return wanted if wanted in ("mine", "team") else "mine" if member().role == "agent" else "team"
