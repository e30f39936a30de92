"""What the use cases of matching need; the composition root builds it."""

from __future__ import annotations

from dataclasses import dataclass

from services.matching.crossing.crosser import Crosser
from services.matching.crossing.settlement import Settlement
from services.matching.engine.index.index import Index
from services.matching.engine.world import PresentWorld, World
from services.matching.following.follower import Follower
from services.matching.following.recent_listings import RecentListings
from services.matching.store.agencies import AgencyStore
from services.matching.store.contacts import ContactStore
from services.matching.store.feedback import FeedbackStore
from services.matching.store.listings import ListingStore
from services.matching.store.matches import MatchStore
from services.matching.store.searches import SearchStore
from services.matching.vocabulary.lexicons import Lexicons
from shared.errors import Unavailable


@dataclass(frozen=True)
class Deps:
    """Stores, the index and its follower, the entry points of both writers, and the source of day and rates."""

    searches: SearchStore
    listings: ListingStore
    contacts: ContactStore
    agencies: AgencyStore
    feedback: FeedbackStore
    matches: MatchStore
    lexicons: Lexicons
    follower: Follower
    recent_listings: RecentListings
    crosser: Crosser
    settlement: Settlement
    world: PresentWorld

    def ready_index(self) -> Index:
        """The index of this process; Unavailable while it is being built."""
        if not self.follower.ready.is_set():
            raise Unavailable("The index is being built; try again in a moment.")
        return self.follower.index

    def world_of_contact(self, agency_id: str, contact_id: str | None) -> World:
        """Day, rates and the listings that one contact discarded; no discards without a contact."""
        return self.world(self.feedback.of(agency_id).discards("contact_id", contact_id) if contact_id else frozenset())

    def world_of_listing(self, agency_id: str, listing_id: str) -> World:
        """Day, rates and the contacts that discarded one listing."""
        return self.world(self.feedback.of(agency_id).discards("listing_id", listing_id))
