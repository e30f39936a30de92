"""Contacts: the list, and one page for each person: wishes, homes, what happened, consent, notes."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import urlencode

from flask import Response, request

from services.gateway.api.pages.blueprint import new_blueprint
from services.gateway.api.pages.rows import Row, beam, items, latest_by, may_write
from services.gateway.api.pages.sessions import member, session_policy
from services.gateway.api.pages.view import Asking, asking, show
from services.gateway.api.pages.words import gettext as _
from services.gateway.upstream import Away
from shared.auth import STAFF
from shared.web import deps

blp = new_blueprint("contacts", guarded=True)
FILTERS = ("q", "stage", "language", "cursor")
SHOWN, HOMES_SHOWN, HAPPENED = 40, 20, 20
TABS = ("homes", "mail", "notes", "consent")


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
    names = _members()
    return show("contacts.html", "_contacts.html", asked=told, rows=rows, more=more, members=names)


@blp.get("/contacts/<contact_id>")
@session_policy(*STAFF)
def show_contact(contact_id: str) -> Response:
    """One person."""
    ask = asking()
    person = ask.get("leads", "contacts", contact_id)
    found = ask.together(
        wishes=lambda: _wishes(ask, contact_id),
        happened=lambda: _happened(ask, contact_id),
        consents=lambda: ask.get("leads", "contacts", contact_id, "consents", limit=3)["items"],
        notes=lambda: ask.get("leads", "contacts", contact_id, "timeline", kind="note", limit=3)["items"],
        tab=lambda: _tab(ask, person, "homes"),
    )
    return show("contact.html", person=person, may=may_write(person), members=_members(), **found)


@blp.get("/contacts/<contact_id>/<tab>")
@session_policy(*STAFF)
def show_tab(contact_id: str, tab: str) -> Response:
    """One tab of a person: homes, mail, notes or consent with its history."""
    ask = asking()
    person = ask.get("leads", "contacts", contact_id)
    found = _tab(ask, person, tab if tab in TABS else "homes")
    return show("contact_tab.html", "_contact_tab.html", person=person, tab=found, members=_members())


@blp.get("/contacts/<contact_id>/happened")
@session_policy(*STAFF)
def show_happened(contact_id: str) -> Response:
    """What happened with a person, earlier than what is shown."""
    ask = asking()
    person = ask.get("leads", "contacts", contact_id)
    happened = _happened(ask, contact_id, request.args.get("cursor"))
    return show("contact_happened.html", "_happened.html", person=person, happened=happened, members=_members())


def _happened(ask: Asking, contact_id: str, cursor: str | None = None) -> Row:
    page = ask.get("leads", "contacts", contact_id, "timeline", limit=HAPPENED, cursor=cursor)
    after = page["next_cursor"]
    more = f"/contacts/{contact_id}/happened?{urlencode({'cursor': after})}" if after else None
    return {"rows": page["items"], "more": more}


def _wishes(ask: Asking, contact_id: str) -> list[Row]:
    """Saved searches with their counts."""
    searches = ask.get("matching", "saved-searches", contact_id=contact_id, limit=20)["items"]
    ids = [search["id"] for search in searches]
    counts = ask.together(**{id_: partial(ask.get, "matching", "saved-searches", id_, "match-counts") for id_ in ids})
    return [search | {"counts": _known(counts[search["id"]])} for search in searches]


def _tab(ask: Asking, person: Row, tab: str) -> Row:
    found: Row = {"name": tab, "tabs": _tabs(person["id"])}
    if tab == "homes":
        return found | {"rows": _homes(ask, person)}
    if tab == "mail":
        return found | {"rows": _mail(ask, person)}
    if tab == "notes":
        kinds = ["note", "call"]
        return found | {"rows": ask.get("leads", "contacts", person["id"], "timeline", kind=kinds, limit=50)["items"]}
    now = ask.get("leads", "contacts", person["id"], "consents", "current")["items"]
    said = ask.get("leads", "contacts", person["id"], "consents", limit=50)["items"]
    return found | {"now": now, "rows": said}


def _homes(ask: Asking, person: Row) -> list[Row]:
    """The homes of all of a person's wishes, each once, best first."""
    searches = ask.get("matching", "saved-searches", contact_id=person["id"], status="active", limit=20)["items"]
    asked = {
        f"{search['id']} {kind}": partial(
            ask.get, "matching", "saved-searches", search["id"], "matches", kind=kind, limit=HOMES_SHOWN
        )
        for search in searches
        for kind in ("match", "possible", "near")
    }
    answers = ask.together(
        sent=lambda: ask.get("notifications", "deliveries", contact_id=person["id"], limit=200), **asked
    )
    so_far = latest_by(items(answers.pop("sent")), "listing_id")
    rows = [row for answer in answers.values() for row in items(answer)]
    order = {"match": 0, "possible": 1, "near": 2}
    rows.sort(key=lambda row: (order[row["kind"]], -row["score"], row["listing_id"]))
    best = latest_by(rows, "listing_id").values()
    return [row | {"beam": beam(row), "so_far": so_far.get(row["listing_id"])} for row in best][: 2 * HOMES_SHOWN]


def _mail(ask: Asking, person: Row) -> list[Row]:
    """What was sent to a person, newest first, with its homes."""
    rows = ask.get("notifications", "deliveries", contact_id=person["id"], limit=50)["items"]
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


def _members() -> dict[str, str]:
    """What the agency's people are called."""
    page = deps().members.of(member().agency_id).listed(200, None)
    return {each.id: each.display_name for each in page.items}
