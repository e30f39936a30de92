"""Explain: any person against any home, criterion by criterion, and whether an alert may go out."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from services.gateway.components.beam.present import beam
from services.gateway.components.map import pins
from services.gateway.components.people.read import people
from services.gateway.components.reachability.present import may_write
from services.gateway.pages.explain.criteria import lines
from services.gateway.pages.explain.explained import gates, summary
from services.gateway.pages.explain.would import ways_to_a_match
from services.gateway.upstream.http import Away
from services.gateway.web.answers import Row
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.sessions import session_policy
from services.gateway.web.view import Asking, asking, show
from shared.errors import NotFound
from shared.http.claims import STAFF

blp = new_blueprint("explain", guarded=True)
OFFERED = 8


@blp.get("/explain")
@session_policy(*STAFF)
def explain() -> Response:
    """The verdict on one pair; with one side only, whom or what it may be held against."""
    search_id, listing_id = request.args.get("saved_search_id", ""), request.args.get("listing_id", "")
    ask = asking()
    told = _pair(ask, search_id, listing_id) if search_id and listing_id else _one_side(ask, search_id, listing_id)
    return show("explain/show.html", "explain/_explain.html", **told)


def _pair(ask: Asking, search_id: str, listing_id: str) -> Row:
    pair = ask.get("matching", "explain", saved_search_id=search_id, listing_id=listing_id)
    contact_id = pair["contact_id"]
    both = {"listing_id": listing_id, "contact_id": contact_id}
    found = ask.together(
        home=lambda: ask.get("properties", "listings", listing_id),
        search=lambda: ask.get("matching", "saved-searches", search_id),
        person=lambda: people(ask, [contact_id]).get(contact_id),
        sendable=lambda: ask.get("notifications", "sendability", saved_search_id=search_id, **both),
        sent=lambda: ask.get("notifications", "deliveries", limit=20, **both)["items"],
    )
    person = None if isinstance(found["person"], Away) else found["person"]
    home = pair["listing"] if isinstance(found["home"], Away) else found["home"]
    search = {} if isinstance(found["search"], Away) else found["search"]
    open_gates = gates(found["sendable"], found["sent"], pair, search, home)
    return {
        **{"pair": pair, "person": person, "home": home, "search": search, "gates": open_gates},
        "may": may_write(person) if person else None,
        "beam": beam(pair),
        "map_told": _on_the_map(pair, search, home),
        "hard": lines(pair, hard=True),
        "soft": lines(pair, hard=False),
        "summary": summary(pair, open_gates["open"], person),
        "ways": ways_to_a_match(ask, pair, search, home),
    }


def _on_the_map(pair: Row, search: Row, home: Row) -> Row:
    """The areas that are drawn, and the home where its place is known."""
    drawn = [area for area in search.get("areas") or () if "place" not in area]
    areas = [{"key": str(at), **area} for at, area in enumerate(drawn)]
    placed = pins.pin(home, "near" if pair["kind"] == "near" else "fits")
    return {"areas": areas, "homes": [placed] if placed else [], "isFixed": True}


def _one_side(ask: Asking, search_id: str, listing_id: str) -> Row:
    """What is chosen already, and the other sides that meet it best."""
    told: Row = {"pair": None, "person": None, "home": None, "search": None, "offers": [], "known": {}}
    if search_id:
        told["search"] = ask.get("matching", "saved-searches", search_id)
        contact_id = told["search"]["contact_id"]
        told["person"] = people(ask, [contact_id]).get(contact_id)
        told["offers"] = ask.get("matching", "saved-searches", search_id, "matches", limit=OFFERED)["items"]
    elif listing_id:
        told["home"] = ask.get("properties", "listings", listing_id)
        told["offers"] = _matches(ask, listing_id)
        told["known"] = people(ask, (offer["contact_id"] for offer in told["offers"]))
    return told


def _matches(ask: Asking, listing_id: str) -> list[dict[str, Any]]:
    """Best people; none of a home that matching has yet to hear of."""
    try:
        return list(ask.get("matching", "listings", listing_id, "matches", limit=OFFERED)["items"])
    except NotFound:
        return []
