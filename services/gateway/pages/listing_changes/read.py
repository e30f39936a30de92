"""The effects of another price of a listing."""

from __future__ import annotations

from dataclasses import dataclass

from services.gateway.components.alert_audience.read import AudienceCount, count_audience
from services.gateway.upstream.http import Unavailable
from services.gateway.upstream.matching import PriceEffect
from services.gateway.upstream.price_checks import PriceCheck
from services.gateway.upstream.properties import Listing
from services.gateway.web.clients import clients


@dataclass(frozen=True)
class PricePreview:
    """The people whom another price would add and lose, the mails sent at once, and the objections to the price."""

    effect: PriceEffect
    audience: AudienceCount | Unavailable
    check: PriceCheck | Unavailable


def listing(listing_id: str) -> Listing:
    """The listing; NotFound when there is none."""
    return clients().properties.listing(listing_id)


def price_preview(listing_id: str, price: float | None) -> PricePreview | Unavailable | None:
    """What this price would do; None without a price."""
    services = clients()
    if not price or price < 0:
        return None
    effect, audience, check = services.in_parallel(
        lambda: services.matching.price_effect(listing_id, price=price),
        lambda: count_audience(services, services.matching.audience(listing_id, price=price)),
        lambda: services.properties.check_price(price, listing_id=listing_id),
    )
    return effect if isinstance(effect, Unavailable) else PricePreview(effect, audience, check)
