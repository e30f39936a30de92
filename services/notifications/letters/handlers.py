"""Letters: mails that members write by hand about homes; one for each person, and called off within a moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from services.notifications.delivery import model
from services.notifications.deps import Deps
from shared.errors import Conflict
from shared.messaging.event import now
from shared.running.context import new_id
from shared.storage.mongo import Document
from shared.vocabulary.deliveries import DELIVERY_REASONS
from shared.vocabulary.wording import label


def write(deps: Deps, agency_id: str, by: str | None, asked: Mapping[str, Any]) -> Document:
    """Queue a letter; it leaves once nobody has called it off for a moment. Conflict when it may not go out."""
    deps.agencies.of(agency_id).document(agency_id)
    contact_id = asked["contact_id"]
    decision = model.decide_letter(deps.people.of(agency_id, [contact_id])[contact_id])
    if decision.reason:
        raise Conflict(
            "This person may not be written to.", {"contact_id": [label(DELIVERY_REASONS, decision.reason, "en")]}
        )
    row = _row(agency_id, by, asked)
    deps.deliveries.of(agency_id).add([row])
    return row


def call_off(deps: Deps, agency_id: str, delivery_id: str) -> Document:
    """Take a letter back that has not left yet; Conflict when it has."""
    store = deps.deliveries.of(agency_id)
    row = store.document(delivery_id)
    if row.get("kind") != model.LETTER:
        raise Conflict("An alert ends with what it rests on, not by itself.")
    if row["state"] != "canceled" and not store.call_off(delivery_id):
        raise Conflict("It has left already.")
    return store.document(delivery_id)


def reachable(deps: Deps, agency_id: str, contact_ids: Iterable[str]) -> list[Document]:
    """Who may be written to by hand, and why others may not."""
    ids = list(dict.fromkeys(contact_ids))
    found = deps.people.of(agency_id, ids)
    decided = {contact_id: model.decide_letter(found[contact_id]) for contact_id in ids}
    return [{"contact_id": id_, "writable": not made.reason, "reason": made.reason} for id_, made in decided.items()]


def _row(agency_id: str, by: str | None, asked: Mapping[str, Any]) -> Document:
    homes = [card["listing"] for card in asked["cards"]]
    return {
        "_id": new_id(),
        "agency_id": agency_id,
        "contact_id": asked["contact_id"],
        "kind": model.LETTER,
        "by": by,
        "note": asked["note"].strip(),
        "cards": asked["cards"],
        "listing_id": homes[0]["id"],
        "listing_ids": [home["id"] for home in homes],
        "listing": homes[0],
        "matches": {},
        "entered_by": "letter",
        "frequency": "instant",
        "channel": model.CHANNEL,
        "state": "queued",
        "reason": None,
        "attempts": 0,
        "version": 1,
        "created_at": now(),
        "not_before": now() + model.UNDO,
    }
