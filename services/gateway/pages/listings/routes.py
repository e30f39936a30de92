"""Listings: the table with its filters, a count beside each, and the same homes on the map."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Response, request

from services.gateway.upstream.http import Away
from services.gateway.web.answers import Row
from services.gateway.web.blueprint import is_partial, new_blueprint
from services.gateway.web.sessions import session_policy
from services.gateway.web.typed import number_typed
from services.gateway.web.view import Faults, asking, show
from services.gateway.web.vocabulary import LISTING_STATUSES, type_name
from services.gateway.web.words import gettext as _
from services.gateway.web.words import number
from shared.http.claims import STAFF

blp = new_blueprint("listings", guarded=True)
WORDS = ("q", "standard_status", "transaction", "property_sub_type", "city")
BOUNDS = ("list_price_min", "list_price_max", "bedrooms_min", "living_area_min")
SHOWN, ON_MAP = 30, 200
NO_PAGE: Row = {"items": [], "next_cursor": None}


@blp.get("/listings")
@session_policy(*STAFF)
def show_listings() -> Response:
    """The homes that meet the filters, as a table or on the map, with counts beside the filters."""
    typed = {name: value for name in (*WORDS, *BOUNDS) if (value := request.args.get(name, "").strip())}
    asked, faults = _asked(typed)
    view = "map" if request.args.get("view") == "map" else "table"
    order = {"sort": _sort(), "cursor": request.args.get("cursor"), "limit": ON_MAP if view == "map" else SHOWN}
    ask = asking()
    calls = {"counts": lambda: ask.get("properties", "listings", "counts", **asked)}
    # the map is for those with a script, which fetches its many homes once the page is there
    waits = view == "map" and not is_partial()
    if not waits:
        calls["page"] = lambda: ask.get("properties", "listings", **order, **asked)
    found: Row = {"page": NO_PAGE, "waits": waits} | ask.together(**calls)
    kept = typed | ({"view": view} if view == "map" else {}) | ({"sort": _sort()} if _sort() != "newest" else {})
    told: Row = {"typed": typed, "faults": faults, "view": view, "sort": _sort()} | _ways(kept, found["counts"])
    return show("listings/index.html", "listings/_listings.html", **told, **found, more=_more(kept, found["page"]))


def _asked(typed: dict[str, str]) -> tuple[Row, Faults]:
    """The filters as the service takes them; a bound that is no number is told and left out."""
    asked: Row = {name: typed[name] for name in WORDS if name in typed}
    faults = Faults()
    for name in BOUNDS:
        value, fault = number_typed(typed.get(name, ""))
        if fault or (value is not None and value < 0):
            faults[name] = fault or _("This is less than nothing.")
        elif value is not None:
            asked[name] = int(value)
    return asked, faults


def _ways(kept: Row, counts: Any) -> Row:
    """The links that change one filter, each with how many homes it would leave."""
    known = {} if isinstance(counts, Away) else counts
    status = known.get("by_status", {})
    shown = [word for word in LISTING_STATUSES if status.get(word) or word == kept.get("standard_status")]
    statuses = [("", _("All"), known.get("total")), *((w, LISTING_STATUSES[w](), status.get(w, 0)) for w in shown)]
    deals = known.get("by_transaction", {})
    both = sum(deals.values()) if known else None
    transactions = [("", _("Both"), both), *((w, text, deals.get(w, 0)) for w, text in _deals().items())]
    return {
        "tabs_": [_way(kept, "standard_status", *each) for each in statuses],
        "deals": [_way(kept, "transaction", *each) for each in transactions],
        "kinds": _kinds(known.get("by_property_sub_type", {}), kept.get("property_sub_type")),
        "views": {name: _path(kept | {"view": name}) for name in ("table", "map")},
        "sorts": {name: _path(kept | {"sort": name}) for name in ("newest", "price", "-price")},
    }


def _deals() -> dict[str, str]:
    return {"sale": _("For sale"), "lease": _("To let")}


def _kinds(counts: dict[str, int], chosen: str | None) -> list[tuple[str, str]]:
    """Kinds of home for the filter, the most frequent first, each with its count."""
    words = sorted({*counts, *([chosen] if chosen else [])}, key=lambda word: (-counts.get(word, 0), word))
    told = [
        (word, _("%(kind)s (%(n)s)") % {"kind": type_name(word), "n": number(counts.get(word, 0))}) for word in words
    ]
    return [("", _("All kinds")), *told]


def _way(kept: Row, name: str, value: str, text: str, count: int | None) -> Row:
    return {"name": value, "text": text, "count": count, "path": _path(kept | {name: value})}


def _path(kept: Row) -> str:
    query = urlencode({name: value for name, value in kept.items() if value and (name, value) != ("view", "table")})
    return f"/listings?{query}" if query else "/listings"


def _sort() -> str:
    wanted = request.args.get("sort", "newest")
    return wanted if wanted in ("newest", "price", "-price") else "newest"


def _more(kept: Row, page: Any) -> str | None:
    if isinstance(page, Away) or not page["next_cursor"]:
        return None
    return _path(kept | {"cursor": page["next_cursor"]})
