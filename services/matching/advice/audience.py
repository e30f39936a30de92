"""Use case: which people would be alerted about a listing at another price, or about a listing not stored yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypedDict

from services.matching.advice.prices import exact_price
from services.matching.codes import NO_PRICE_YET
from services.matching.crossing.match_row import announcement_of
from services.matching.crossing.pair import Announcement, Pair
from services.matching.deps import Deps
from services.matching.engine.advice.likeness import at_price
from services.matching.engine.records.facts import Listing
from services.matching.engine.records.quantities import major
from services.matching.engine.records.refusal import Refused
from services.matching.engine.records.resolution import resolve_listing
from services.matching.engine.world import World
from services.matching.store.documents import MatchRow, Price, SearchAlerts
from services.matching.store.records import as_listing
from shared.errors import Invalid


class AudiencePair(TypedDict):
    """One saved search to which the listing would be news, with the alert frequency of that search."""

    contact_id: str
    saved_search_id: str
    kind: str
    entered_by: str
    alerts: str
    alert_possible: bool


class Audience(TypedDict):
    """All pairs that would be news, best first, without near ones; `on_market` says whether the listing is active
    now.
    """

    listing_id: str | None
    price: float | None
    currency: str | None
    on_market: bool
    contacts: int
    pairs: list[AudiencePair]


def audience_at_price(deps: Deps, agency_id: str, listing_id: str, price: float | None) -> Audience:
    """The pairs that matching would publish if the listing were on the market at this price, or at its present one."""
    stored = as_listing(deps.listings.of(agency_id).get(listing_id))
    listing = replace(stored, standard_status="active")
    if price is not None:
        if stored.currency is None:
            raise Invalid("This home has no currency to count in.", {"price": [NO_PRICE_YET()]})
        listing = at_price(stored, exact_price(price, "price"))
    known = deps.matches.of(agency_id).rows_of_listing(listing_id)
    world = deps.world_of_listing(agency_id, listing_id)
    pairs = _news(deps, agency_id, listing, world, known, "criteria" if price is None else "price")
    return _audience(listing_id, listing, stored.standard_status == "active", pairs)


def audience_of_draft(deps: Deps, agency_id: str, facts: Mapping[str, Any]) -> Audience:
    """The pairs that matching would publish for a new listing with these facts; nothing is stored."""
    reading = deps.lexicons.lately(agency_id)
    wire = {"standard_status": "active", **facts, "id": "draft", "agency_id": agency_id, "sequence": 0}
    try:
        listing = Listing.from_wire(wire, resolve_listing(wire, reading.places, reading.words))
    except Refused as refused:
        raise Invalid("This listing is not valid, so it cannot be matched.", refused.fields) from None
    is_active = listing.standard_status == "active"
    pairs = _news(deps, agency_id, replace(listing, standard_status="active"), deps.world(), {}, "new")
    return _audience(None, listing, is_active, pairs)


def _news(
    deps: Deps, agency_id: str, listing: Listing, world: World, known: Mapping[str, MatchRow], entered_by: str
) -> list[AudiencePair]:
    """The pairs of a listing that would be published as new matches."""
    price: Price = {"list_price": listing.figures.price, "currency": listing.currency}
    announcements: list[Announcement] = []
    for other, contact_id, sequence, kind, score, confidence in (
        deps.ready_index().matches_of_listing(listing, world).tuples()
    ):
        pair = Pair(listing.id, other, contact_id, listing.sequence, sequence, kind, score, confidence)
        if announcement := announcement_of(pair, entered_by, price, known.get(pair.id)):
            announcements.append(announcement)
    searches = deps.searches.of(agency_id).alerts_by_ids(one.pair.search_id for one in announcements)
    current = (one for one in announcements if one.pair.search_id in searches)
    return [_pair(one, searches[one.pair.search_id]) for one in current]


def _pair(announcement: Announcement, search: SearchAlerts) -> AudiencePair:
    return {
        "contact_id": announcement.pair.contact_id,
        "saved_search_id": announcement.pair.search_id,
        "kind": announcement.pair.kind,
        "entered_by": announcement.entered_by,
        "alerts": search["alerts"],
        "alert_possible": search["alert_possible"],
    }


def _audience(listing_id: str | None, listing: Listing, on_market: bool, pairs: Iterable[AudiencePair]) -> Audience:
    every = list(pairs)
    return {
        "listing_id": listing_id,
        "price": major(listing.figures.price),
        "currency": listing.currency,
        "on_market": on_market,
        "contacts": len({pair["contact_id"] for pair in every}),
        "pairs": every,
    }
