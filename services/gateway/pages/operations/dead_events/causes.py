"""Why an event could not be handled, as one says it to a colleague, and what it is about."""

from __future__ import annotations

import json
from typing import Any

from flask import Flask

from services.gateway.web.vocabulary import label
from shared.vocabulary.dead_entries import DEAD_ENTRY_CAUSES

HOMES = ("properties.listing.", "matching.listing.")


# What the text of a Malformed error begins with, and the code of its cause.
MALFORMED = {
    "not JSON": "not_json",
    "data breaks the contract": "broken_contract",
    "not a type": "foreign_type",
}


def cause(entry: dict[str, Any]) -> str:
    """The cause in words; the program's own words stand in a second line."""
    code, text = entry.get("error_class") or "", entry.get("error") or ""
    if code == "Malformed":
        code = next((cause for start, cause in MALFORMED.items() if text.startswith(start)), code)
    elif code and code not in DEAD_ENTRY_CAUSES.words:
        code = "unforeseen"
    return label(DEAD_ENTRY_CAUSES, code)


def about(event: Any) -> dict[str, Any]:
    """What an event is about, for links: the home, the person, how many people wait for it."""
    if not isinstance(event, dict) or not isinstance(event.get("data"), dict):
        return {}
    data, kind = event["data"], str(event.get("type") or "")
    found: dict[str, Any] = {}
    home = data.get("listing") if isinstance(data.get("listing"), dict) else {}
    listing_id = home.get("id") or data.get("listing_id") or (event.get("subject") if kind.startswith(HOMES) else None)
    if isinstance(listing_id, str):
        found["listing_id"] = listing_id
    contact_id = event.get("subject") if kind.startswith("leads.contact.") else data.get("contact_id")
    if isinstance(contact_id, str):
        found["contact_id"] = contact_id
    if isinstance(data.get("matches"), list):
        found["people"] = len({each.get("contact_id") for each in data["matches"] if isinstance(each, dict)})
    return found


def register(app: Flask) -> None:
    """Give the templates these words."""
    app.jinja_env.filters.update(cause=cause, about=about, as_json=as_json)


def as_json(event: Any) -> str:
    """An event as people read it."""
    return event if isinstance(event, str) else json.dumps(event, indent=2, ensure_ascii=False)
