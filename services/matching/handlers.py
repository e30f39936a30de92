"""Use cases of matching: wishes are saved, homes arrive, both are crossed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from services.matching.crossing.crosser import Crosser
from services.matching.crossing.pair_list import Found
from services.matching.engine.index.index import Index
from services.matching.engine.records.facts import Listing, Search
from services.matching.engine.records.refusal import Refused
from services.matching.engine.records.resolution import resolve_listing, resolve_search
from services.matching.engine.sentences.wording_marks import wordings
from services.matching.engine.world import PresentWorld, World
from services.matching.following.follower import Follower
from services.matching.following.recent_listings import Homes
from services.matching.model import SavedSearch, stamp, vocabulary_of
from services.matching.store import AgencyStore, ContactStore, CrossingStore, ListingStore, Overtaken, SearchStore
from services.matching.store.feedback import FeedbackStore
from services.matching.vocabulary.lexicons import Lexicons, Reading
from shared.contracts.gateway import AgencyChanged
from shared.contracts.leads import ContactChanged, ContactErased
from shared.contracts.matching import ListingResolved
from shared.contracts.properties import ListingState
from shared.errors import Invalid, Unavailable
from shared.messaging.event import Event, now
from shared.messaging.faults import fault
from shared.messaging.inbox import STALE, forget_contact
from shared.running.context import new_id
from shared.storage.mongo import transaction

APART = frozenset({"contact_id", "name", "alerts", "alert_possible", "status", "valid_until"})
ENTERED_BY = {
    "properties.listing.activated": "new",
    "properties.listing.price_changed": "price",
    "properties.listing.status_changed": "status",
}


@dataclass(frozen=True)
class Deps:
    """What the use cases need."""

    searches: SearchStore
    listings: ListingStore
    contacts: ContactStore
    agencies: AgencyStore
    crossings: CrossingStore
    crosser: Crosser
    follower: Follower
    lexicons: Lexicons
    feedback: FeedbackStore
    homes: Homes
    world: PresentWorld

    def ready_index(self) -> Index:
        """The index of this process as it is now; Unavailable while it is being built."""
        if not self.follower.ready.is_set():
            raise Unavailable("The index is being built; try again in a moment.")
        return self.follower.index

    def world_of_contact(self, agency_id: str, contact_id: str | None) -> World:
        """The present world with the listings that one contact discarded; nobody's discards without a contact."""
        return self.world(self.feedback.of(agency_id).discards("contact_id", contact_id) if contact_id else frozenset())

    def world_of_listing(self, agency_id: str, listing_id: str) -> World:
        """The present world with the contacts that discarded one listing."""
        return self.world(self.feedback.of(agency_id).discards("listing_id", listing_id))


def save_search(deps: Deps, agency_id: str, data: Mapping[str, Any]) -> tuple[SavedSearch, list[str]]:
    """Keep somebody's wishes; the worker crosses them a moment later. Returns the search and warnings."""
    deps.contacts.of(agency_id).may_be_ours(data["contact_id"])
    search = SavedSearch(new_id(), agency_id, data["contact_id"], {}, {})
    warnings = wish(search, data, deps.lexicons.of(agency_id))
    deps.searches.of(agency_id).save(search)
    return search, warnings


def change_search(
    deps: Deps, agency_id: str, search_id: str, data: Mapping[str, Any], expected_version: int
) -> tuple[SavedSearch, list[str]]:
    """Wish for something else, or be told differently."""
    store = deps.searches.of(agency_id)
    search = store.get(search_id)
    warnings = wish(search, data, deps.lexicons.of(agency_id))
    store.save(search, expected_version)
    return search, warnings


def remove_search(deps: Deps, agency_id: str, search_id: str) -> None:
    """Wish no more."""
    store = deps.searches.of(agency_id)
    search = store.get(search_id)
    search.remove(now())
    store.save(search)


def take_listing(deps: Deps, event: Event[ListingState]) -> Any:
    """T1: store the listing unless a newer one is here, wait until the own index has seen it, evaluate."""
    listing = _stored(deps, event)
    if listing is None:
        return STALE
    fault("crossing.after_store")
    found = deps.crosser.find_for(event.agency_id, listing, ENTERED_BY.get(event.type, "criteria"))
    fault("crossing.before_matches")
    return found


def take_search(deps: Deps, event: Event[Any]) -> Any:
    """The search is stored already; wait until the own index has seen it, evaluate."""
    stored = deps.searches.of(event.agency_id).by_ids([event.subject]).get(event.subject)
    if stored is None or stored["sequence"] > event.sequence:
        return STALE
    if not stored["removed"] and deps.contacts.is_erased(stored["contact_id"]):
        transaction(deps.searches.db.client, lambda: remove_search(deps, event.agency_id, event.subject))
        return STALE  # saved while its person was being erased; the removal is crossed in its turn
    if not stored["removed"] and stored["vocabulary"] < deps.lexicons.version(event.agency_id):
        changed = transaction(deps.searches.db.client, lambda: read_search_anew(deps, event.agency_id, event.subject))
        if changed:
            return STALE  # saved while the words changed; its own event follows
    return _found(deps, "search", event, event.sequence, "criteria")


def take_resolved(deps: Deps, event: Event[ListingResolved]) -> Any:
    """A stored listing is read with other words since; wait until the own index has seen it, evaluate."""
    return _found(deps, "listing", event, event.sequence, "criteria")


def cross(deps: Deps, _event: Event[Any], found: Found) -> None:
    """T2: matches, word of them, and the inbox mark in one transaction."""
    deps.crosser.write(found)


def keep_contact(deps: Deps, event: Event[ContactChanged]) -> None:
    """Remember a person's language."""
    deps.contacts.of(event.agency_id).keep(event.subject, event.raw, event.sequence)


def keep_agency(deps: Deps, event: Event[AgencyChanged]) -> None:
    """Remember an agency's defaults."""
    deps.agencies.of(event.agency_id).keep(event.agency_id, event.raw, event.sequence)


def forget_person(deps: Deps, event: Event[ContactErased]) -> None:
    """Remove an erased person's opinions and searches (matches go when the removal is crossed), leave a tombstone."""
    deps.contacts.of(event.agency_id).erase(event.subject, event.sequence)
    forget_contact(deps.contacts.db, event.subject)
    deps.feedback.of(event.agency_id).erase(event.subject)
    store = deps.searches.of(event.agency_id)
    for search in store.of_contact(event.subject):
        search.remove(now())
        store.save(search)


def wish(search: SavedSearch, data: Mapping[str, Any], reading: Reading) -> list[str]:
    """Put wishes into a search and read them with the agency's words; returns warnings, raises Invalid."""
    for name in APART - {"contact_id"}:
        if name in data:
            setattr(search, name, data[name])
    if search.valid_until is not None:
        search.valid_until = str(search.valid_until)
    search.wishes |= {name: value for name, value in data.items() if name not in APART}
    warnings = _read(search, reading)
    try:
        search.wordings = wordings(Search.from_wire(search.to_wire(), search.resolved))
    except Refused as refused:
        raise Invalid("These wishes cannot be met as they stand.", refused.fields) from None
    search.save(now())
    return warnings


def patched_search(search: SavedSearch, patch: Mapping[str, Any], reading: Reading) -> Search:
    """A search as it would be compared after a change of its wishes; nothing is stored. Raises Invalid."""
    changed = replace(search, wishes=dict(search.wishes), events=[])
    wish(changed, patch, reading)
    about = {name: getattr(changed, name) for name in ("agency_id", "status", "valid_until")}
    return Search.from_wire(changed.to_wire() | about | {"sequence": search.version}, changed.resolved)


def read_search_anew(deps: Deps, agency_id: str, search_id: str) -> bool:
    """Read a stored search with the agency's newest words; true when that made a new version of it."""
    store = deps.searches.of(agency_id)
    search = store.get(search_id)
    before, search.resolved = search.resolved, {}
    _read(search, deps.lexicons.of(agency_id))
    if search.resolved != before:
        try:
            search.wordings = wordings(Search.from_wire(search.to_wire(), search.resolved))
            search.save(now())
        except Refused:
            # the new words contradict each other here; what was agreed with the person stands
            search.resolved = before
    changed = bool(search.events)
    store.save(search)
    return changed


def _read(search: SavedSearch, reading: Reading) -> list[str]:
    search.vocabulary = reading.version
    search.resolved, warnings = resolve_search(search.wishes, reading.places, reading.words)
    return warnings


def _stored(deps: Deps, event: Event[ListingState]) -> Listing | None:
    """Store a listing, again if the agency's words changed meanwhile; None when a newer one is here."""
    while True:
        try:
            listing = transaction(deps.listings.db.client, lambda: _keep_listing(deps, event))
        except Overtaken:
            deps.listings.of(event.agency_id).document(event.subject)  # NotFound where it is another agency's
            return None
        if vocabulary_of(listing.sequence) >= deps.lexicons.version(event.agency_id):
            return listing


def _keep_listing(deps: Deps, event: Event[ListingState]) -> Listing:
    reading = deps.lexicons.of(event.agency_id)
    resolved = resolve_listing(event.raw, reading.places, reading.words)
    sequence = stamp(event.sequence, reading.version)
    about = {"id": event.subject, "agency_id": event.agency_id, "sequence": sequence}
    listing = Listing.from_wire(event.raw | about, resolved)  # what cannot be compared is refused, and not stored
    if resolved["city"] and resolved["city"]["by"] == "typed":
        deps.lexicons.learn(event.agency_id, resolved["city"]["name"])
    state = {"wire": event.raw, "resolved": resolved}
    deps.listings.of(event.agency_id).take(event.subject, state, event.sequence, reading.version)
    return listing


def _found(deps: Deps, side: str, event: Event[Any], sequence: int, entered_by: str) -> Found:
    found = deps.crosser.find(side, event.agency_id, event.subject, sequence, entered_by)
    fault("crossing.before_matches")
    return found
