"""Match rows: the content of a row, whether the row is current, and whether its pair is news."""

from __future__ import annotations

from collections.abc import Mapping

from services.matching.crossing.pair import Announcement, Pair
from services.matching.engine.records.quantities import MOST_MONEY, hundredths
from services.matching.model import better, is_cheaper
from services.matching.store.documents import ListingDocument, MatchRow, Price, SearchAlerts
from shared.messaging.event import now


def is_current(pair: Pair, listings: Mapping[str, ListingDocument], searches: Mapping[str, SearchAlerts]) -> bool:
    """Whether listing and search are still at the versions of the pair."""
    listing, search = listings.get(pair.listing_id), searches.get(pair.search_id)
    return (
        listing is not None
        and search is not None
        and listing["sequence"] == pair.listing_sequence
        and search["sequence"] == pair.search_sequence
    )


def price_of(listing: ListingDocument) -> Price:
    """The price of a stored listing."""
    price = listing["wire"].get("list_price")
    minor = None if price is None else hundredths(price, MOST_MONEY)
    return {"list_price": minor, "currency": listing["wire"].get("currency")}


def row_of(pair: Pair, entered_by: str, before: MatchRow | None, price: Price) -> MatchRow:
    """The match row of a pair; cause and time of entry are kept from the row before."""
    return {
        "_id": pair.id,
        "listing_id": pair.listing_id,
        "saved_search_id": pair.search_id,
        "contact_id": pair.contact_id,
        "listing_sequence": pair.listing_sequence,
        "search_sequence": pair.search_sequence,
        "kind": pair.kind,
        "score": pair.score,
        "confidence": pair.confidence,
        "list_price": price["list_price"],
        "currency": price["currency"],
        "entered_by": before["entered_by"] if before else entered_by,
        "found_at": before["found_at"] if before else now(),
    }


def announcement_of(pair: Pair, entered_by: str, price: Price, before: MatchRow | None) -> Announcement | None:
    """Whether this pair is news at this price; near pairs never are, since they are shown on pages only."""
    if pair.kind == "near":
        return None
    if before is None or better(pair.kind, before["kind"]):
        return Announcement(pair, entered_by, None)
    price_before = before.get("list_price")
    if is_cheaper((price["list_price"], price["currency"]), (price_before, before.get("currency"))):
        return Announcement(pair, "price", price_before)
    return None
