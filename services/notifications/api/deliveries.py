"""The HTTP door of notifications."""

from __future__ import annotations

from typing import Any

from services.notifications import handlers
from services.notifications.alerts import handlers as alerts
from services.notifications.api.deps import deps
from services.notifications.delivery import model
from services.notifications.letters import handlers as letters
from services.notifications.schemas import (
    DeliveryOut,
    DeliveryQuery,
    InvitationIn,
    LetterIn,
    Reachability,
    ReachQuery,
    Sendability,
    SendabilityQuery,
)
from shared.http.auth import policy, principal
from shared.http.claims import STAFF
from shared.http.schemas import Nothing, page_of
from shared.http.web import Blueprint, agency_id, writes
from shared.messaging.event import now
from shared.storage.mongo import Document
from shared.storage.paging import Page

blp = Blueprint("deliveries", __name__, url_prefix="/v1", description="Who was told what.")


@blp.route("/deliveries")
@policy(*STAFF)
@blp.arguments(DeliveryQuery, location="query")
@blp.response(200, page_of(DeliveryOut))
def list_deliveries(query: dict[str, Any]) -> Page:
    """List deliveries, newest first: sent, queued, held for a digest, skipped and why."""
    limit, cursor = query.pop("limit"), query.pop("cursor")
    page = deps().deliveries.of(agency_id()).list(query, limit, cursor)
    return Page([_shown(row) for row in page.items], page.next_cursor)


@blp.route("/deliveries", methods=["POST"])
@policy(*STAFF)
@writes
@blp.arguments(LetterIn)
@blp.response(201, DeliveryOut)
def write_letter(asked: dict[str, Any]) -> Document:
    """Write to one person about homes; it leaves after a moment in which it can be called off."""
    return _shown(letters.write(deps(), agency_id(), principal().member_id, asked))


@blp.route("/deliveries/<delivery_id>/cancellation", methods=["POST"])
@policy(*STAFF)
@writes
@blp.arguments(Nothing, required=False)
@blp.response(200, DeliveryOut)
def call_off(_nothing: dict[str, Any], delivery_id: str) -> Document:
    """Call a letter off that has not left yet."""
    return _shown(letters.call_off(deps(), agency_id(), delivery_id))


@blp.route("/reachability")
@policy(*STAFF)
@blp.arguments(ReachQuery, location="query")
@blp.response(200, Reachability)
def reachability(query: dict[str, Any]) -> dict[str, Any]:
    """Tell who may be written to by hand, and why others may not."""
    return {"items": letters.reachable(deps(), agency_id(), query["contact_id"])}


@blp.route("/deliveries/<delivery_id>")
@policy(*STAFF)
@blp.response(200, DeliveryOut)
def show_delivery(delivery_id: str) -> Document:
    """Show one delivery."""
    return _shown(deps().deliveries.of(agency_id()).document(delivery_id))


@blp.route("/deliveries/<delivery_id>/resend", methods=["POST"])
@policy(*STAFF)
@writes
@blp.arguments(Nothing, required=False)
@blp.response(200, DeliveryOut)
def resend(_nothing: dict[str, Any], delivery_id: str) -> Document:
    """Send again what failed, or what nobody knows the fate of."""
    return _shown(handlers.resend(deps(), agency_id(), delivery_id))


@blp.route("/sendability")
@policy(*STAFF)
@blp.arguments(SendabilityQuery, location="query")
@blp.response(200, Sendability)
def sendability(query: dict[str, Any]) -> Document:
    """Tell whether an alert may go out, gate by gate."""
    return alerts.sendability(deps(), agency_id(), **query)


@blp.route("/invitations", methods=["POST"])
@policy("admin")
@writes
@blp.arguments(InvitationIn)
@blp.response(204)
def invite(data: dict[str, Any]) -> None:
    """Mail somebody the link that lets them work at the agency; whose address it is, the caller knows."""
    deps().welcomes.of(agency_id()).invite(data, now() + model.WELCOME_WORKS)


def _shown(row: Document) -> Document:
    about = {name: row["listing"].get(name) for name in ("list_price", "currency")}
    about |= {"saved_search_ids": sorted(row["matches"]), "kind": row.get("kind", "alert")}
    about["leaves_at"] = row["not_before"] if row.get("kind") == model.LETTER and row["state"] == "queued" else None
    return row | about
