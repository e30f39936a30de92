"""What is happening: keeps the events that the live page shows."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from services.gateway.accounts.handlers import Deps
from shared.messaging.event import Event, now

RECENT = timedelta(hours=24)


def keep_listing(deps: Deps, event: Event) -> None:
    """Keep the home as it is now, and a line about what happened to it."""
    if not deps.listings.of(event.agency_id).keep(event.subject, event.data, event.sequence):
        return
    what = event.type.rpartition(".")[2]
    if what == "changed" and event.sequence == 1:
        what = "added"
    facts = {"previous_list_price": event.data.get("previous_list_price")}
    _tell(deps, event, f"listing/{event.subject}", "listing", listing_id=event.subject, state=what, **facts)


def keep_matches(deps: Deps, event: Event) -> None:
    """Keep a line for a batch of matches: how many people, by kind, and the best score."""
    found = event.data["matches"]
    people = len({match["contact_id"] for match in found})
    _tell(
        deps,
        event,
        f"matches/{event.id}",
        "matches",
        listing_id=event.subject if "listing" not in event.data else event.data["listing"]["id"],
        people=people,
        kinds=dict(Counter(match["kind"] for match in found)),
        best=max((match["score"] for match in found), default=0),
        entered_by=event.data["entered_by"],
    )


def keep_delivery(deps: Deps, event: Event) -> None:
    """Keep what became of a delivery last."""
    _tell(
        deps,
        event,
        f"delivery/{event.subject}",
        "delivery",
        listing_id=event.data["listing_id"],
        state=event.type.rpartition(".")[2],
        channel=event.data["channel"],
        reason=event.data.get("reason"),
    )


def keep_answer(deps: Deps, event: Event) -> None:
    """Keep what somebody last said of a home; no word at all takes the line back."""
    row_id = f"answer/{event.data['contact_id']}/{event.data['listing_id']}"
    facts = {name: event.data.get(name) for name in ("contact_id", "listing_id", "reason")}
    _tell(deps, event, row_id, "answer", state=event.data.get("preference") or "none", **facts)


def forget_contact(deps: Deps, event: Event) -> None:
    """Drop the lines that speak of somebody who is to be forgotten, end their sessions, let no link open another."""
    deps.activity.of(event.agency_id).forget(event.subject)
    deps.sessions.close_prospect(event.agency_id, event.subject)
    deps.used_links.of(event.agency_id).shut(event.subject, now() + RECENT)


def _tell(deps: Deps, event: Event, row_id: str, kind: str, **facts: Any) -> None:
    deps.activity.of(event.agency_id).tell(row_id, kind, event.sequence, _moment(event), **facts)


def _moment(event: Event) -> datetime:
    try:
        moment = datetime.fromisoformat(event.time)
    except ValueError:
        return now()
    return moment if moment.tzinfo else now()
