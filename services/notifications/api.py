"""The HTTP door of notifications."""

from __future__ import annotations

from typing import Any

from services.notifications import handlers
from services.notifications.schemas import DeliveryOut, DeliveryQuery, Sendability, SendabilityQuery
from shared.auth import STAFF, policy
from shared.mongo import Document
from shared.paging import Page
from shared.schemas import Nothing, page_of
from shared.web import Blueprint, agency_id, deps, writes

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
    return handlers.sendability(deps(), agency_id(), **query)


def _shown(row: Document) -> Document:
    about = {name: row["listing"].get(name) for name in ("list_price", "currency")}
    return row | about | {"saved_search_ids": sorted(row["matches"])}
