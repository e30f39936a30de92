"""Reading the cross-reference: pages of pairs with their reasons, and one pair explained."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from services.matching.engine.evaluate import Verdict, beam, evaluate
from services.matching.engine.facts import Listing, Search
from services.matching.engine.reasons import tell
from services.matching.engine.world import World
from services.matching.feedback import judged, ranked
from services.matching.found import summary_of
from services.matching.handlers import Deps
from services.matching.records import as_listing, as_search
from services.matching.store import ListingStore, SearchStore
from shared.mongo import Document
from shared.paging import Page


def matches_of_listing(deps: Deps, agency_id: str, listing_id: str, query: Document, language: str) -> Page:
    """Current pairs of a listing, best first."""
    listing = deps.listings.of(agency_id).document(listing_id)
    world = _world(deps, agency_id, "listing_id", listing_id)
    page = _best(deps, agency_id, "listing", listing_id, listing["sequence"], query)
    wishes = _current(deps.searches, agency_id, page.items, "saved_search_id", "search_sequence")
    items = [pair_told(listing, wish, world, language) for wish in wishes]
    return Page([item for item in items if item["kind"] == query["kind"]], page.next_cursor)


def matches_of_search(deps: Deps, agency_id: str, saved_search_id: str, query: Document, language: str) -> Page:
    """Current pairs of a search, best first, each with its home."""
    store = deps.searches.of(agency_id)
    search = store.get(saved_search_id)
    wishes = store.document(saved_search_id)
    world = _world(deps, agency_id, "contact_id", search.contact_id)
    page = _best(deps, agency_id, "search", saved_search_id, search.version, query)
    homes = _current(deps.listings, agency_id, page.items, "listing_id", "listing_sequence")
    items = [pair_told(home, wishes, world, language) | {"listing": summary_of(home)} for home in homes]
    items = [item for item in items if item["kind"] == query["kind"]]
    by_id = {home["_id"]: home for home in homes}
    known = judged(deps, agency_id, search.contact_id)
    moved = ranked(items, by_id, as_search(wishes), known, world, language)
    opinions = deps.feedback.of(agency_id).on(search.contact_id, by_id)
    said = {one.listing_id: {"preference": one.preference, "viewed": one.viewed} for one in opinions}
    return Page([item | said.get(item["listing_id"], {}) for item in moved], page.next_cursor)


def counts_of_listing(deps: Deps, agency_id: str, listing_id: str) -> Document:
    """How many people's wishes a home meets, by kind, and how many said no to it."""
    listing = deps.listings.of(agency_id).document(listing_id)
    known = deps.crosser.matches.of(agency_id).counts("listing", listing_id, listing["sequence"])
    refused: Any = deps.crosser.discarded(agency_id, "listing_id", listing_id)
    return {**known, "discarded": len(refused)}


def counts_of_search(deps: Deps, agency_id: str, saved_search_id: str) -> Document:
    """How many homes meet a search, by kind, and how many its owner said no to."""
    search = deps.searches.of(agency_id).get(saved_search_id)
    known = deps.crosser.matches.of(agency_id).counts("search", saved_search_id, search.version)
    refused: Any = deps.crosser.discarded(agency_id, "contact_id", search.contact_id)
    return {**known, "discarded": len(refused)}


def explain(deps: Deps, agency_id: str, saved_search_id: str, listing_id: str, language: str) -> Document:
    """The whole verdict on any pair of the agency's."""
    store = deps.searches.of(agency_id)
    search = store.get(saved_search_id)
    wishes = store.document(saved_search_id)
    home = deps.listings.of(agency_id).document(listing_id)
    world = _world(deps, agency_id, "contact_id", search.contact_id)
    verdict, *_ = _judged(home, wishes, world)
    return pair_told(home, wishes, world, language) | {
        "criteria": [criterion.to_wire() | {"weight": criterion.weight} for criterion in verdict.criteria],
        "listing": summary_of(home),
        "listing_sequence": home["told"],
        "search_sequence": wishes["sequence"],
    }


def pair_told(home: Document, wishes: Document, world: World, language: str) -> Document:
    """One pair as pages show it."""
    verdict, search, listing = _judged(home, wishes, world)
    return {
        "listing_id": listing.id,
        "saved_search_id": search.id,
        "contact_id": search.contact_id,
        "search_name": wishes.get("name"),
        "alerts": wishes.get("alerts"),
        "kind": verdict.kind,
        "score": verdict.score,
        "confidence": verdict.confidence,
        "beam": beam(verdict.criteria),
        **tell(verdict, search, listing, language),
    }


def _judged(home: Document, wishes: Document, world: World) -> tuple[Verdict, Search, Listing]:
    search, listing = as_search(wishes), as_listing(home)
    return evaluate(search, listing, world), search, listing


def _best(deps: Deps, agency_id: str, side: str, subject: str, sequence: int, query: Document) -> Page:
    store = deps.crosser.matches.of(agency_id)
    return store.best(side, subject, sequence, query["kind"], query["limit"], query["cursor"])


def _current(
    store: ListingStore | SearchStore, agency_id: str, rows: list[Document], id_field: str, stamp: str
) -> list[Document]:
    """The other halves of these rows in their order, without those that changed since the rows were read."""
    known = store.of(agency_id).by_ids(row[id_field] for row in rows)
    return [known[row[id_field]] for row in rows if known[row[id_field]]["sequence"] == row[stamp]]


def _world(deps: Deps, agency_id: str, by: str, subject: str) -> World:
    discarded: Any = deps.crosser.discarded(agency_id, by, subject)
    return World(datetime.now(UTC).date(), deps.crosser.rates, discarded)
