"""The mails of one state, with their people and homes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.gateway.components.people.read import people_by_id
from services.gateway.projections.model import ListingCard
from services.gateway.upstream.leads import Contact
from services.gateway.upstream.notifications import DeliveryPage
from services.gateway.web.clients import clients
from services.gateway.web.deps import deps
from services.gateway.web.session import member

SHOWN = 50


@dataclass(frozen=True)
class SentAnswer:
    """One page of deliveries, and the people and homes that they are about, by id."""

    page: DeliveryPage
    people: Mapping[str, Contact]
    homes: Mapping[str, ListingCard]


def sent(state: str, cursor: str | None) -> SentAnswer:
    """One page of the deliveries in this state, or in any, newest first."""
    services = clients()
    page = services.notifications.deliveries(state=state, cursor=cursor, limit=SHOWN)
    people = people_by_id(services, (delivery["contact_id"] for delivery in page["items"]))
    homes = deps().listings.of(member().agency_id).some([delivery["listing_id"] for delivery in page["items"]])
    return SentAnswer(page, people, homes)
