"""Use case: which changes of the listing or of the search would make one pair a match, and what else they would
match.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypedDict

from services.matching.advice.prices import exact_price
from services.matching.deps import Deps
from services.matching.engine.advice.improvements import Improvement, improvements, missing_criteria
from services.matching.engine.advice.likeness import at_price
from services.matching.engine.evaluate import criteria_of
from services.matching.engine.index.index import Index
from services.matching.engine.records.facts import Listing, Search
from services.matching.engine.world import World
from services.matching.model import SavedSearch
from services.matching.store.records import as_listing, as_search
from services.matching.vocabulary.interpretation import patched_search
from services.matching.vocabulary.lexicons import Reading
from shared.errors import Invalid
from shared.storage.mongo import Document


class ImprovementReply(TypedDict):
    """One change, and how many other matches it alone would add; None where several changes are needed."""

    code: str
    side: str
    criterion: str
    figures: Document
    patch: Document | None
    price: float | None
    opens_contacts: int | None
    opens_listings: int | None


class ImprovementsReply(TypedDict):
    """The changes of one pair; `together` where one change of each criterion is needed at once."""

    saved_search_id: str
    listing_id: str
    contact_id: str
    together: bool
    items: list[ImprovementReply]


def improvements_of_pair(deps: Deps, agency_id: str, saved_search_id: str, listing_id: str) -> ImprovementsReply:
    """The changes that would make this pair a match; empty for a match, or where too many criteria are missed."""
    store = deps.searches.of(agency_id)
    search = store.get(saved_search_id)
    listing = as_listing(deps.listings.of(agency_id).get(listing_id))
    world = deps.world_of_contact(agency_id, search.contact_id)
    criteria = criteria_of(as_search(store.get_document(saved_search_id)), listing, world)
    changes = improvements(criteria, search.resolved)
    together = len(missing_criteria(criteria)) > 1
    gains = _Gains(deps, agency_id, search, listing, world)
    replies = [gains.alone(change) if together else gains.counted(change) for change in changes]
    return {
        "saved_search_id": search.id,
        "listing_id": listing.id,
        "contact_id": search.contact_id,
        "together": together,
        "items": [reply for reply in replies if reply is not None],
    }


class _Gains:
    """Counts the other matches that the changes of one pair would add."""

    def __init__(self, deps: Deps, agency_id: str, search: SavedSearch, listing: Listing, world: World) -> None:
        self._deps, self._agency_id = deps, agency_id
        self._search, self._listing, self._world = search, listing, world
        self._index: Index = deps.ready_index()
        self._reading: Reading = deps.lexicons.of(agency_id)

    def alone(self, change: Improvement) -> ImprovementReply | None:
        """The change without counts; None where the search cannot be changed like that."""
        if change.patch is not None and self._patched(change.patch) is None:
            return None
        return _reply(change, None, None)

    def counted(self, change: Improvement) -> ImprovementReply | None:
        """The change with its counts; None where the search cannot be changed like that."""
        if change.price is not None:
            return _reply(change, self._other_contacts(change.price), None)
        if change.patch is None:
            return _reply(change, None, None)
        before, after = self._patched({}), self._patched(change.patch)
        if before is None or after is None:
            return None
        gain = self._index.count_met(after, self._world) - self._index.count_met(before, self._world)
        return _reply(change, None, gain)

    def _patched(self, patch: Document) -> Search | None:
        """The search after a change, as if it were active; None where the change is refused."""
        try:
            return replace(patched_search(self._search, patch, self._reading), status="active", valid_until=None)
        except Invalid:
            return None

    def _other_contacts(self, price: float) -> int:
        """How many other contacts a price would add."""
        world = self._deps.world_of_listing(self._agency_id, self._listing.id)
        listings = [at_price(self._listing, exact_price(price, "price")), self._listing]
        demand = self._index.demand([replace(one, standard_status="active") for one in listings], world)
        gained = demand.others(0, demand.people(1))
        return len({match.contact_id or match.id for match in gained} - {self._search.contact_id})


def _reply(change: Improvement, contacts: int | None, listings: int | None) -> ImprovementReply:
    return {
        "code": change.code,
        "side": change.side,
        "criterion": change.criterion,
        "figures": change.figures,
        "patch": change.patch,
        "price": change.price,
        "opens_contacts": contacts,
        "opens_listings": listings,
    }
