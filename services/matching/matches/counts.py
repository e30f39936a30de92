"""Use cases: how many matches a listing or a search has."""

from __future__ import annotations

from services.matching.deps import Deps
from services.matching.store.sides import LISTING, SEARCH


def counts_of_listing(deps: Deps, agency_id: str, listing_id: str) -> dict[str, int]:
    """How many searches a listing meets, by kind, and how many people discarded it."""
    listing = deps.listings.of(agency_id).get(listing_id)
    counts = deps.matches.of(agency_id).counts(LISTING, {listing_id: listing["sequence"]})
    discards = deps.feedback.of(agency_id).discards("listing_id", listing_id)
    return counts[listing_id] | {"discarded": len(discards)}


def counts_of_search(deps: Deps, agency_id: str, saved_search_id: str) -> dict[str, int]:
    """How many listings meet a search, by kind, and how many its owner discarded."""
    search = deps.searches.of(agency_id).get(saved_search_id)
    counts = deps.matches.of(agency_id).counts(SEARCH, {saved_search_id: search.version})
    discards = deps.feedback.of(agency_id).discards("contact_id", search.contact_id)
    return counts[saved_search_id] | {"discarded": len(discards)}
