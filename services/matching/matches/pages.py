"""Reading the cross-reference: pages of pairs with their reasons, and one pair explained."""

from __future__ import annotations

from collections import Counter

from services.matching.crossing.match_events import summary_of
from services.matching.engine.records.facts import Listing
from services.matching.engine.world import World
from services.matching.feedback.opinions import judged, ranked
from services.matching.handlers import Deps
from services.matching.matches.pair_reply import pair_reply
from services.matching.store import ListingStore, SearchStore
from services.matching.store.records import as_listing, as_search
from shared.storage.mongo import Document
from shared.storage.paging import Page


def matches_of_listing(deps: Deps, agency_id: str, listing_id: str, query: Document, language: str) -> Page:
    """Current pairs of a listing, best first."""
    listing = deps.listings.of(agency_id).document(listing_id)
    world = deps.world_of_listing(agency_id, listing_id)
    page = _best(deps, agency_id, "listing", listing_id, listing["sequence"], query)
    items = _pairs_of(deps, agency_id, [as_listing(listing)], page.items, world, language)
    return Page([item for item in items if item["kind"] == query["kind"]], page.next_cursor)


def matches_of_listings(deps: Deps, agency_id: str, query: Document, language: str) -> list[Document]:
    """The best current pairs of several listings with their counts; what can be is read for all of them at once."""
    known = deps.listings.of(agency_id).by_ids(query["listing_id"])
    homes = [as_listing(known[one]) for one in dict.fromkeys(query["listing_id"]) if one in known]
    if not homes:
        return []
    refused = deps.feedback.of(agency_id).discards_of(home.id for home in homes)
    world = deps.world(refused)
    asked = query | {"cursor": None}
    rows = [row for home in homes for row in _best(deps, agency_id, "listing", home.id, home.sequence, asked).items]
    pairs = _pairs_of(deps, agency_id, homes, rows, world, language)
    kept = [pair for pair in pairs if pair["kind"] == query["kind"]]
    counts = deps.crosser.matches.of(agency_id).counts("listing", {home.id: home.sequence for home in homes})
    noes = Counter(listing_id for _, listing_id in refused)
    return [
        {"listing_id": home.id, "counts": counts[home.id] | {"discarded": noes[home.id]}}
        | {"matches": [pair for pair in kept if pair["listing_id"] == home.id]}
        for home in homes
    ]


def matches_of_search(deps: Deps, agency_id: str, saved_search_id: str, query: Document, language: str) -> Page:
    """Current pairs of a search, best first, each with its home."""
    store = deps.searches.of(agency_id)
    search = store.get(saved_search_id)
    wishes = store.document(saved_search_id)
    world = deps.world_of_contact(agency_id, search.contact_id)
    page = _best(deps, agency_id, "search", saved_search_id, search.version, query)
    asked = as_search(wishes)
    homes = [home for _, home in _current(deps.listings, agency_id, page.items, "listing_id", "listing_sequence")]
    told = [(pair_reply(as_listing(home), asked, wishes, world, language), home) for home in homes]
    items = [item | {"listing": summary_of(home)} for item, home in told if item["kind"] == query["kind"]]
    by_id = {home["_id"]: home for home in homes}
    known = judged(deps, agency_id, search.contact_id)
    moved = ranked(items, by_id, asked, known, world, language)
    opinions = deps.feedback.of(agency_id).on(search.contact_id, by_id)
    said = {one.listing_id: {"preference": one.preference, "viewed": one.viewed} for one in opinions}
    return Page([item | said.get(item["listing_id"], {}) for item in moved], page.next_cursor)


def counts_of_listing(deps: Deps, agency_id: str, listing_id: str) -> Document:
    """How many people's wishes a home meets, by kind, and how many said no to it."""
    listing = deps.listings.of(agency_id).document(listing_id)
    known = deps.crosser.matches.of(agency_id).counts("listing", {listing_id: listing["sequence"]})
    refused = deps.feedback.of(agency_id).discards("listing_id", listing_id)
    return {**known[listing_id], "discarded": len(refused)}


def counts_of_search(deps: Deps, agency_id: str, saved_search_id: str) -> Document:
    """How many homes meet a search, by kind, and how many its owner said no to."""
    search = deps.searches.of(agency_id).get(saved_search_id)
    known = deps.crosser.matches.of(agency_id).counts("search", {saved_search_id: search.version})
    refused = deps.feedback.of(agency_id).discards("contact_id", search.contact_id)
    return {**known[saved_search_id], "discarded": len(refused)}


def _pairs_of(
    deps: Deps, agency_id: str, homes: list[Listing], rows: list[Document], world: World, language: str
) -> list[Document]:
    """The pairs of match rows of these homes, in their order."""
    by_id = {home.id: home for home in homes}
    found = _current(deps.searches, agency_id, rows, "saved_search_id", "search_sequence")
    return [pair_reply(by_id[row["listing_id"]], as_search(wish), wish, world, language) for row, wish in found]


def _best(deps: Deps, agency_id: str, side: str, subject: str, sequence: int, query: Document) -> Page:
    store = deps.crosser.matches.of(agency_id)
    return store.best(side, subject, sequence, query["kind"], query["limit"], query["cursor"])


def _current(
    store: ListingStore | SearchStore, agency_id: str, rows: list[Document], id_field: str, stamp: str
) -> list[tuple[Document, Document]]:
    """These rows in their order, each with its other half, without those that changed since the rows were read."""
    known = store.of(agency_id).by_ids(row[id_field] for row in rows)
    return [(row, known[row[id_field]]) for row in rows if known[row[id_field]]["sequence"] == row[stamp]]
