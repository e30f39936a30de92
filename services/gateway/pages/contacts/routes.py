"""Contacts: the list, and one page for each person: wishes, homes, what happened, consent, notes."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import urlencode

from flask import Response, request

from services.gateway.components.beam.present import beam
from services.gateway.components.deliveries.present import each_home, latest_by
from services.gateway.components.reachability.present import may_write
from services.gateway.upstream.http import Away
from services.gateway.web.answers import Row, items
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.deps import deps
from services.gateway.web.sessions import member, session_policy
from services.gateway.web.view import Asking, asking, colleagues, show
from services.gateway.web.words import gettext as _
from shared.http.claims import STAFF

blp = new_blueprint("contacts", guarded=True)
FILTERS = ("q", "stage", "language", "cursor")
SHOWN, HOMES_SHOWN, HAPPENED = 40, 20, 20
# so many digits of a telephone name one person, whatever stands before them
TELLING = 7
TABS = ("homes", "mail", "notes", "consent")
BEST_FIRST = ("match", "possible", "near")


@blp.get("/contacts")
@session_policy(*STAFF)
def show_contacts() -> Response:
    """The list, searched as one types; one's own people or all."""
    asked = {name: value for name in FILTERS if (value := request.args.get(name, "").strip())}
    mine = request.args.get("whose") == "mine"
    agent = {"agent_member_id": member().id} if mine else {}
    page = asking().get("leads", "contacts", limit=SHOWN, **asked, **agent)
    rows = [person | {"may": may_write(person)} for person in page["items"]]
    told = asked | ({"whose": "mine"} if mine else {})
    more = f"/contacts?{urlencode(told | {'cursor': page['next_cursor']})}" if page["next_cursor"] else None
    return show(
        "contacts/index.html", "contacts/_contacts.html", asked=told, rows=rows, more=more, members=colleagues()
    )


@blp.get("/contacts/known")
@session_policy(*STAFF)
def show_known() -> Response:
    """Who is here already with this telephone or address, while somebody is being taken in."""
    ask = asking()
    phone, email = digits(request.args.get("phone", "")), request.args.get("email", "").strip().casefold()
    calls = {"phone": phone if len(phone) >= TELLING else "", "email": email if "@" in email else ""}
    found = ask.together(
        **{name: partial(ask.get, "leads", "contacts", q=q[:100], limit=5) for name, q in calls.items() if q}
    )
    rows = {row["id"]: row for answer in found.values() for row in items(answer)}
    same = [row for row in rows.values() if _is_same(row, phone, email)]
    return show("contacts/known.html", "contacts/_already_known.html", rows=same, members=colleagues())


@blp.get("/contacts/<contact_id>")
@session_policy(*STAFF)
def show_contact(contact_id: str) -> Response:
    """One person."""
    ask = asking()
    person = ask.get("leads", "contacts", contact_id)
    found = ask.together(
        searches=lambda: _searches(ask, contact_id),
        happened=lambda: _happened(ask, contact_id),
        consents=lambda: ask.get("leads", "contacts", contact_id, "consents", limit=3)["items"],
        notes=lambda: ask.get("leads", "contacts", contact_id, "timeline", kind="note", limit=3)["items"],
        sent=lambda: ask.get("notifications", "deliveries", contact_id=contact_id, limit=200),
    )
    searches, sent = found.pop("searches"), found.pop("sent")
    answers = ask.together(**_counting(ask, searches), **_finding(ask, searches))
    wishes = searches if isinstance(searches, Away) else _counted(searches, answers)
    tab = searches if isinstance(searches, Away) else _homes_tab(contact_id, answers, sent)
    return show(
        "contacts/show.html",
        person=person,
        may=may_write(person),
        members=colleagues(),
        wishes=wishes,
        tab=tab,
        **found,
    )


@blp.get("/contacts/<contact_id>/<tab>")
@session_policy(*STAFF)
def show_tab(contact_id: str, tab: str) -> Response:
    """One tab of a person: homes, mail, notes or consent with its history."""
    ask = asking()
    person = ask.get("leads", "contacts", contact_id)
    found = _tab(ask, contact_id, tab if tab in TABS else "homes")
    return show("contacts/tab.html", "contacts/_tab.html", person=person, tab=found, members=colleagues())


@blp.get("/contacts/<contact_id>/happened")
@session_policy(*STAFF)
def show_happened(contact_id: str) -> Response:
    """What happened with a person, earlier than what is shown."""
    ask = asking()
    person = ask.get("leads", "contacts", contact_id)
    happened = _happened(ask, contact_id, request.args.get("cursor"))
    return show(
        "contacts/happened.html", "contacts/_happened.html", person=person, happened=happened, members=colleagues()
    )


def digits(text: str) -> str:
    """The digits of a telephone number without what countries put before it."""
    return "".join(letter for letter in text if letter.isdigit()).lstrip("0")


def _is_same(person: Row, phone: str, email: str) -> bool:
    same_phone = len(phone) >= TELLING and digits(person["phone"] or "").endswith(phone[-TELLING:])
    return same_phone or bool(email and (person["email"] or "").casefold() == email)


def _happened(ask: Asking, contact_id: str, cursor: str | None = None) -> Row:
    page = ask.get("leads", "contacts", contact_id, "timeline", limit=HAPPENED, cursor=cursor)
    after = page["next_cursor"]
    more = f"/contacts/{contact_id}/happened?{urlencode({'cursor': after})}" if after else None
    return {"rows": page["items"], "more": more}


def _searches(ask: Asking, contact_id: str) -> list[Row]:
    found = ask.get("matching", "saved-searches", contact_id=contact_id, limit=20)["items"]
    return sorted(found, key=lambda search: search["status"] != "active")


def _counting(ask: Asking, searches: Any) -> dict[str, Any]:
    """The calls that count each search's homes."""
    ids = [] if isinstance(searches, Away) else [search["id"] for search in searches]
    return {f"counts {id_}": partial(ask.get, "matching", "saved-searches", id_, "match-counts") for id_ in ids}


def _finding(ask: Asking, searches: Any) -> dict[str, Any]:
    """The calls that find each active search's homes."""
    active = [] if isinstance(searches, Away) else [search["id"] for search in searches if search["status"] == "active"]
    return {
        f"{kind} {id_}": partial(ask.get, "matching", "saved-searches", id_, "matches", kind=kind, limit=HOMES_SHOWN)
        for id_ in active
        for kind in BEST_FIRST
    }


def _counted(searches: list[Row], answers: Row) -> list[Row]:
    return [search | {"counts": _known(answers[f"counts {search['id']}"])} for search in searches]


def _tab(ask: Asking, contact_id: str, tab: str) -> Row:
    found: Row = {"name": tab, "tabs": _tabs(contact_id)}
    if tab == "homes":
        searches = _searches(ask, contact_id)
        sent = ask.together(sent=lambda: ask.get("notifications", "deliveries", contact_id=contact_id, limit=200))
        return _homes_tab(contact_id, ask.together(**_finding(ask, searches)), sent["sent"])
    if tab == "mail":
        return found | {"rows": _mail(ask, contact_id)}
    if tab == "notes":
        kinds = ["note", "call"]
        return found | {"rows": ask.get("leads", "contacts", contact_id, "timeline", kind=kinds, limit=50)["items"]}
    said = ask.get("leads", "contacts", contact_id, "consents", limit=50)["items"]
    return found | {"rows": said}


def _homes_tab(contact_id: str, answers: Row, sent: Any) -> Row:
    """The homes of all of a person's wishes, each once, best first."""
    so_far = latest_by(each_home(items(sent)), "listing_id")
    rows = [row for name, answer in answers.items() if name.split()[0] in BEST_FIRST for row in items(answer)]
    rows.sort(key=lambda row: (BEST_FIRST.index(row["kind"]), -row["score"], row["listing_id"]))
    best = list(latest_by(rows, "listing_id").values())[: 2 * HOMES_SHOWN]
    told = [row | {"beam": beam(row), "last_delivery": so_far.get(row["listing_id"])} for row in best]
    away = sorted({answer.service for answer in [*answers.values(), sent] if isinstance(answer, Away)})
    return {"name": "homes", "tabs": _tabs(contact_id), "rows": told, "away": away}


def _mail(ask: Asking, contact_id: str) -> list[Row]:
    """What was sent to a person, newest first, with its homes."""
    rows = ask.get("notifications", "deliveries", contact_id=contact_id, limit=50)["items"]
    homes = deps().listings.of(member().agency_id).some([row["listing_id"] for row in rows])
    return [row | {"home": homes.get(row["listing_id"])} for row in rows]


def _tabs(contact_id: str) -> list[Row]:
    texts = {"homes": _("Homes"), "mail": _("Mail"), "notes": _("Notes and calls"), "consent": _("Consent")}
    return [
        {"name": name, "text": text, "count": None, "path": f"/contacts/{contact_id}/{name}"}
        for name, text in texts.items()
    ]


def _known(answer: Any) -> Row:
    return {} if isinstance(answer, Away) else dict(answer)
