"""The dependencies of the use cases of notifications."""

from __future__ import annotations

from dataclasses import dataclass

from services.notifications.agencies.store import AgencyStore, MemberStore
from services.notifications.delivery.context import ContextReader
from services.notifications.delivery.store import DeliveryStore
from services.notifications.invitations.store import InvitationStore
from services.notifications.pairs.store import ListingStatusStore, PairStore
from services.notifications.people.store import ConsentStore, ContactStore, PeopleStore, ReachableStore
from services.notifications.sign_in_links.store import SignInLinkStore


@dataclass(frozen=True)
class Deps:
    """All stores, not yet opened for an agency."""

    contacts: ContactStore
    reachable: ReachableStore
    consents: ConsentStore
    people: PeopleStore
    agencies: AgencyStore
    members: MemberStore
    pairs: PairStore
    statuses: ListingStatusStore
    deliveries: DeliveryStore
    sign_in_links: SignInLinkStore
    invitations: InvitationStore

    @property
    def context(self) -> ContextReader:
        """The reader of the context of deliveries."""
        return ContextReader(self.people)
