"""Price rules over HTTP."""

from __future__ import annotations

from typing import TypedDict

from services.properties import handlers
from services.properties.api.deps import deps
from services.properties.model import PriceCheck
from services.properties.schemas import PriceCheckIn, PriceCheckOut
from shared.http.auth import policy
from shared.http.claims import STAFF
from shared.http.web import Blueprint, agency_id

blp = Blueprint("prices", __name__, url_prefix="/v1/price-checks", description="What speaks against a price.")


class PriceCheckBody(TypedDict):
    """The checked body; the price in minor units."""

    listing_id: str | None
    standard_status: str
    list_price: int | None
    currency: str | None


@blp.route("", methods=["POST"])
@policy(*STAFF)
@blp.arguments(PriceCheckIn)
@blp.response(200, PriceCheckOut)
def check_price(body: PriceCheckBody) -> PriceCheck:
    """Check a price while it is typed and list the objections; nothing is changed."""
    return handlers.check_price(deps(), agency_id(), **body)
