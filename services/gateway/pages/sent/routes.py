"""Sent: every mail about a home and how it stands."""

from __future__ import annotations

from flask import Response, request

from services.gateway.pages.sent import present, read
from services.gateway.web import respond
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.clients import clients
from services.gateway.web.language import gettext as _
from services.gateway.web.members import names_of_members
from services.gateway.web.session import session_policy
from shared.http.claims import STAFF

blp = new_blueprint("sent", guarded=True)


@blp.get("/sent")
@session_policy(*STAFF)
def show_list() -> Response:
    """The mails in one state, or in any, newest first."""
    state = request.args.get("state", "")
    answer = read.sent(state, request.args.get("cursor"))
    return respond.page("sent/index.html", "list", table=present.table(state, answer, names_of_members()))


@blp.post("/sent/<delivery_id>/resend")
@session_policy(*STAFF)
def resend(delivery_id: str) -> Response:
    """Send again what failed, or what may not have arrived."""
    clients().notifications.resend(delivery_id)
    return respond.saved(_("It is being sent again."), "/sent")
