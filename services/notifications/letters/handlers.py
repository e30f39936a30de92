"""Letters: mails that members write by hand about homes; one to a person, cancellable for a short time."""

from __future__ import annotations

from datetime import timedelta
from typing import TypedDict

from services.notifications.codes import NOT_WRITTEN_TO
from services.notifications.delivery.documents import CardRow
from services.notifications.delivery.model import LETTER, QUEUED, Delivery, TransitionRefused, decide
from services.notifications.deps import Deps
from shared.errors import Conflict
from shared.messaging.event import now
from shared.running.context import new_id

# How long a letter can be cancelled.
UNDO = timedelta(seconds=20)


class NewLetter(TypedDict):
    """A letter as a member writes it to one person; each home once."""

    contact_id: str
    note: str
    cards: list[CardRow]


def write(deps: Deps, agency_id: str, by: str | None, letter: NewLetter) -> Delivery:
    """Queue a letter; it is sent after a short delay unless it is cancelled. Conflict when it may not be sent."""
    deps.agencies.of(agency_id).document(agency_id)
    contact_id = letter["contact_id"]
    decision = decide(deps.people.of(agency_id, [contact_id])[contact_id], "letters", "instant")
    if decision.reason:
        why = NOT_WRITTEN_TO[decision.reason]()
        raise Conflict("This person cannot be written to.", {"contact_id": [why]})
    delivery = _delivery(agency_id, by, letter)
    deps.deliveries.of(agency_id).save(delivery)
    return delivery


def call_off(deps: Deps, agency_id: str, delivery_id: str) -> Delivery:
    """Cancel a letter that has not been sent yet; Conflict when it has."""
    store = deps.deliveries.of(agency_id)
    delivery = store.get(delivery_id)
    try:
        delivery.call_off()
    except TransitionRefused as refused:
        raise Conflict(refused.error) from None
    store.save_all([delivery])
    return delivery


def _delivery(agency_id: str, by: str | None, letter: NewLetter) -> Delivery:
    homes = [card["listing"] for card in letter["cards"]]
    moment = now()
    return Delivery(
        id=new_id(),
        agency_id=agency_id,
        contact_id=letter["contact_id"],
        listing_id=homes[0]["id"],
        kind=LETTER,
        state=QUEUED,
        entered_by=LETTER,
        listing=homes[0],
        listing_ids=[home["id"] for home in homes],
        by=by,
        note=letter["note"].strip(),
        cards=letter["cards"],
        created_at=moment,
        not_before=moment + UNDO,
    )
