"""What the tests of leads share."""

from __future__ import annotations

import itertools
from typing import Any

from tests.integration.rooms import Room

ALERTS = {
    "purpose": "alerts",
    "channel": "email",
    "state": "granted",
    "wording_version": "alerts-1",
    "source": "web form",
}
_numbers = itertools.count(1)


def add(room: Room, agency: str = "agency-a", **facts: Any) -> Any:
    """POST a person; a name is given where none is stated."""
    body = {"full_name": f"Person {next(_numbers)}"} | facts
    return room.call("POST", "/v1/contacts", agency=agency, json=body)


def made(room: Room, **facts: Any) -> dict[str, Any]:
    """The contact that was made."""
    answer = add(room, **facts)
    assert answer.status_code == 201, answer.json
    body: dict[str, Any] = answer.json
    return body


def told_of(room: Room, contact_id: str) -> list[dict[str, Any]]:
    """The events about a contact, oldest first."""
    return [event for event in room.events() if event["subject"] == contact_id]


def found_event(listing_id: str, *pairs: tuple[str, str]) -> dict[str, Any]:
    """The data of matching.matches.found for (contact, saved search) pairs."""
    listing = {"id": listing_id, "sequence": 1, "transaction": "sale", "list_price": 295000, "currency": "EUR"}
    matches = [
        {
            "contact_id": contact_id,
            "saved_search_id": search_id,
            "search_name": "Two rooms",
            "search_sequence": 1,
            "kind": "match",
            "score": 88,
            "confidence": 90,
            "alerts": "instant",
        }
        for contact_id, search_id in pairs
    ]
    return {"listing": listing, "entered_by": "new", "matches": matches}
