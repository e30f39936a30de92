"""The homes that a prospect gave an answer to."""

from __future__ import annotations

from dataclasses import dataclass

from services.gateway.accounts.model.session import Prospect
from services.gateway.projections.model import ListingCard
from services.gateway.upstream.matching import Opinion
from services.gateway.upstream.services import ServiceClients
from services.gateway.web.deps import deps

MOST_HOMES = 100


@dataclass(frozen=True)
class HomeOpinion:
    """A home that the prospect gave an answer to, and the listing as it is now."""

    opinion: Opinion
    listing: ListingCard


def home_opinions(clients: ServiceClients, prospect: Prospect, preference: str) -> list[HomeOpinion]:
    """The homes with this answer of the prospect, the latest first; listings that are not kept are left out."""
    page = clients.matching.opinions(prospect.contact_id, preference=preference, limit=MOST_HOMES)
    opinions = sorted(page["items"], key=lambda each: each["changed_at"] or "", reverse=True)
    listings = _listings(prospect, [each["listing_id"] for each in opinions])
    return [HomeOpinion(each, listings[each["listing_id"]]) for each in opinions if each["listing_id"] in listings]


def listing(prospect: Prospect, listing_id: str) -> ListingCard:
    """The card of a listing; empty when there is none."""
    return _listings(prospect, [listing_id]).get(listing_id, {})


def _listings(prospect: Prospect, ids: list[str]) -> dict[str, ListingCard]:
    listings: dict[str, ListingCard] = deps().listings.of(prospect.agency_id).some(ids)
    return listings
