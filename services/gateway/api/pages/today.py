"""Today: people worth a call, what came back, what did not arrive, what was sent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from typing import Any

from flask import Response, redirect, request

from services.gateway.api.pages.blueprint import new_blueprint
from services.gateway.api.pages.rows import Row, items, latest_by, people, with_people
from services.gateway.api.pages.sessions import member, session_policy
from services.gateway.api.pages.view import Asking, asking, form, show, toast
from services.gateway.api.pages.words import gettext as _
from services.gateway.upstream import Away
from shared.auth import STAFF
from shared.event import now
from shared.web import deps

blp = new_blueprint("today", guarded=True)
EVENTS, ROWS, ANSWERS = 8, 4, 6
RECENT = timedelta(hours=36)
LATER = timedelta(hours=20)


@blp.get("/")
@session_policy(*STAFF, "operator")
def show_today() -> Any:
    """The first page; an operator's is the services."""
    who = member()
    if not who.agency_id:
        return redirect("/services", 303)
    ask, whose = asking(), "team" if request.args.get("whose") == "team" else "mine"
    groups = _groups(ask, who.agency_id, who.id if whose == "mine" else None)
    return show("today.html", "_today.html", whose=whose, now=now(), groups=groups, **_aside(ask, who.agency_id))


@blp.post("/today/<listing_id>/<contact_id>/set-aside")
@session_policy(*STAFF)
def set_aside(listing_id: str, contact_id: str) -> Response:
    """Take a row away: until tomorrow, or for good where it is not worth a call."""
    until = None if form("how")["how"] == "for_good" else now() + LATER
    deps().activity.of(member().agency_id).set_aside(member().id, f"{listing_id}/{contact_id}", until)
    text = _("Not shown again.") if until is None else _("Comes back tomorrow.")
    return toast(show("empty.html", "_nothing.html"), text)


def _groups(ask: Asking, agency_id: str, agent: str | None) -> list[Row]:
    """The homes that newly met somebody's wishes, each with its best people."""
    view = deps().activity.of(agency_id)
    rows = [row for row in view.latest("matches", 60) if row["at"] >= now() - RECENT]
    news = list(latest_by(rows, "listing_id").values())[:EVENTS]
    homes = deps().listings.of(agency_id).some([row["listing_id"] for row in news])
    shown = [row for row in news if homes.get(row["listing_id"], {}).get("standard_status") == "active"]
    gone = view.aside(member().id)
    answers = _asked(ask, [row["listing_id"] for row in shown])
    matches = {row["listing_id"]: items(answers[f"matches {row['listing_id']}"]) for row in shown}
    known = people(ask, (match["contact_id"] for found in matches.values() for match in found))
    mine = {key: person for key, person in known.items() if agent is None or person["agent_member_id"] == agent}
    groups = []
    for row in shown:
        key = row["listing_id"]
        left = [match for match in matches[key] if f"{key}/{match['contact_id']}" not in gone]
        counts = answers[f"counts {key}"]
        told: Row = {"news": row, "home": homes[key], "counts": {} if isinstance(counts, Away) else counts}
        reachable = [pair for pair in with_people(left, mine, {}) if pair["may"]["state"] != "stop"]
        writable = [pair["contact_id"] for pair in reachable[:ROWS] if pair["may"]["state"] == "mail"]
        groups.append(told | {"rows": reachable[:ROWS], "writable": writable})
    return [group for group in groups if group["rows"]]


def _asked(ask: Asking, listing_ids: Iterable[str]) -> dict[str, Any]:
    calls = {}
    for key in listing_ids:
        calls[f"matches {key}"] = partial(ask.get, "matching", "listings", key, "matches", kind="match", limit=3 * ROWS)
        calls[f"counts {key}"] = partial(ask.get, "matching", "listings", key, "match-counts")
    return ask.together(**calls)


def _aside(ask: Asking, agency_id: str) -> Row:
    """What came back, what did not arrive, how much was sent."""
    view = deps().activity.of(agency_id)
    answers = [row for row in view.latest("answer", 3 * ANSWERS) if row["state"] != "none"][:ANSWERS]
    failed = ask.together(failed=lambda: ask.get("notifications", "deliveries", state="failed", limit=ANSWERS))
    undelivered = items(failed["failed"])
    known = people(ask, (row["contact_id"] for row in [*answers, *undelivered]))
    homes = deps().listings.of(agency_id).some([row["listing_id"] for row in [*answers, *undelivered]])
    counts = view.counts(now() - timedelta(hours=24))
    return {
        "answers": _with(answers, known, homes),
        "undelivered": _with(undelivered, known, homes),
        "sent": {state: counts.get(f"delivery.{state}", 0) for state in ("sent", "queued", "failed")},
    }


def _with(rows: list[Row], known: dict[str, Row], homes: dict[str, Row]) -> list[Row]:
    return [
        row | {"person": known[row["contact_id"]], "home": homes.get(row["listing_id"])}
        for row in rows
        if row["contact_id"] in known
    ]
