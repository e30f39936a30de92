"""The data and texts of a map, and areas in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

from flask import Flask, current_app

from services.gateway.components.map.geography import Bounds, cities, districts, middle, nearest
from services.gateway.components.map.pins import pins, short_price
from services.gateway.web.assets import files
from services.gateway.web.formats import number
from services.gateway.web.language import gettext as _
from services.gateway.web.language import language
from shared.running.settings import Settings
from shared.vocabulary.i18n import locale_of


class Outline(TypedDict):
    """Where the script gets a city's outline, and where that lies."""

    url: str
    bounds: Bounds


class Tiles(TypedDict):
    """Map tiles of another server, and their attribution."""

    url: str
    attribution: str


class Ground(TypedDict):
    """What the ground of a map is drawn from; without tiles, from outlines of cities and countries."""

    cities: list[Outline]
    tiles: Tiles | None
    countries: str
    topojson: str


def ground() -> Ground:
    """The ground of all maps of this installation."""
    settings: Settings = current_app.extensions["lintel"]["settings"]
    tiles: Tiles | None = None
    if settings.tile_url:
        tiles = {"url": settings.tile_url, "attribution": settings.tile_attribution}
    return {
        "cities": [{"url": files.address(f"geo/{city['key']}.json"), "bounds": city["bounds"]} for city in cities()],
        "tiles": tiles,
        "countries": files.address("vendor/countries.json"),
        "topojson": files.address("vendor/topojson.js"),
    }


def map_words() -> dict[str, str]:
    """The texts of a map, in the page's language."""
    return {
        "locale": locale_of(language()).language,
        "outline": _("Outline: Lintel"),
        "zoomIn": _("Zoom in"),
        "zoomOut": _("Zoom out"),
        "moveCircle": _("Move the circle"),
        "sizeCircle": _("Change the circle's size"),
        "corner": _("Corner %(n)s") % {"n": "{n}"},
        "newCorner": _("Add a corner"),
        "homes": _("%(n)s homes") % {"n": "{n}"},
    }


def area_name(area: Mapping[str, Any]) -> str:  # an Area as matching has it, or as it was drawn
    """The name of an area in lists: its own name, else its kind and place."""
    kind, body = next(iter(area.items()))
    if kind == "place":
        return str(next(iter(body.values()), ""))
    if body.get("name"):
        return str(body["name"])
    if kind == "circle":
        around = nearest(body["latitude"], body["longitude"])
        distance = _distance(body["radius_km"])
        if around is None:
            return _("Within %(distance)s of a point") % {"distance": distance}
        return _("Within %(distance)s of %(place)s") % {"distance": distance, "place": around.name}
    around = nearest(*middle(body))
    return _("Drawn area, %(place)s") % {"place": around.name} if around else _("Drawn area")


def register(app: Flask) -> None:
    """Give the templates what maps are made of."""
    app.jinja_env.globals.update(map_ground=ground, map_words=map_words, map_pins=pins, districts=districts)
    app.jinja_env.filters.update(area_name=area_name, short_price=short_price)


def _distance(kilometres: float) -> str:
    """Metres where it is near, kilometres elsewhere."""
    if kilometres < 1:
        return f"{number(round(kilometres * 100) * 10)}\u00a0m"
    return f"{number(round(kilometres, 1))}\u00a0km"
