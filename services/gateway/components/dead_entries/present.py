"""Why an event could not be handled, in words, and its subject."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from flask import Flask

from services.gateway.upstream.service_status import DeadEntry
from services.gateway.web.vocabulary import label
from shared.vocabulary.dead_entries import DEAD_ENTRY_CAUSES

LISTING_EVENTS = ("properties.listing.", "matching.listing.")
# What the text of a Malformed error begins with, and the code of its cause.
MALFORMED = {
    "not JSON": "not_json",
    "data breaks the contract": "broken_contract",
    "not a type": "foreign_type",
}


@dataclass(frozen=True)
class EventSubject:
    """The subject of an event, for links; `people` is how many wait for it."""

    listing_id: str | None = None
    contact_id: str | None = None
    people: int | None = None


def cause(entry: DeadEntry) -> str:
    """The cause in words; the program's own words stand in a second line."""
    code, text = entry["error_class"] or "", entry["error"] or ""
    if code == "Malformed":
        code = next((cause for start, cause in MALFORMED.items() if text.startswith(start)), code)
    elif code and code not in DEAD_ENTRY_CAUSES.words:
        code = "unforeseen"
    return label(DEAD_ENTRY_CAUSES, code)


def subject(event: object) -> EventSubject:
    """The listing, the person and the number of people in an event, where it names them."""
    if not isinstance(event, dict) or not isinstance(event.get("data"), dict):
        return EventSubject()
    data, kind = event["data"], str(event.get("type") or "")
    listing = data["listing"] if isinstance(data.get("listing"), dict) else {}
    of_listing = event.get("subject") if kind.startswith(LISTING_EVENTS) else None
    of_contact = event.get("subject") if kind.startswith("leads.contact.") else data.get("contact_id")
    matches = data.get("matches")
    people = None
    if isinstance(matches, list):
        people = len({match.get("contact_id") for match in matches if isinstance(match, dict)})
    return EventSubject(
        _text(listing.get("id") or data.get("listing_id") or of_listing),
        _text(of_contact),
        people,
    )


def as_json(event: object) -> str:
    """An event as people read it."""
    return event if isinstance(event, str) else json.dumps(event, indent=2, ensure_ascii=False)


def register(app: Flask) -> None:
    """Give the templates these words."""
    app.jinja_env.filters.update(cause=cause, event_subject=subject, as_json=as_json)


def _text(value: Any) -> str | None:  # a value of somebody's event, of any kind
    return value if isinstance(value, str) else None
