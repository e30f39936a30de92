"""The HTTP API of properties: each view loads the schema, calls one use case, and returns a reply."""

from __future__ import annotations

from typing import Any

from services.properties import handlers
from services.properties.api.deps import deps
from services.properties.model import Facts, Listing
from services.properties.schemas import (
    Counts,
    Ledger,
    ListingFilters,
    ListingIn,
    ListingOut,
    ListingPatch,
    ListingQuery,
    PriceChange,
    PublicListing,
    StatusChange,
)
from shared.http.auth import policy, principal
from shared.http.claims import STAFF
from shared.http.schemas import page_of, to_major
from shared.http.web import Blueprint, Versioned, agency_id, expected_version, versioned, writes
from shared.storage.mongo import Document
from shared.storage.paging import Page

blp = Blueprint("listings", __name__, url_prefix="/v1/listings", description="Homes for sale and to let.")


@blp.route("", methods=["POST"])
@policy(*STAFF)
@writes
@blp.arguments(ListingIn)
@blp.response(201, ListingOut)
def create_listing(data: Facts) -> Versioned:
    """Add a listing; it is active at once unless another status is given."""
    listing = handlers.add_listing(deps(), agency_id(), data, who())
    return versioned(listing, listing.version, f"/v1/listings/{listing.id}")


@blp.route("")
@policy(*STAFF)
@blp.arguments(ListingQuery, location="query")
@blp.response(200, page_of(ListingOut))
def list_listings(query: Facts) -> Page:
    """List and filter, newest first or by price."""
    filters = {name: value for name, value in _in_minor(query).items() if name not in ("limit", "cursor", "sort")}
    store = deps().listings.of(agency_id())
    return store.search(filters, query["limit"], query["cursor"], query["sort"])


@blp.route("/counts")
@policy(*STAFF)
@blp.arguments(ListingFilters, location="query")
@blp.response(200, Counts)
def count_listings(query: Facts) -> dict[str, object]:
    """Count the listings for each status, transaction and kind, with all the other filters applied."""
    counts = deps().listings.of(agency_id()).counts(_in_minor(query))
    return {
        "total": sum(counts["standard_status"].values()),
        "by_status": counts["standard_status"],
        "by_transaction": counts["transaction"],
        "by_property_sub_type": counts["property_sub_type"],
    }


@blp.route("/<listing_id>")
@policy(*STAFF)
@blp.response(200, ListingOut)
def show_listing(listing_id: str) -> Versioned:
    """Show one listing."""
    return _answer(deps().listings.of(agency_id()).get(listing_id))


@blp.route("/<listing_id>/public")
@policy(*STAFF, "prospect")
@blp.response(200, PublicListing)
def show_public(listing_id: str) -> Versioned:
    """Show a listing as the public may see it; NotFound when it is not on the market."""
    return _answer(handlers.on_the_market(deps(), agency_id(), listing_id))


@blp.route("/<listing_id>", methods=["PATCH"])
@policy(*STAFF)
@writes
@blp.arguments(ListingPatch)
@blp.response(200, ListingOut)
def change_listing(facts: Facts, listing_id: str) -> Versioned:
    """Correct facts; needs If-Match."""
    return _answer(handlers.change_listing(deps(), agency_id(), listing_id, facts, expected_version(), who()))


@blp.route("/<listing_id>/price-changes", methods=["POST"])
@policy(*STAFF)
@writes
@blp.arguments(PriceChange)
@blp.response(201, ListingOut)
def change_price(data: Facts, listing_id: str) -> Versioned:
    """Set another price; the old one stays in the history."""
    return _answer(handlers.change_price(deps(), agency_id(), listing_id, **data, by=who()))


@blp.route("/<listing_id>/status-changes", methods=["POST"])
@policy(*STAFF)
@writes
@blp.arguments(StatusChange)
@blp.response(201, ListingOut)
def change_status(data: dict[str, str], listing_id: str) -> Versioned:
    """Move the listing to another status."""
    return _answer(handlers.change_status(deps(), agency_id(), listing_id, **data, by=who()))


@blp.route("/<listing_id>/history")
@policy(*STAFF)
@blp.response(200, Ledger)
def show_history(listing_id: str) -> dict[str, object]:
    """List every price and status that the listing had."""
    store = deps().listings.of(agency_id())
    store.get(listing_id)
    return {"items": [_line(row) for row in store.history(listing_id)]}


def _answer(listing: Listing) -> Versioned:
    return versioned(listing, listing.version)


def _in_minor(query: Facts) -> dict[str, Any]:  # Any: as in Facts
    bounds = ("list_price_min", "list_price_max")
    return {**query} | {bound: query[bound] * 100 for bound in bounds if bound in query}


def _line(row: Document) -> Document:
    if row["field"] != "list_price":
        return row
    return row | {name: None if row[name] is None else to_major(row[name]) for name in ("previous", "new")}


def who() -> str:
    """The principal as the ledger records it."""
    return f"{principal().role}:{principal().subject}"
