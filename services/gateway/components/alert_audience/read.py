"""The audience of a listing: matching returns the pairs, notifications counts the people it would mail."""

from __future__ import annotations

from dataclasses import dataclass, field

from services.gateway.upstream.matching import Audience
from services.gateway.upstream.services import ServiceClients


@dataclass(frozen=True)
class AudienceCount:
    """People whom a listing fits and to whom it would be news: all, those with a mail at once, those with a digest.

    `on_market` is False where nobody is written to yet.
    """

    people: int
    mailed: int = 0
    held: dict[str, int] = field(default_factory=dict)
    on_market: bool = True

    @property
    def in_digests(self) -> int:
        """How many people would find it in a daily or weekly mail."""
        return sum(self.held.values())


def count_audience(services: ServiceClients, audience: Audience) -> AudienceCount:
    """What notifications counts for all pairs of an audience."""
    if not audience["on_market"] or not audience["pairs"]:
        return AudienceCount(audience["contacts"], on_market=audience["on_market"])
    counted = services.notifications.alert_audience(
        audience["pairs"],
        listing_id=audience["listing_id"],
        list_price=audience["price"],
        currency=audience["currency"],
    )
    return AudienceCount(audience["contacts"], counted["mailed"], counted["held"])
