"""The areas of a search: circle, polygon, place; read from the API's JSON and refused in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from services.matching.engine.dictionary.lexicon import Resolved
from services.matching.engine.records.quantities import (
    LONGEST_RADIUS_KM,
    SHORTEST_RADIUS_KM,
    Point,
    chord_squared,
    degrees,
    is_number,
    unit_vector,
)
from services.matching.engine.records.refusal import Faults

MOST_VERTICES = 2000
PLACE_FIELDS = ("city", "postal_code", "name")


@dataclass(frozen=True, slots=True)
class Circle:
    """Degrees and kilometres as stated; `point`, `within` and `beyond` are what is compared (squared chords)."""

    latitude: float
    longitude: float
    radius_km: float
    point: Point
    within: float
    beyond: float


@dataclass(frozen=True, slots=True)
class Shape:
    """A Polygon or MultiPolygon, edges straight in degrees."""

    geojson: Mapping[str, Any] = field(compare=False)
    geometry: BaseGeometry


@dataclass(frozen=True, slots=True)
class Place:
    """A named place: which of the listing's facts it is compared with, and the key."""

    field: str
    word: Resolved


Area = Circle | Shape | Place


def area_of(wire: object, resolved: Mapping[str, Any], tolerance: int, faults: Faults, name: str) -> Area | None:
    """One area of a search; None after its faults were noted under `name`."""
    if not isinstance(wire, dict) or len(wire) != 1 or next(iter(wire)) not in ("circle", "polygon", "place"):
        faults.note(name, "Give one of circle, polygon or place.")
        return None
    kind, body = next(iter(wire.items()))
    if not isinstance(body, dict):
        faults.note(f"{name}.{kind}", "Give an object.")
        return None
    if kind == "circle":
        return _circle(body, resolved, tolerance, faults, f"{name}.circle")
    if kind == "polygon":
        return faults.attempt(f"{name}.polygon", lambda: Shape(body, geometry_of(body)), None)
    return _place(body, resolved, faults, f"{name}.place")


def _circle(
    body: Mapping[str, Any], resolved: Mapping[str, Any], tolerance: int, faults: Faults, name: str
) -> Circle | None:
    latitude, longitude = point_of(body, faults, name)
    radius = faults.attempt(f"{name}.radius_km", lambda: _radius(body.get("radius_km")), None)
    if latitude is None or longitude is None or radius is None:
        return None
    if "beyond" not in resolved:
        point, reach = unit_vector(latitude, longitude), chord_squared(radius * (1 + tolerance / 100))
        return Circle(latitude, longitude, radius, point, chord_squared(radius), reach)
    x, y, z = resolved["point"]
    return Circle(latitude, longitude, radius, (x, y, z), resolved["within"], resolved["beyond"])


def _radius(value: object) -> float:
    if not is_number(value):
        raise ValueError("Give kilometres as a number.")
    if not SHORTEST_RADIUS_KM <= value <= LONGEST_RADIUS_KM:
        raise ValueError(f"Give {SHORTEST_RADIUS_KM:g} to {LONGEST_RADIUS_KM:g} kilometres.")
    return float(value)


def point_of(body: Mapping[str, Any], faults: Faults, name: str) -> tuple[float | None, float | None]:
    """Latitude and longitude of a mapping, told as evidently swapped where only that makes sense of them."""
    prefix = f"{name}." if name else ""
    latitude, longitude = body.get("latitude"), body.get("longitude")
    if is_number(latitude) and is_number(longitude) and 90 < abs(latitude) <= 180 and abs(longitude) <= 90:
        faults.note(f"{prefix}latitude", f"{latitude} is no latitude; latitude and longitude look swapped.")
        return None, None
    return (
        faults.attempt(f"{prefix}latitude", lambda: degrees(latitude, 90.0), None),
        faults.attempt(f"{prefix}longitude", lambda: degrees(longitude, 180.0), None),
    )


def _place(body: Mapping[str, Any], resolved: Mapping[str, Any], faults: Faults, name: str) -> Place | None:
    if len(body) != 1 or next(iter(body)) not in PLACE_FIELDS:
        faults.note(name, "Give one of city, postal_code or name.")
        return None
    kind, typed = next(iter(body.items()))
    if not isinstance(typed, str) or not 1 <= len(typed.strip()) <= 120:
        faults.note(f"{name}.{kind}", "Give 1 to 120 characters.")
        return None
    return Place(kind, Resolved.from_wire(resolved))


def geometry_of(geojson: Mapping[str, Any]) -> BaseGeometry:
    """A valid, prepared shapely geometry of a GeoJSON Polygon or MultiPolygon; raises ValueError with what is wrong."""
    kind, coordinates = geojson.get("type"), geojson.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon"):
        raise ValueError("Give a GeoJSON Polygon or MultiPolygon.")
    if not isinstance(coordinates, (list, tuple)) or not coordinates:
        raise ValueError("Give coordinates.")
    parts = [_rings(part) for part in (coordinates if kind == "MultiPolygon" else [coordinates])]
    vertices = sum(len(ring) - 1 for rings in parts for ring in rings)
    if vertices > MOST_VERTICES:
        raise ValueError(f"{vertices} vertices are too many; draw it with {MOST_VERTICES} at most.")
    shapes = [Polygon(rings[0], rings[1:]) for rings in parts]
    geometry: BaseGeometry = MultiPolygon(shapes) if kind == "MultiPolygon" else shapes[0]
    if not geometry.is_valid:
        raise ValueError(f"The outline is not valid ({shapely.is_valid_reason(geometry)}); draw it without crossing.")
    shapely.prepare(geometry)
    return geometry


def _rings(part: object) -> list[list[tuple[float, float]]]:
    if not isinstance(part, (list, tuple)) or not part:
        raise ValueError("Give at least one ring of positions.")
    return [list(_ring(ring)) for ring in part]


def _ring(ring: object) -> Iterator[tuple[float, float]]:
    if not isinstance(ring, (list, tuple)) or len(ring) < 4:
        raise ValueError("A ring needs four positions or more, the last like the first.")
    first = last = _position(ring[0])
    yield first
    for raw in ring[1:]:
        position = _position(raw)
        if abs(position[0] - last[0]) > 180.0:
            raise ValueError("An edge is longer than 180 degrees; split the area at the 180th meridian.")
        yield position
        last = position
    if last != first:
        raise ValueError("The last position of a ring must be like the first.")


def _position(raw: object) -> tuple[float, float]:
    if not isinstance(raw, (list, tuple)) or not 2 <= len(raw) <= 3 or not all(map(is_number, raw)):
        raise ValueError("A position is [longitude, latitude] in degrees.")
    longitude, latitude = raw[0], raw[1]
    if not -90.0 <= latitude <= 90.0 or not -180.0 <= longitude <= 180.0:
        swapped = abs(longitude) <= 90.0 < abs(latitude) <= 180.0
        hint = "; longitude comes first, the two look swapped" if swapped else ""
        raise ValueError(f"[{str(longitude)[:20]}, {str(latitude)[:20]}] is outside the globe{hint}.")
    return float(longitude), float(latitude)
