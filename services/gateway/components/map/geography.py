"""The geography that maps know: outlines of cities, their districts, distances."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypedDict, cast

OUTLINES = Path(__file__).parent / "geo"
KM_A_DEGREE = 111.32
NEAR_KM = 1.5
SHORE = 0.28  # the share of an outline that is left out on each side of a first look
Point = tuple[float, float]
Bounds = list[list[float]]  # [[south, west], [north, east]], as Leaflet takes them


class Label(TypedDict):
    """A name on the map; `kind` is district, water and the like, `at` latitude and longitude."""

    text: str
    kind: str
    at: list[float]


class City(TypedDict):
    """The outline of a city; the script draws its lines, of which only the bounds and labels are read here."""

    key: str
    name: str
    country: str
    bounds: Bounds
    labels: list[Label]


@dataclass(frozen=True)
class District:
    """A part of a city and where its middle is."""

    name: str
    city: str
    latitude: float
    longitude: float


@lru_cache(maxsize=1)
def cities() -> list[City]:
    """Every city that there is an outline of."""
    paths = sorted(OUTLINES.glob("*.json"))
    return [cast(City, {"key": path.stem, **json.loads(path.read_text(encoding="utf-8"))}) for path in paths]


@lru_cache(maxsize=1)
def districts() -> list[District]:
    """The parts of those cities."""
    return [
        District(label["text"], city["name"], label["at"][0], label["at"][1])
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


def start(country: str | None) -> Bounds:
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


def middle(polygon: Mapping[str, Any]) -> Point:  # GeoJSON, a Polygon or a MultiPolygon
    """The mean of the corners of a shape's first ring, latitude first."""
    rings = polygon["coordinates"][0]
    ring = rings[0] if polygon["type"] == "MultiPolygon" else rings
    corners = ring[:-1] or ring
    return sum(point[1] for point in corners) / len(corners), sum(point[0] for point in corners) / len(corners)


def _kilometres(place: District, latitude: float, longitude: float) -> float:
    east = (place.longitude - longitude) * math.cos(math.radians(latitude))
    return math.hypot(place.latitude - latitude, east) * KM_A_DEGREE
