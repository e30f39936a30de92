"""Explain: any person against any home, criterion by criterion, and whether an alert may go out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, request

from services.gateway.api.pages.blueprint import new_blueprint
from services.gateway.api.pages.criteria import lines
from services.gateway.api.pages.rows import Row, beam, may_write, people
from services.gateway.api.pages.sessions import session_policy
from services.gateway.api.pages.view import Asking, asking, show
from services.gateway.api.pages.words import gettext as _
from services.gateway.upstream import Away
from shared.auth import STAFF

blp = new_blueprint("explain", guarded=True)


@blp.get("/explain")
@session_policy(*STAFF)
def explain() -> Response:
    """The verdict on one pair; without one, the choice of both sides."""
    search_id, listing_id = request.args.get("saved_search_id", ""), request.args.get("listing_id", "")
    if not (search_id and listing_id):
        return show("explain_choice.html", **_choice(asking(), search_id, listing_id))
    ask = asking()
    found = ask.together(
        home=lambda: ask.get("properties", "listings", listing_id),
        search=lambda: ask.get("matching", "saved-searches", search_id),
    )
    pair = ask.get("matching", "explain", saved_search_id=search_id, listing_id=listing_id)
    person = people(ask, [pair["contact_id"]]).get(pair["contact_id"])
    both = {"listing_id": listing_id, "saved_search_id": search_id}
    gates = ask.together(
        sendable=lambda: ask.get("notifications", "sendability", contact_id=pair["contact_id"], **both)
    )
    told: Row = {"hard": lines(pair["criteria"], hard=True), "soft": lines(pair["criteria"], hard=False)}
    told |= {"beam": beam(pair), "gates": _gates(gates["sendable"], pair, found["search"])}
    may = may_write(person) if person else None
    return show("explain.html", "_explain.html", pair=pair, person=person, may=may, **found, **told)


def _choice(ask: Asking, search_id: str, listing_id: str) -> Row:
    """Homes and wishes to choose from, by what was typed on either side."""
    who, what = request.args.get("who", "").strip(), request.args.get("what", "").strip()
    known = ask.get("leads", "contacts", q=who, limit=8)["items"] if who else []
    wishes = [
        search | {"person": person}
        for person in known
        for search in ask.get("matching", "saved-searches", contact_id=person["id"], limit=5)["items"]
    ]
    homes = ask.get("properties", "listings", q=what, limit=8)["items"] if what or listing_id == "" else []
    chosen = ask.get("properties", "listings", listing_id) if listing_id else None
    search = ask.get("matching", "saved-searches", search_id) if search_id else None
    return {"who": who, "what": what, "wishes": wishes, "homes": homes, "home": chosen, "search": search}


def _gates(answer: Any, pair: Mapping[str, Any], search: Any) -> Row:
    """Every condition for an alert, met or not."""
    if isinstance(answer, Away):
        return {"away": answer.service, "open": False, "rows": []}
    texts = {
        "not_erased": _("The person is there"),
        "known": _("Name and address are known"),
        "consent": _("Agreed to alerts by mail"),
        "address": _("There is an e-mail address"),
        "not_suppressed": _("The address takes mail"),
        "match": _("It fits well enough for an alert"),
        "alerts": _("The wishes have alerts on"),
    }
    kinds = {"match"} | ({"possible"} if not isinstance(search, Away) and search.get("alert_possible") else set())
    own = [{"code": "match", "open": pair["kind"] in kinds}]
    if not isinstance(search, Away):
        own.append({"code": "alerts", "open": search.get("alerts") not in (None, "off")})
    seen = {gate["code"] for gate in answer["gates"]}
    rows = [*answer["gates"], *(gate for gate in own if gate["code"] not in seen)]
    told = [gate | {"text": texts.get(gate["code"], gate["code"].replace("_", " "))} for gate in rows]
    return {"open": all(gate["open"] for gate in told), "rows": told}
