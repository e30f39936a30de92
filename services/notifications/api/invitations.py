"""Invitations to work at an agency, over HTTP."""

from __future__ import annotations

from services.notifications.api.deps import deps
from services.notifications.invitations.store import Invitation
from services.notifications.schemas.invitations import InvitationIn
from shared.http.auth import policy
from shared.http.web import Blueprint, agency_id, writes

blp = Blueprint("invitations", __name__, url_prefix="/v1/invitations", description="Invitations to members.")


@blp.route("", methods=["POST"])
@policy("admin")
@writes
@blp.arguments(InvitationIn)
@blp.response(204)
def invite(invitation: Invitation) -> None:
    """Mail a person the link to join the agency; the caller is responsible for the address."""
    deps().invitations.of(agency_id()).add(invitation)
