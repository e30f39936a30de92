"""What maps are made of: outlines of cities, districts with their centres, homes as pins, areas in words."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel.numbers import format_compact_currency
from flask import Flask

from services.gateway.web import assets
from services.gateway.web.answers import Row
from services.gateway.web.vocabulary import home_figures, home_name
from services.gateway.web.words import REMEMBERED, language, money, number
from services.gateway.web.words import gettext as _
from shared.http.web import service_settings
from shared.vocabulary.i18n import locale_of

GEO = Path(__file__).parent / "geo"
KM_A_DEGREE = 111.32
NEAR_KM = 1.5
SHORE = 0.28  # the share of an outline that is left out on each side of a first look
KINDS = {"match": "fits", "possible": "fits", "near": "near"}


@dataclass(frozen=True)
class District:
    """A part of a city and where its middle is."""

    name: str
    city: str
    latitude: float
    longitude: float


@lru_cache(maxsize=1)
def cities() -> list[Row]:
    """Every city that we have an outline of."""
    found = []
    for path in sorted(GEO.glob("*.json")):
        outline = json.loads(path.read_text(encoding="utf-8"))
        found.append({"key": path.stem, **outline})
    return found


@lru_cache(maxsize=1)
def districts() -> list[District]:
    """The parts of those cities, and the cities' own middles."""
    return [
        District(label["text"], city["name"], *label["at"])
        for city in cities()
        for label in city["labels"]
        if label["kind"] == "district"
    ]


def district(name: str) -> District | None:
    """A part of a city by its name, with or without ", city" behind it."""
    wanted = name.casefold().strip()
    for each in districts():
        if wanted in (each.name.casefold(), f"{each.name}, {each.city}".casefold()):
            return each
    return None


def start(country: str | None) -> list[list[float]]:
    """Where a map without anything on it looks: the middle of a city of this country, or of the first one."""
    city = next((each for each in cities() if each["country"] == country), cities()[0])
    (south, west), (north, east) = city["bounds"]
    up, across = (north - south) * SHORE, (east - west) * SHORE
    return [[south + up, west + across], [north - up, east - across]]


def nearest(latitude: float, longitude: float) -> District | None:
    """The part of a city whose middle is near this point."""
    far = [(_kilometres(each, latitude, longitude), each.name, each) for each in districts()]
    best = min(far, default=None, key=lambda row: row[:2])
    return best[2] if best and best[0] <= NEAR_KM else None


def area_name(area: Mapping[str, Any]) -> str:
    """What an area is called in lists: its own name, else what it is and where."""
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
    around = nearest(*_middle(body))
    return _("Drawn area, %(place)s") % {"place": around.name} if around else _("Drawn area")


def base() -> Row:
    """What the map's ground is drawn from: tiles where the configuration names some, else outlines and countries."""
    settings = service_settings()
    tiles = {"url": settings.tile_url, "attribution": settings.tile_attribution} if settings.tile_url else None
    shown = [{"url": assets.address(f"geo/{city['key']}.json"), "bounds": city["bounds"]} for city in cities()]
    world = {"countries": assets.address("vendor/countries.json"), "topojson": assets.address("vendor/topojson.js")}
    return {"cities": shown, "tiles": tiles, **world}


def map_words() -> Row:
    """What a map says, in the page's language."""
    return {
        "locale": locale_of(language()).language,
        "outline": _("Outline: Lintel"),
        "zoomIn": _("Closer"),
        "zoomOut": _("Further away"),
        "moveCircle": _("Move the circle"),
        "sizeCircle": _("Change the circle's size"),
        "corner": _("Corner %(n)s") % {"n": "{n}"},
        "newCorner": _("Add a corner"),
        "homes": _("%(n)s homes") % {"n": "{n}"},
    }


def short_price(amount: Any, currency: str | None) -> str:
    """An amount for a pin: three figures at most."""
    if not isinstance(amount, (int, float)) or not currency:
        return "?"
    return _short(amount, currency, language())


@lru_cache(REMEMBERED)
def _short(amount: float, currency: str, read_in: str) -> str:
    digits = 1 if amount >= 1_000_000 else 0
    return str(format_compact_currency(amount, currency, locale=locale_of(read_in), fraction_digits=digits))


def pin(home: Mapping[str, Any], kind: str = "fits", path: str = "/listings/") -> Row | None:
    """A home as the map shows it; None where nobody knows where it stands. `kind` is fits, near or other."""
    if home.get("latitude") is None or home.get("longitude") is None:
        return None
    price, currency = home.get("list_price"), home.get("currency")
    told = {"id": home["id"], "at": [home["latitude"], home["longitude"]], "kind": kind, "name": home_name(home)}
    told |= {"text": short_price(price, currency), "price": money(price, currency) if price is not None else ""}
    return told | {"line": home_figures({**home, "list_price": None}), "path": f"{path}{home['id']}"}


def pins(homes: Iterable[Mapping[str, Any]], kind: str = "fits", path: str = "/listings/") -> list[Row]:
    """Homes as pins; those of unknown place are left out."""
    return [found for home in homes if (found := pin(home, kind, path))]


def register(app: Flask) -> None:
    """Give the templates what maps are made of."""
    app.jinja_env.globals.update(map_base=base, map_words=map_words, map_pins=pins, districts=districts)
    app.jinja_env.filters.update(area_name=area_name, short_price=short_price)


def _distance(kilometres: float) -> str:
    """Metres where it is near, kilometres elsewhere."""
    if kilometres < 1:
        return f"{number(round(kilometres * 100) * 10)}\u00a0m"
    return f"{number(round(kilometres, 1))}\u00a0km"


def _kilometres(place: District, latitude: float, longitude: float) -> float:
    east = (place.longitude - longitude) * math.cos(math.radians(latitude))
    return math.hypot(place.latitude - latitude, east) * KM_A_DEGREE


def _middle(polygon: Mapping[str, Any]) -> tuple[float, float]:
    """The mean of the corners of a shape's first ring."""
    rings = polygon["coordinates"][0]
    ring = rings[0] if polygon["type"] == "MultiPolygon" else rings
    corners = ring[:-1] or ring
    return sum(point[1] for point in corners) / len(corners), sum(point[0] for point in corners) / len(corners)
