"""Whether people may be written to, over HTTP: by person, by alert gate by gate, and the audience of an alert."""

from __future__ import annotations

from typing import TypedDict

from services.notifications import handlers
from services.notifications.alerts import gates
from services.notifications.alerts.audience import AudienceCount, Offer, OfferedPair, count_audience
from services.notifications.api.deps import deps
from services.notifications.people.model import Reachability
from services.notifications.schemas.reachability import (
    AlertAudience,
    AlertAudienceIn,
    Reachabilities,
    ReachabilityIn,
    SendabilityOut,
    SendabilityQuery,
)
from shared.http.auth import policy
from shared.http.claims import STAFF
from shared.http.web import Blueprint, agency_id, takes

blp = Blueprint("reachability", __name__, url_prefix="/v1", description="Who may be written to.")
# The largest body: 50,000 pairs with the longest ids, in bytes.
LARGEST_AUDIENCE = 16 * 1024 * 1024


class ReachabilityBody(TypedDict):
    """The checked body of `reachability`."""

    contact_ids: list[str]


class AudienceBody(TypedDict):
    """The checked body of `alert_audience`; the price in minor units."""

    listing_id: str | None
    list_price: int | None
    currency: str | None
    pairs: list[OfferedPair]


class Items(TypedDict):
    """Several people's reachability."""

    items: list[Reachability]


@blp.route("/reachability", methods=["POST"])
@policy(*STAFF)
@blp.arguments(ReachabilityIn)
@blp.response(200, Reachabilities)
def reachability(body: ReachabilityBody) -> Items:
    """Show how each of these people may be reached: by mail, by telephone or not at all, and why not by mail."""
    return {"items": handlers.reachability(deps(), agency_id(), body["contact_ids"])}


@blp.route("/alert-audience", methods=["POST"])
@policy(*STAFF)
@takes(LARGEST_AUDIENCE)
@blp.arguments(AlertAudienceIn)
@blp.response(200, AlertAudience)
def alert_audience(body: AudienceBody) -> AudienceCount:
    """Count how many people an alert about a home at a price would be mailed to, and why the others get none."""
    offer = Offer(body["listing_id"], body["list_price"], body["currency"])
    return count_audience(deps(), agency_id(), offer, body["pairs"])


@blp.route("/sendability")
@policy(*STAFF)
@blp.arguments(SendabilityQuery, location="query")
@blp.response(200, SendabilityOut)
def sendability(query: gates.AlertSubject) -> gates.Sendability:
    """Show whether an alert may be sent, gate by gate; matching checks the gates of the search itself."""
    return gates.sendability(deps(), agency_id(), query)
