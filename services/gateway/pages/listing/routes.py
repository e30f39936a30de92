"""One listing: facts, people by how well it fits them, demand, prices so far, what to ask the owner, similar homes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote, urlencode

from flask import Response, request

from services.gateway.components.charts import charts
from services.gateway.components.deliveries.present import latest_by
from services.gateway.components.match_rows.present import with_people
from services.gateway.components.people.read import people
from services.gateway.upstream.http import Away
from services.gateway.web.answers import Row, items
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.sessions import session_policy
from services.gateway.web.view import Asking, asking, show
from services.gateway.web.words import gettext as _
from shared.http.claims import STAFF

blp = new_blueprint("listing", guarded=True)
PEOPLE_SHOWN, OPINIONS = 20, 200
KINDS = ("match", "possible", "near", "no")
# Criteria of wishes by the field of a listing that answers them; the others are called the same.
ANSWERED_BY = {"bedrooms": "bedrooms_total", "bathrooms": "bathrooms_total", "price": "list_price"}


@blp.get("/listings/<listing_id>")
@session_policy(*STAFF)
def show_listing(listing_id: str) -> Response:
    """The whole page; what a service cannot tell now is said in its place."""
    ask = asking()
    home = ask.get("properties", "listings", listing_id)
    kind = _kind()
    found = ask.together(
        history=lambda: ask.get("properties", "listings", listing_id, "history")["items"],
        questions=lambda: questions_of(ask, home),
        owners=lambda: people(ask, home["owner_contact_ids"]),
        **_people_calls(ask, listing_id, kind, None),
    )
    who = _people(ask, listing_id, kind, None, found)
    prices = [] if isinstance(found["history"], Away) else found["history"]
    told: Row = {"home": home, "who": who, "price_chart_": charts.prices(prices)}
    return show("listing/show.html", unstated=unstated(found["questions"]), **told, **found)


@blp.get("/listings/<listing_id>/demand")
@session_policy(*STAFF)
def show_demand(listing_id: str) -> Response:
    """How many people it would suit at other prices: worth a moment of counting, so the page does not wait for it."""
    ask = asking()
    home = ask.get("properties", "listings", listing_id)
    answer = ask.together(demand=lambda: demand_of(ask, home))["demand"]
    told: Row = {"home": home, "demand": answer, "demand_chart_": charts.demand(answer)}
    return show("listing/beside.html", "listing/_demand.html", **told)


@blp.get("/listings/<listing_id>/similar")
@session_policy(*STAFF)
def show_similar(listing_id: str) -> Response:
    """The homes on the market that are most like it."""
    ask = asking()
    home = ask.get("properties", "listings", listing_id)
    found = ask.together(similar=lambda: ask.get("matching", "listings", listing_id, "similar", limit=4)["items"])
    return show("listing/beside.html", "listing/_similar.html", home=home, **found)


@blp.get("/listings/<listing_id>/questions")
@session_policy(*STAFF)
def show_questions(listing_id: str) -> Response:
    """What to ask the owner."""
    ask = asking()
    home = ask.get("properties", "listings", listing_id)
    found = ask.together(questions=lambda: questions_of(ask, home))
    return show("listing/beside.html", "listing/_questions.html", home=home, **found)


@blp.get("/listings/<listing_id>/people")
@session_policy(*STAFF)
def show_people(listing_id: str) -> Response:
    """The people of one kind, best first."""
    ask, kind, cursor = asking(), _kind(), request.args.get("cursor")
    home = ask.get("properties", "listings", listing_id)
    who = _people(ask, listing_id, kind, cursor, ask.together(**_people_calls(ask, listing_id, kind, cursor)))
    return show("listing/people.html", "listing/_people.html", home=home, who=who)


def demand_of(ask: Asking, home: Row) -> Any:
    """The demand curve around the present price; nothing without one."""
    if not home["list_price"] or not home["currency"]:
        return None
    return ask.get("matching", "listings", home["id"], "demand", prices=charts.around(home["list_price"]))


def questions_of(ask: Asking, home: Row) -> list[Row]:
    """What people ask of a home and it does not state, most wanted first."""
    asked = ask.get("matching", "listings", home["id"], "questions")["items"]
    said = {*home["features"], *home["features_absent"]}
    told = [one | {"field": ANSWERED_BY.get(one["about"], one["about"])} for one in asked]
    # matching hears of an answer a moment later, so what was answered since is left out here
    return [one for one in told if one["about"] not in said and home.get(one["field"]) is None]


def unstated(questions: Any) -> list[str]:
    """The features to mark as not stated among the facts."""
    known = [] if isinstance(questions, Away) else questions
    return [one["about"] for one in known if one["field"] not in FACTS][:4]


def _kind() -> str:
    wanted = request.args.get("kind", "match")
    return wanted if wanted in KINDS else "match"


def _people_calls(ask: Asking, listing_id: str, kind: str, cursor: str | None) -> dict[str, Callable[[], Any]]:
    """What the table of people is made of."""
    path = ("matching", "listings", listing_id)
    calls: dict[str, Callable[[], Any]] = {
        "counts": lambda: ask.get(*path, "match-counts"),
        "said": lambda: ask.get(*path, "opinions", limit=OPINIONS)["items"],
        "sent": lambda: ask.get("notifications", "deliveries", listing_id=listing_id, limit=200),
    }
    if kind != "no":
        calls["page"] = lambda: ask.get(*path, "matches", kind=kind, limit=PEOPLE_SHOWN, cursor=cursor)
    return calls


def _people(ask: Asking, listing_id: str, kind: str, cursor: str | None, found: Row) -> Row:
    """One page of people with tabs and what was sent to them before."""
    page = found.get("page")
    opinions = [] if isinstance(found["said"], Away) else found["said"]
    so_far = latest_by(items(found["sent"]), "contact_id")
    refused = [one for one in opinions if one["preference"] == "discard"]
    rows = _refusals(ask, refused) if kind == "no" else _matches(ask, items(page), opinions, so_far)
    after = page["next_cursor"] if isinstance(page, dict) else None
    here = f"/listings/{quote(listing_id, safe='')}/people"
    lacks = (found.get(name) for name in ("page", "counts", "sent"))
    return {
        "here": f"{here}?kind={kind}",
        "kind": kind,
        "rows": rows,
        "tabs": _tabs(here, found["counts"]),
        "more": f"{here}?{urlencode({'kind': kind, 'cursor': after})}" if after else None,
        "is_first": not cursor,
        "away": list({lack.service: lack for lack in lacks if isinstance(lack, Away)}.values()),
    }


def _matches(ask: Asking, matches: list[Row], opinions: list[Row], so_far: dict[str, Row]) -> list[Row]:
    """A row for each person: their best wishes, how many others of theirs fit as well, what they said."""
    said = {one["contact_id"]: {"preference": one["preference"], "said_at": one["changed_at"]} for one in opinions}
    best = latest_by(matches, "contact_id")
    others = {key: sum(match["contact_id"] == key for match in matches) - 1 for key in best}
    known = people(ask, best)
    rows = with_people(best.values(), known, so_far)
    return [row | said.get(row["contact_id"], {}) | {"others": others[row["contact_id"]]} for row in rows]


def _refusals(ask: Asking, refused: Iterable[Row]) -> list[Row]:
    """A row for each person who said no, the newest first."""
    newest = sorted(refused, key=lambda one: str(one["changed_at"]), reverse=True)
    known = people(ask, (one["contact_id"] for one in newest))
    return [one | {"person": known[one["contact_id"]]} for one in newest if one["contact_id"] in known]


def _tabs(path: str, counts: Any) -> list[Row]:
    """Match, possible, near, said no, with their counts."""
    known = {} if isinstance(counts, Away) else counts | {"no": counts["discarded"]}
    texts = {"match": _("Match"), "possible": _("Possible"), "near": _("Near"), "no": _("Said no")}
    return [
        {"name": kind, "text": text, "count": known.get(kind), "path": f"{path}?kind={kind}"}
        for kind, text in texts.items()
    ]


FACTS = frozenset(
    {
        *ANSWERED_BY.values(),
        "living_area",
        "lot_size_area",
        "year_built",
        "property_sub_type",
        "location",
        "transaction",
    }
)
