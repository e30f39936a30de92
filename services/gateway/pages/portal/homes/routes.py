"""The prospect's own pages: homes that were found, homes that were kept."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Response, request

from services.gateway.components.map import pins
from services.gateway.components.prospect_homes import mine
from services.gateway.upstream.http import Away
from services.gateway.web.answers import Row
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.sessions import prospect, session_policy
from services.gateway.web.view import asking, show

blp = new_blueprint("me", guarded=True)


@blp.get("/me")
@session_policy("prospect")
def show_homes() -> Response:
    """Show the homes that fit, with why; new ones first."""
    ask = asking()
    told = ask.together(
        person=lambda: ask.get("leads", "contacts", prospect().contact_id, "self"),
        wishes=partial(mine.wishes_of, ask),
    )
    wishes = told["wishes"]
    about: dict[str, Any] = {"person": told["person"], "wishes": wishes}
    if isinstance(wishes, Away) or not wishes:
        return show("portal/homes/index.html", "portal/homes/_homes.html", wish=None, **about)
    wish = next((each for each in wishes if each["id"] == request.args.get("wish")), wishes[0])
    found = mine.homes_of(ask, wish["id"])
    wanted = request.args.get("list", "new" if found["homes"]["new"] else "all")
    chosen = wanted if wanted in mine.LISTS else "all"
    about |= {"wish": wish, "chosen": chosen, "cards": found["homes"][chosen]}
    about |= {"map_told": _on_the_map(wish, found["homes"][chosen], chosen)}
    return show(
        "portal/homes/index.html", "portal/homes/_homes.html", counts=found["counts"], away_=found["away"], **about
    )


@blp.get("/me/saved")
@session_policy("prospect")
def show_saved() -> Response:
    """Show the homes that one likes, or may like."""
    ask = asking()
    told = ask.together(liked=partial(mine.said_of, ask, "favorite"), perhaps=partial(mine.said_of, ask, "possibility"))
    return show("portal/homes/saved.html", **told)


def _on_the_map(wish: Row, cards: list[Row], chosen: str) -> Row:
    """The areas that are drawn, and the homes of the list whose place is known."""
    drawn = [area for area in wish.get("areas") or () if "place" not in area]
    areas = [{"key": str(at), **area} for at, area in enumerate(drawn)]
    kind = "near" if chosen == "almost" else "fits"
    homes = pins.pins([each["home"] for each in cards if not each.get("is_gone")], kind, "/me/homes/")
    return {"areas": areas, "homes": homes, "isFixed": True}
