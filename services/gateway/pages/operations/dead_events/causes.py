"""Why an event could not be handled, as one says it to a colleague, and what it is about."""

from __future__ import annotations

import json
from typing import Any

from flask import Flask

from services.gateway.web.language import gettext as _

HOMES = ("properties.listing.", "matching.listing.")


def cause(entry: dict[str, Any]) -> str:
    """The cause in words; the program's own words stand in a second line."""
    kind, told = entry.get("error_class") or "", entry.get("error") or ""
    if kind == "Malformed":
        return _malformed(told)
    sentences = {
        "_Died": _("The process died each time it handled this."),
        "NotYetKnown": _("It speaks of something that has never arrived here."),
        "NotFound": _("It speaks of something that is not there."),
        "Conflict": _("What it asks for contradicts what is there."),
        "Invalid": _("It asks for something that the rules do not allow."),
        "DuplicateKeyError": _("There is such a thing already, and there may be one only."),
        "WriteError": _("The database refused what was to be written."),
        "BulkWriteError": _("The database refused what was to be written."),
    }
    if not kind:
        return _("No cause was written down.")
    return sentences.get(kind) or _("The program met something that nobody had thought of.")


def _malformed(told: str) -> str:
    if told.startswith("not JSON"):
        return _("The message is not readable: it is no JSON.")
    if told.startswith("data breaks the contract"):
        return _("The event lacks or spoils a field that was agreed on.")
    if told.startswith("not a type"):
        return _("Nobody here handles events of this type.")
    return _("The message is no event of ours.")


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
