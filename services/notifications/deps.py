"""What the use cases of notifications need."""

from __future__ import annotations

from dataclasses import dataclass

from services.notifications.delivery.store import (
    AgencyStore,
    ConsentStore,
    ContactStore,
    DeliveryStore,
    ListingStore,
    MemberStore,
    PairStore,
    ReachStore,
)
from services.notifications.people.store import PeopleStore
from services.notifications.sign_in_links.store import LinkStore, WelcomeStore


@dataclass(frozen=True)
class Deps:
    """What the use cases need."""

    contacts: ContactStore
    reachable: ReachStore
    consents: ConsentStore
    agencies: AgencyStore
    members: MemberStore
    listings: ListingStore
    pairs: PairStore
    people: PeopleStore
    deliveries: DeliveryStore
    links: LinkStore
    welcomes: WelcomeStore
