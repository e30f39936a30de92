"""Today: people worth a call, what came back, what did not arrive, what was sent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Response, redirect, request

from services.gateway.components.deliveries.present import latest_by
from services.gateway.components.match_rows.present import with_people
from services.gateway.components.people.read import people
from services.gateway.upstream.http import Away
from services.gateway.web.answers import Row, items
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.deps import deps
from services.gateway.web.sessions import member, session_policy
from services.gateway.web.view import Asking, asking, form, show, toast
from services.gateway.web.words import gettext as _
from shared.http.claims import STAFF
from shared.messaging.event import now

blp = new_blueprint("today", guarded=True)
EVENTS, ROWS, ANSWERS = 8, 4, 6
RECENT = timedelta(hours=36)
LATER = timedelta(hours=20)
DAY = timedelta(hours=24)


@blp.get("/")
@session_policy(*STAFF, "operator")
def show_today() -> Any:
    """The first page; an operator's is the services."""
    who = member()
    if not who.agency_id:
        return redirect("/services", 303)
    whose = _whose()
    told = _told(asking(), who.agency_id, who.id if whose == "mine" else None)
    return show("today/index.html", "today/_today.html", whose=whose, now=now(), **told)


def _whose() -> str:
    """One's own people, or everybody's: what was asked for, else what this role mostly looks at."""
    wanted = request.args.get("whose")
    return wanted if wanted in ("mine", "team") else "mine" if member().role == "agent" else "team"


@blp.post("/today/<listing_id>/<contact_id>/set-aside")
@session_policy(*STAFF)
def set_aside(listing_id: str, contact_id: str) -> Response:
    """Take a row away: until tomorrow, or for good where it is not worth a call."""
    until = None if form("how")["how"] == "for_good" else now() + LATER
    deps().activity.of(member().agency_id).set_aside(member().id, f"{listing_id}/{contact_id}", until)
    text = _("Not shown again.") if until is None else _("Comes back tomorrow.")
    return toast(show("empty.html", "_nothing.html"), text)


def _told(ask: Asking, agency_id: str, agent: str | None) -> Row:
    """Everything on the page: what several services know is asked for at once, then the people of all of it."""
    news, homes = _news(agency_id)
    view = deps().activity.of(agency_id)
    answers = [row for row in view.latest("answer", 3 * ANSWERS) if row["state"] != "none"][:ANSWERS]
    asked = ask.together(
        matches=lambda: _matches(ask, [row["listing_id"] for row in news]),
        failed=lambda: ask.get("notifications", "deliveries", state="failed", limit=ANSWERS),
    )
    undelivered, found = items(asked["failed"]), asked["matches"]
    gone = ["matching"] if isinstance(found, Away) else []
    of_home = {} if isinstance(found, Away) else found
    pairs = [match for each in of_home.values() for match in each["matches"]]
    known = ask.together(people=lambda: people(ask, (row["contact_id"] for row in [*pairs, *answers, *undelivered])))
    if isinstance(known["people"], Away):
        known, gone = {"people": {}}, [*gone, "leads"]
    told = {"groups": _groups(news, homes, of_home, known["people"], agent), "gone": gone}
    return told | _aside(agency_id, answers, undelivered, known["people"])


def _matches(ask: Asking, listing_ids: list[str]) -> dict[str, Row]:
    """The best pairs and the counts of several homes, by home."""
    if not listing_ids:
        return {}
    found = ask.get("matching", "matches", listing_id=listing_ids, kind="match", limit=3 * ROWS)
    return {each["listing_id"]: each for each in found["items"]}


def _groups(
    news: list[Row], homes: dict[str, Row], of_home: dict[str, Row], known: dict[str, Row], agent: str | None
) -> list[Row]:
    """The homes that newly met somebody's wishes, each with its best people."""
    mine = {key: person for key, person in known.items() if agent is None or person["agent_member_id"] == agent}
    aside = deps().activity.of(member().agency_id).aside(member().id)
    groups = []
    for row in news:
        key = row["listing_id"]
        found = of_home.get(key, {"matches": [], "counts": {}})
        left = [match for match in found["matches"] if f"{key}/{match['contact_id']}" not in aside]
        told: Row = {"news": row, "home": homes[key], "down": _down(row, homes[key]), "counts": found["counts"]}
        groups.append(told | _worth_a_call(left, mine))
    return [group for group in groups if group["rows"]]


def _news(agency_id: str) -> tuple[list[Row], dict[str, Row]]:
    """What newly met wishes and is on the market, newest first, with the homes by id."""
    view = deps().activity.of(agency_id)
    rows = [row for row in view.latest("matches", 60) if row["at"] >= now() - RECENT]
    news = list(latest_by(rows, "listing_id").values())[:EVENTS]
    homes = deps().listings.of(agency_id).some([row["listing_id"] for row in news])
    return [row for row in news if homes.get(row["listing_id"], {}).get("standard_status") == "active"], homes


def _worth_a_call(matches: list[Row], known: dict[str, Row]) -> Row:
    """The best rows, one for each person who may be reached, and whom of them one may write to."""
    best = latest_by(matches, "contact_id").values()
    rows = [pair for pair in with_people(best, known, {}) if pair["may"]["state"] != "stop"][:ROWS]
    return {"rows": rows, "writable": [pair["contact_id"] for pair in rows if pair["may"]["state"] == "mail"]}


def _down(row: Row, home: Row) -> float | None:
    """By what share of itself a price went down; None where it did not."""
    before, price = float(home.get("previous_list_price") or 0), float(home.get("list_price") or 0)
    return (before - price) / before if row["entered_by"] == "price" and 0 < price < before else None


def _aside(agency_id: str, answers: list[Row], undelivered: list[Row], known: dict[str, Row]) -> Row:
    """What came back, what did not arrive, how much was sent."""
    homes = deps().listings.of(agency_id).some([row["listing_id"] for row in [*answers, *undelivered]])
    return {
        "answers": _with(answers, known, homes),
        "undelivered": _with(undelivered, known, homes),
        "sent": deps().activity.of(agency_id).deliveries(now() - DAY, ("sent", "queued", "failed")),
    }


def _with(rows: list[Row], known: dict[str, Row], homes: dict[str, Row]) -> list[Row]:
    return [
        row | {"person": known[row["contact_id"]], "home": homes.get(row["listing_id"])}
        for row in rows
        if row["contact_id"] in known
    ]
