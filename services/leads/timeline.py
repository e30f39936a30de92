"""What an event means for the people it speaks of: lines of their timelines, the same however often it comes."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from shared.messaging.event import Event

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


def lines(event: Event) -> list[Line]:
    """The lines that an event adds, each with a lasting id, the contact it belongs to and its figures."""
    at = datetime.fromisoformat(event.time).astimezone(UTC)
    return [{"at": at, "by": event.source.lstrip("/"), **line} for line in _READERS[event.type](event)]


def home(data: dict[str, Any]) -> dict[str, Any]:
    """What a timeline tells of a listing."""
    return {name: data.get(name) for name in HOME}


def _search_saved(event: Event) -> Iterator[Line]:
    figures = {name: event.data.get(name) for name in ("name", "alerts", "status")}
    kind = "search_saved" if event.sequence <= 1 else "search_changed"
    yield _line(event.id, event.data["contact_id"], kind, figures, saved_search_id=event.subject)


def _search_removed(event: Event) -> Iterator[Line]:
    yield _line(event.id, event.data["contact_id"], "search_removed", {}, saved_search_id=event.subject)


def _found(event: Event) -> Iterator[Line]:
    listing = event.data["listing"]
    about = {name: listing.get(name) for name in ("list_price", "previous_list_price", "currency")}
    about["entered_by"] = event.data["entered_by"]
    for match in event.data["matches"]:
        figures = {name: match.get(name) for name in ("search_name", "kind", "score", "confidence")} | about
        yield _of_pair(event, match, "match_found", figures, listing["id"])


def _lost(event: Event) -> Iterator[Line]:
    for pair in event.data["pairs"]:
        yield _of_pair(event, pair, "match_lost", {"why": event.data["why"]}, event.data["listing_id"])


def _delivery(event: Event) -> Iterator[Line]:
    figures = {name: event.data.get(name) for name in ("channel", "reason")}
    kind, contact_id = f"delivery_{event.type.rpartition('.')[2]}", event.data["contact_id"]
    if event.data.get("kind") != "letter":
        yield _line(event.id, contact_id, kind, figures, listing_id=event.data["listing_id"])
        return
    by = {"by": f"member:{event.data['by']}"} if event.data.get("by") else {}
    for listing_id in event.data["listing_ids"]:
        id_ = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{event.id}/{listing_id}"))
        yield _line(id_, contact_id, kind, figures | {"what": "letter"}, listing_id=listing_id, **by)


def _of_pair(event: Event, pair: dict[str, Any], kind: str, figures: dict[str, Any], listing_id: str) -> Line:
    contact_id, search_id = pair["contact_id"], pair["saved_search_id"]
    id_ = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{event.id}/{contact_id}/{search_id}"))
    return _line(id_, contact_id, kind, figures, listing_id=listing_id, saved_search_id=search_id)


def _line(id_: str, contact_id: str, kind: str, figures: dict[str, Any], **about: str) -> Line:
    stated = {name: value for name, value in figures.items() if value is not None}
    return {"_id": id_, "contact_id": contact_id, "kind": kind, "figures": stated, **about}


_READERS = {
    "matching.search.saved": _search_saved,
    "matching.search.removed": _search_removed,
    "matching.matches.found": _found,
    "matching.matches.lost": _lost,
    **{f"notifications.delivery.{s}": _delivery for s in ("queued", "sent", "skipped", "failed", "unknown")},
}
# What a member writes down by hand, and how a call may end.
LOGGED = ("call", "note")
OUTCOMES = ("reached", "not_reached", "call_back", "viewing", "not_interested")
OWN_KINDS = (*LOGGED, "contact_created", "stage_changed", "agent_changed", "consent_granted", "consent_withdrawn")
KINDS = (
    *OWN_KINDS,
    *("search_saved", "search_changed", "search_removed", "match_found", "match_lost"),
    *(f"delivery_{state}" for state in ("queued", "sent", "skipped", "failed", "unknown")),
)
