"""The timeline lines of an event, with ids that stay the same when the event is handled again."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from shared.contracts.matching import LostPair, MatchesFound, MatchesLost, SearchMatch, SearchRemoved, SearchSaved
from shared.contracts.notifications import DeliveryChanged
from shared.contracts.properties import ListingState
from shared.messaging.event import Event
from shared.vocabulary.contacts import CALL_OUTCOMES

Line = dict[str, Any]
HOME = (
    "listing_id",
    "street_name",
    "city",
    "list_price",
    "currency",
    "standard_status",
    "transaction",
    "property_sub_type",
)


def lines(event: Event[Any]) -> list[Line]:
    """The lines of an event, each with a stable id, its contact and its figures."""
    at = datetime.fromisoformat(event.time).astimezone(UTC)
    return [{"at": at, "by": event.source.lstrip("/"), **line} for line in _READERS[event.type](event)]


def home(listing: ListingState) -> dict[str, Any]:
    """The fields of a listing that a timeline shows."""
    return {name: getattr(listing, name) for name in HOME}


def _search_saved(event: Event[SearchSaved]) -> Iterator[Line]:
    search = event.data
    figures = {"name": search.name, "alerts": search.alerts, "status": search.status}
    kind = "search_saved" if event.sequence <= 1 else "search_changed"
    yield _line(event.id, search.contact_id, kind, figures, saved_search_id=event.subject)


def _search_removed(event: Event[SearchRemoved]) -> Iterator[Line]:
    yield _line(event.id, event.data.contact_id, "search_removed", {}, saved_search_id=event.subject)


def _found(event: Event[MatchesFound]) -> Iterator[Line]:
    listing = event.data.listing
    about = {
        "list_price": listing.list_price,
        "previous_list_price": listing.previous_list_price,
        "currency": listing.currency,
        "entered_by": event.data.entered_by,
    }
    for match in event.data.matches:
        figures = {name: getattr(match, name) for name in ("search_name", "kind", "score", "confidence")} | about
        yield _of_pair(event, match, "match_found", figures, listing.id)


def _lost(event: Event[MatchesLost]) -> Iterator[Line]:
    for pair in event.data.pairs:
        yield _of_pair(event, pair, "match_lost", {"why": event.data.why}, event.data.listing_id)


def _delivery(event: Event[DeliveryChanged]) -> Iterator[Line]:
    delivery = event.data
    figures = {"channel": delivery.channel, "reason": delivery.reason}
    kind = f"delivery_{event.type.rpartition('.')[2]}"
    if delivery.kind != "letter":
        yield _line(event.id, delivery.contact_id, kind, figures, listing_id=delivery.listing_id)
        return
    by = {"by": f"member:{delivery.by}"} if delivery.by else {}
    for listing_id in delivery.listing_ids or ():
        id_ = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{event.id}/{listing_id}"))
        yield _line(id_, delivery.contact_id, kind, figures | {"what": "letter"}, listing_id=listing_id, **by)


def _of_pair(
    event: Event[Any], pair: SearchMatch | LostPair, kind: str, figures: dict[str, Any], listing_id: str
) -> Line:
    contact_id, search_id = pair.contact_id, pair.saved_search_id
    id_ = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{event.id}/{contact_id}/{search_id}"))
    return _line(id_, contact_id, kind, figures, listing_id=listing_id, saved_search_id=search_id)


def _line(id_: str, contact_id: str, kind: str, figures: dict[str, Any], **about: str) -> Line:
    stated = {name: value for name, value in figures.items() if value is not None}
    return {"_id": id_, "contact_id": contact_id, "kind": kind, "figures": stated, **about}


_READERS: dict[str, Callable[[Event[Any]], Iterator[Line]]] = {
    "matching.search.saved": _search_saved,
    "matching.search.removed": _search_removed,
    "matching.matches.found": _found,
    "matching.matches.lost": _lost,
    **{f"notifications.delivery.{s}": _delivery for s in ("queued", "sent", "skipped", "failed", "unknown")},
}
# The kinds that a member records by hand, and the outcomes of a call.
LOGGED = ("call", "note")
OUTCOMES = CALL_OUTCOMES.codes
OWN_KINDS = (*LOGGED, "contact_created", "stage_changed", "agent_changed", "consent_granted", "consent_withdrawn")
KINDS = (
    *OWN_KINDS,
    *("search_saved", "search_changed", "search_removed", "match_found", "match_lost"),
    *(f"delivery_{state}" for state in ("queued", "sent", "skipped", "failed", "unknown")),
)
