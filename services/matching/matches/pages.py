"""Use cases: pages of matches of one listing or search, and the best matches of several listings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypedDict

from services.matching.deps import Deps
from services.matching.engine.records.facts import Listing
from services.matching.engine.world import World
from services.matching.feedback.opinions import judged_listings
from services.matching.matches.pair_reply import PairReply, pair_reply
from services.matching.matches.ranking import ranked
from services.matching.store.documents import ListingDocument, MatchRow, SearchDocument
from services.matching.store.listing_summary import summary_of
from services.matching.store.records import as_listing, as_search
from services.matching.store.sides import LISTING, SEARCH
from shared.storage.paging import Page


@dataclass(frozen=True)
class PageRequest:
    """Which matches: their kind, the page size, and a cursor."""

    kind: str
    limit: int
    cursor: str | None = None


class ListingMatches(TypedDict):
    """One listing with its best pairs and their counts by kind."""

    listing_id: str
    counts: dict[str, int]
    matches: list[PairReply]


def matches_of_listing(deps: Deps, agency_id: str, listing_id: str, request: PageRequest, language: str) -> Page:
    """Current pairs of a listing, best first."""
    listing = deps.listings.of(agency_id).get(listing_id)
    world = deps.world_of_listing(agency_id, listing_id)
    store = deps.matches.of(agency_id)
    page = store.best(LISTING, listing_id, listing["sequence"], request.kind, request.limit, request.cursor)
    replies = _replies_of_rows(deps, agency_id, [as_listing(listing)], page.items, world, language)
    return Page([reply for reply in replies if reply["kind"] == request.kind], page.next_cursor)


def matches_of_listings(
    deps: Deps, agency_id: str, listing_ids: Iterable[str], request: PageRequest, language: str
) -> list[ListingMatches]:
    """The best current pairs of several listings with their counts; reads are shared where possible."""
    ids = list(dict.fromkeys(listing_ids))
    documents = deps.listings.of(agency_id).by_ids(ids)
    listings = [as_listing(documents[one]) for one in ids if one in documents]
    if not listings:
        return []
    discards = deps.feedback.of(agency_id).discards_of(listing.id for listing in listings)
    store = deps.matches.of(agency_id)
    rows = [
        row
        for listing in listings
        for row in store.best(LISTING, listing.id, listing.sequence, request.kind, request.limit, None).items
    ]
    replies = _replies_of_rows(deps, agency_id, listings, rows, deps.world(discards), language)
    counts = store.counts(LISTING, {listing.id: listing.sequence for listing in listings})
    discarded = Counter(listing_id for _, listing_id in discards)
    return [
        {
            "listing_id": listing.id,
            "counts": counts[listing.id] | {"discarded": discarded[listing.id]},
            "matches": [
                reply for reply in replies if (reply["listing_id"], reply["kind"]) == (listing.id, request.kind)
            ],
        }
        for listing in listings
    ]


def matches_of_search(deps: Deps, agency_id: str, saved_search_id: str, request: PageRequest, language: str) -> Page:
    """Current pairs of a search, best first, each with its listing; opinions move listings within a page."""
    search = deps.searches.of(agency_id).get_document(saved_search_id)
    contact_id, record = search["contact_id"], as_search(search)
    world = deps.world_of_contact(agency_id, contact_id)
    store = deps.matches.of(agency_id)
    page = store.best(SEARCH, saved_search_id, search["version"], request.kind, request.limit, request.cursor)
    listings = _current_listings(deps, agency_id, page.items)
    records = {listing["_id"]: as_listing(listing) for listing in listings}
    replies: list[PairReply] = [
        {**pair_reply(records[listing["_id"]], record, search, world, language), "listing": summary_of(listing)}
        for listing in listings
    ]
    kept = [reply for reply in replies if reply["kind"] == request.kind]
    order = ranked(kept, records, record, judged_listings(deps, agency_id, contact_id), world, language)
    opinions = {one.listing_id: one for one in deps.feedback.of(agency_id).on(contact_id, records)}
    for reply in order:
        if feedback := opinions.get(reply["listing_id"]):
            reply["preference"], reply["viewed"] = feedback.preference, feedback.viewed
    return Page(order, page.next_cursor)


def _replies_of_rows(
    deps: Deps, agency_id: str, listings: Iterable[Listing], rows: Iterable[MatchRow], world: World, language: str
) -> list[PairReply]:
    """The pairs of match rows of these listings, in their order."""
    by_id = {listing.id: listing for listing in listings}
    return [
        pair_reply(by_id[row["listing_id"]], as_search(search), search, world, language)
        for row, search in _current_searches(deps, agency_id, rows)
    ]


def _current_searches(deps: Deps, agency_id: str, rows: Iterable[MatchRow]) -> list[tuple[MatchRow, SearchDocument]]:
    """These rows with their searches, without those that changed since the rows were read."""
    every = list(rows)
    known: Mapping[str, SearchDocument] = deps.searches.of(agency_id).by_ids(row["saved_search_id"] for row in every)
    pairs = [(row, known[row["saved_search_id"]]) for row in every]
    return [(row, search) for row, search in pairs if search["sequence"] == row["search_sequence"]]


def _current_listings(deps: Deps, agency_id: str, rows: Iterable[MatchRow]) -> list[ListingDocument]:
    """The listings of these rows, without those that changed since the rows were read."""
    every = list(rows)
    known = deps.listings.of(agency_id).by_ids(row["listing_id"] for row in every)
    pairs = [(row, known[row["listing_id"]]) for row in every]
    return [listing for row, listing in pairs if listing["sequence"] == row["listing_sequence"]]
