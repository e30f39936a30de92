"""What is happening: keeps the events that the live page shows."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from services.gateway.projections.deps import Deps
from shared.contracts.leads import ContactErased
from shared.contracts.matching import FeedbackGiven, MatchesFound
from shared.contracts.notifications import DeliveryChanged
from shared.contracts.properties import ListingState
from shared.messaging.event import Event, now


def keep_listing(deps: Deps, event: Event[ListingState]) -> None:
    """Store the home as it is now, and a line about its change."""
    if not deps.listings.of(event.agency_id).keep(event.subject, event.raw, event.sequence):
        return
    what = event.type.rpartition(".")[2]
    if what == "changed" and event.sequence == 1:
        what = "added"
    facts = {"previous_list_price": event.data.previous_list_price}
    _record(deps, event, f"listing/{event.subject}", "listing", listing_id=event.subject, state=what, **facts)


def keep_matches(deps: Deps, event: Event[MatchesFound]) -> None:
    """Store a line for a batch of matches: how many people, by kind, and the best score."""
    found = event.data.matches
    people = len({match.contact_id for match in found})
    _record(
        deps,
        event,
        f"matches/{event.id}",
        "matches",
        listing_id=event.data.listing.id,
        people=people,
        kinds=dict(Counter(match.kind for match in found)),
        best=max((match.score for match in found), default=0),
        entered_by=event.data.entered_by,
    )


def keep_delivery(deps: Deps, event: Event[DeliveryChanged]) -> None:
    """Store the latest state of a delivery."""
    _record(
        deps,
        event,
        f"delivery/{event.subject}",
        "delivery",
        listing_id=event.data.listing_id,
        state=event.type.rpartition(".")[2],
        channel=event.data.channel,
        reason=event.data.reason,
    )


def keep_answer(deps: Deps, event: Event[FeedbackGiven]) -> None:
    """Store a person's latest opinion of a home; a withdrawn opinion removes the line."""
    said = event.data
    row_id = f"answer/{said.contact_id}/{said.listing_id}"
    facts = {"contact_id": said.contact_id, "listing_id": said.listing_id, "reason": said.reason}
    _record(deps, event, row_id, "answer", state=said.preference or "none", **facts)


def forget_contact(deps: Deps, event: Event[ContactErased]) -> None:
    """Drop what is kept of a person who was erased."""
    deps.activity.of(event.agency_id).forget(event.subject)


def _record(deps: Deps, event: Event[Any], row_id: str, kind: str, **facts: Any) -> None:
    deps.activity.of(event.agency_id).record(row_id, kind, event.sequence, _moment(event), **facts)


def _moment(event: Event[Any]) -> datetime:
    try:
        moment = datetime.fromisoformat(event.time)
    except ValueError:
        return now()
    return moment if moment.tzinfo else now()
