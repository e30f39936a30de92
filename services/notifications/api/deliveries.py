"""Deliveries over HTTP: the list, letters, calling off, sending again."""

from __future__ import annotations

from typing import Any

from services.notifications import handlers
from services.notifications.api.deps import deps
from services.notifications.delivery.model import Delivery
from services.notifications.letters import handlers as letters
from services.notifications.letters.handlers import NewLetter
from services.notifications.schemas.deliveries import DeliveryOut, DeliveryQuery, LetterIn
from shared.http.auth import policy, principal
from shared.http.claims import STAFF
from shared.http.schemas import Nothing, page_of
from shared.http.web import Blueprint, agency_id, writes
from shared.storage.paging import Page

blp = Blueprint("deliveries", __name__, url_prefix="/v1/deliveries", description="Mails to people and their states.")


@blp.route("")
@policy(*STAFF)
@blp.arguments(DeliveryQuery, location="query")
@blp.response(200, page_of(DeliveryOut))
def list_deliveries(query: dict[str, Any]) -> Page:  # Any: the checked query, each value with its own type
    """List deliveries, newest first: sent, queued, held for a digest, skipped and why."""
    limit, cursor = query.pop("limit"), query.pop("cursor")
    return deps().deliveries.of(agency_id()).list(query, limit, cursor)


@blp.route("", methods=["POST"])
@policy(*STAFF)
@writes
@blp.arguments(LetterIn)
@blp.response(201, DeliveryOut)
def write_letter(letter: NewLetter) -> Delivery:
    """Write to one person about homes; it is sent after a short delay in which it can be cancelled."""
    return letters.write(deps(), agency_id(), principal().member_id, letter)


@blp.route("/<delivery_id>")
@policy(*STAFF)
@blp.response(200, DeliveryOut)
def show_delivery(delivery_id: str) -> Delivery:
    """Show one delivery."""
    return deps().deliveries.of(agency_id()).get(delivery_id)


@blp.route("/<delivery_id>/cancellation", methods=["POST"])
@policy(*STAFF)
@writes
@blp.arguments(Nothing, required=False)
@blp.response(200, DeliveryOut)
def call_off(_nothing: dict[str, str], delivery_id: str) -> Delivery:
    """Cancel a letter that has not been sent yet."""
    return letters.call_off(deps(), agency_id(), delivery_id)


@blp.route("/<delivery_id>/resend", methods=["POST"])
@policy(*STAFF)
@writes
@blp.arguments(Nothing, required=False)
@blp.response(200, DeliveryOut)
def resend(_nothing: dict[str, str], delivery_id: str) -> Delivery:
    """Send again what failed or may have arrived."""
    return handlers.resend(deps(), agency_id(), delivery_id)
