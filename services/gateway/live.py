"""What is happening: keeps the events that the live page shows, and puts the page's figures together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from services.gateway.handlers import Deps
from services.gateway.model import Member
from shared.event import Event, now
from shared.settings import SERVICES

SHOWN = 12
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


def activity(deps: Deps, agency_id: str) -> dict[str, Any]:
    """The latest lines of an agency with their homes, and the day's counts."""
    view = deps.activity.of(agency_id)
    lines = {kind: view.latest(kind, SHOWN) for kind in ("listing", "matches", "delivery", "answer")}
    ids = {row["listing_id"] for rows in lines.values() for row in rows}
    homes = deps.listings.of(agency_id).some(sorted(ids))
    return {"lines": lines, "homes": homes, "counts": view.counts(now() - RECENT)}


def statuses(deps: Deps, member: Member, own: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """How each service is, asked at once; Away for one that gives no answer. `own` tells of the gateway itself."""
    token = deps.tokens.of_member(member)

    def ask(name: str) -> dict[str, Any]:
        status: dict[str, Any] = deps.upstream.call(name, "GET", "/v1/status", token)
        return status

    others = [name for name in SERVICES if name != "gateway"]
    return {**deps.upstream.ask_all(others, ask), "gateway": own()}


def dead_entries(deps: Deps, member: Member, services: Iterable[str]) -> dict[str, Any]:
    """The dead entries of these services that this person may see; Away for one that gives no answer."""
    token = deps.tokens.of_member(member)

    def ask(name: str) -> list[dict[str, Any]]:
        page: dict[str, Any] = deps.upstream.call(name, "GET", "/v1/dead-entries?limit=20", token)
        return list(page["items"])

    return dict(deps.upstream.ask_all(services, ask))


def act_on_dead_entry(deps: Deps, member: Member, service: str, entry_id: str, action: str, body: Any) -> None:
    """Replay or discard a dead entry of a service in this person's name; DomainError in the service's words."""
    path = f"/v1/dead-entries/{quote(entry_id, safe='')}/{action}"
    deps.upstream.call(service, "POST", path, deps.tokens.of_member(member), body)


def _tell(deps: Deps, event: Event, row_id: str, kind: str, **facts: Any) -> None:
    deps.activity.of(event.agency_id).tell(row_id, kind, event.sequence, _moment(event), **facts)


def _moment(event: Event) -> datetime:
    try:
        moment = datetime.fromisoformat(event.time)
    except ValueError:
        return now()
    return moment if moment.tzinfo else now()
