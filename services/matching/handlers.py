"""Event handlers of matching: cross listings and searches, settle opinions, erase people."""

from __future__ import annotations

from services.matching.crossing.pair_list import PairList
from services.matching.deps import Deps
from services.matching.engine.records.facts import Listing
from services.matching.engine.records.resolution import resolve_listing
from services.matching.model import stamp, vocabulary_of
from services.matching.saved_searches.changes import remove_search
from services.matching.store.versioned import NewerVersionStored
from services.matching.vocabulary.interpretation import reinterpret
from shared.contracts.gateway import AgencyChanged
from shared.contracts.leads import ContactChanged, ContactErased
from shared.contracts.matching import FeedbackGiven, ListingResolved, SearchRemoved, SearchSaved
from shared.contracts.properties import ListingState
from shared.messaging.event import Event, now
from shared.messaging.faults import fault
from shared.messaging.inbox import STALE, forget_contact
from shared.storage.mongo import transaction

ENTERED_BY = {
    "properties.listing.activated": "new",
    "properties.listing.price_changed": "price",
    "properties.listing.status_changed": "status",
}


def evaluate_listing(deps: Deps, event: Event[ListingState]) -> object:
    """T1: store the listing unless a newer one is stored, wait until the index has it, evaluate.

    Returns its PairList, or STALE.
    """
    listing = _stored(deps, event)
    if listing is None:
        return STALE
    fault("crossing.after_store")
    pairs = deps.crosser.listing_side.pairs_of(event.agency_id, listing, ENTERED_BY.get(event.type, "criteria"))
    fault("crossing.before_matches")
    return pairs


def evaluate_search(deps: Deps, event: Event[SearchSaved] | Event[SearchRemoved]) -> object:
    """Wait until the index has the stored search, then evaluate it."""
    stored = deps.searches.of(event.agency_id).by_ids([event.subject]).get(event.subject)
    if stored is None or stored["sequence"] > event.sequence:
        return STALE
    if not stored["removed"] and deps.contacts.is_erased(stored["contact_id"]):
        transaction(deps.searches.db.client, lambda: remove_search(deps, event.agency_id, event.subject))
        return STALE  # saved while its person was being erased; the event of its removal follows
    if not stored["removed"] and stored["vocabulary"] < deps.lexicons.version(event.agency_id):
        changed = transaction(deps.searches.db.client, lambda: _reinterpret(deps, event.agency_id, event.subject))
        if changed:
            return STALE  # saved while the words changed; its own event follows
    pairs = deps.crosser.search_side.pairs(event.agency_id, event.subject, event.sequence, "criteria")
    fault("crossing.before_matches")
    return pairs


def evaluate_resolved(deps: Deps, event: Event[ListingResolved]) -> object:
    """Wait until the index has the listing that was interpreted anew, then evaluate it."""
    pairs = deps.crosser.listing_side.pairs(event.agency_id, event.subject, event.sequence, "criteria")
    fault("crossing.before_matches")
    return pairs


def write_pairs(deps: Deps, _event: object, pairs: PairList) -> None:
    """T2: match rows, their events, and the inbox mark in one transaction."""
    deps.crosser.write(pairs)


def settle_feedback(deps: Deps, event: Event[FeedbackGiven]) -> None:
    """Update the rows of one person and listing to the person's present opinion, whatever the event's version."""
    deps.settlement.settle(event.agency_id, event.data.contact_id, event.data.listing_id)


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


def _reinterpret(deps: Deps, agency_id: str, search_id: str) -> bool:
    store = deps.searches.of(agency_id)
    search = store.get(search_id)
    has_changed = reinterpret(search, deps.lexicons.of(agency_id))
    store.save(search)
    return has_changed


def _stored(deps: Deps, event: Event[ListingState]) -> Listing | None:
    """Store a listing, again if the agency's words changed meanwhile; None when a newer one is stored."""
    while True:
        try:
            listing = transaction(deps.listings.db.client, lambda: _store_listing(deps, event))
        except NewerVersionStored:
            deps.listings.of(event.agency_id).get(event.subject)  # raises NotFound where it is another agency's
            return None
        if vocabulary_of(listing.sequence) >= deps.lexicons.version(event.agency_id):
            return listing


def _store_listing(deps: Deps, event: Event[ListingState]) -> Listing:
    reading = deps.lexicons.of(event.agency_id)
    resolved = resolve_listing(event.raw, reading.places, reading.words)
    sequence = stamp(event.sequence, reading.version)
    about = {"id": event.subject, "agency_id": event.agency_id, "sequence": sequence}
    # raises Refused where the listing cannot be compared; nothing is stored then
    listing = Listing.from_wire(event.raw | about, resolved)
    if resolved["city"] and resolved["city"]["by"] == "typed":
        deps.lexicons.learn(event.agency_id, resolved["city"]["name"])
    state = {"wire": event.raw, "resolved": resolved}
    deps.listings.of(event.agency_id).put(event.subject, state, event.sequence, reading.version)
    return listing
