"""Listings: the table, one page each with the people whose wishes it meets."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Response, request

from services.gateway.api.pages import charts
from services.gateway.api.pages.blueprint import new_blueprint
from services.gateway.api.pages.rows import Row, items, latest_by, people, with_people
from services.gateway.api.pages.sessions import session_policy
from services.gateway.api.pages.view import Asking, asking, show
from services.gateway.api.pages.vocabulary import LISTING_STATUSES
from services.gateway.api.pages.words import gettext as _
from services.gateway.upstream import Away
from shared.auth import STAFF

blp = new_blueprint("listings", guarded=True)
FILTERS = (
    *("q", "standard_status", "transaction", "property_sub_type", "city", "list_price_min", "list_price_max"),
    *("bedrooms_min", "living_area_min", "sort", "cursor"),
)
SHOWN, PEOPLE_SHOWN = 30, 20
ASKED_FOR = ("garage", "lift", "pets_allowed", "terrace", "air_conditioning")
LIVED_IN = ("apartment", "single_family_residence", "townhouse")


@blp.get("/listings")
@session_policy(*STAFF)
def show_listings() -> Response:
    """The table with filters and counts by status."""
    asked = {name: value for name in FILTERS if (value := request.args.get(name, "").strip())}
    ask = asking()
    found = ask.together(
        page=lambda: ask.get("properties", "listings", limit=SHOWN, **asked),
        counts=lambda: ask.get("properties", "listings", "counts"),
    )
    tabs = _status_tabs(asked, found["counts"])
    return show("listings.html", "_listings.html", asked=asked, tabs_=tabs, more=_more(asked, found["page"]), **found)


@blp.get("/listings/<listing_id>")
@session_policy(*STAFF)
def show_listing(listing_id: str) -> Response:
    """One home: facts, prices, people by how well it fits them, demand, similar homes."""
    ask = asking()
    home = ask.get("properties", "listings", listing_id)
    found = ask.together(
        history=lambda: ask.get("properties", "listings", listing_id, "history")["items"],
        demand=lambda: ask.get("matching", "listings", listing_id, "demand"),
        similar=lambda: ask.get("matching", "listings", listing_id, "similar", limit=4)["items"],
        who=lambda: _people(ask, listing_id, "match"),
        owners=lambda: people(ask, home["owner_contact_ids"]),
    )
    prices = [] if isinstance(found["history"], Away) else found["history"]
    drawn: Row = {"price_chart_": charts.prices(prices), "demand_chart_": charts.demand(found["demand"])}
    return show("listing.html", home=home, unstated=_unstated(home), **drawn, **found)


@blp.get("/listings/<listing_id>/people")
@session_policy(*STAFF)
def show_people(listing_id: str) -> Response:
    """The people of one kind, best first."""
    ask, kind = asking(), request.args.get("kind", "match")
    home = ask.get("properties", "listings", listing_id)
    who = _people(ask, listing_id, kind, request.args.get("cursor"))
    return show("listing_people.html", "_people.html", home=home, who=who)


def _people(ask: Asking, listing_id: str, kind: str, cursor: str | None = None) -> Row:
    """One page of people with tabs and what was sent to them before."""
    kind = kind if kind in ("match", "possible", "near") else "match"
    found = ask.together(
        page=lambda: ask.get(
            "matching", "listings", listing_id, "matches", kind=kind, limit=PEOPLE_SHOWN, cursor=cursor
        ),
        counts=lambda: ask.get("matching", "listings", listing_id, "match-counts"),
        sent=lambda: ask.get("notifications", "deliveries", listing_id=listing_id, limit=200),
    )
    matches = items(found["page"])
    known = people(ask, (match["contact_id"] for match in matches))
    so_far = latest_by(items(found["sent"]), "contact_id")
    path = f"/listings/{listing_id}/people"
    after = None if isinstance(found["page"], Away) else found["page"]["next_cursor"]
    return {
        "kind": kind,
        "rows": with_people(matches, known, so_far),
        "tabs": kind_tabs(path, found["counts"]),
        "more": f"{path}?{urlencode({'kind': kind, 'cursor': after})}" if after else None,
        "is_first": not cursor,
        "away": [answer for answer in found.values() if isinstance(answer, Away)],
    }


def _unstated(home: Row) -> list[str]:
    """The features that people ask for most and that nobody has said anything about."""
    said = {*home["features"], *home["features_absent"]}
    return [word for word in ASKED_FOR if word not in said][:3] if home["property_sub_type"] in LIVED_IN else []


def kind_tabs(path: str, counts: Any) -> list[Row]:
    """Match, possible, near, with their counts."""
    known = {} if isinstance(counts, Away) else counts
    texts = {"match": _("Match"), "possible": _("Possible"), "near": _("Near")}
    return [
        {"name": kind, "text": text, "count": known.get(kind), "path": f"{path}?kind={kind}"}
        for kind, text in texts.items()
    ]


def _status_tabs(asked: Row, counts: Any) -> list[Row]:
    """Every status that a listing here has, with how many have it."""
    by_status = {} if isinstance(counts, Away) else counts["by_status"]
    kept = {name: value for name, value in asked.items() if name not in ("standard_status", "cursor")}
    shown = [status for status in LISTING_STATUSES if by_status.get(status)]
    total = None if isinstance(counts, Away) else counts["total"]
    every = {"name": "", "text": _("All"), "count": total, "path": f"/listings?{urlencode(kept)}"}
    return [every] + [
        {"name": status, "text": LISTING_STATUSES[status](), "count": by_status[status]}
        | {"path": f"/listings?{urlencode(kept | {'standard_status': status})}"}
        for status in shown
    ]


def _more(asked: Row, page: Any) -> str | None:
    if isinstance(page, Away) or not page["next_cursor"]:
        return None
    return f"/listings?{urlencode(asked | {'cursor': page['next_cursor']})}"
