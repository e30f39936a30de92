"""Match rows: what one holds of a pair, whether the pair is still of the present versions, and whether it is news."""

from __future__ import annotations

from services.matching.crossing.match_events import Entered, Pair
from services.matching.engine.records.quantities import MOST_MONEY, hundredths
from services.matching.model import better, re_offered
from shared.messaging.event import now
from shared.storage.mongo import Document


def is_current(pair: Pair, listings: dict[str, Document], searches: dict[str, Document]) -> bool:
    """Whether listing and search are still at the versions of the pair."""
    listing, search = listings.get(pair.listing_id), searches.get(pair.search_id)
    return (
        listing is not None
        and search is not None
        and listing["sequence"] == pair.listing_sequence
        and search["sequence"] == pair.search_sequence
    )


def priced(home: Document) -> Document:
    """What a home costs, in hundredths, as match rows keep it."""
    price = home["wire"].get("list_price")
    minor = None if price is None else hundredths(price, MOST_MONEY)
    return {"list_price": minor, "currency": home["wire"].get("currency")}


def row_of(pair: Pair, entered_by: str, before: Document | None, price: Document) -> Document:
    """The match row of a pair; what brought it in and when stays from the row before."""
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
        **price,
        "entered_by": before["entered_by"] if before else entered_by,
        "found_at": before["found_at"] if before else now(),
    }


def news_of(pair: Pair, entered_by: str, price: Document, before: Document | None) -> Entered | None:
    """Whether this pair is news at this price: near ones are for the pages, never for a message."""
    if pair.kind == "near":
        return None
    if before is None or better(pair.kind, before["kind"]):
        return Entered(pair, entered_by, None)
    if re_offered(before, price["list_price"], price["currency"]):
        return Entered(pair, "price", before["list_price"])
    return None
