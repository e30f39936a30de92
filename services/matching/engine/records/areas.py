"""The areas of a search: circle, polygon or place; read from the API's JSON, faults reported by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from services.matching.engine.dictionary.lexicon import Resolved
from services.matching.engine.records import codes
from services.matching.engine.records.quantities import (
    LONGEST_RADIUS_KM,
    SHORTEST_RADIUS_KM,
    Point,
    chord_squared,
    degrees,
    is_number,
    unit_vector,
)
from services.matching.engine.records.refusal import Faults, NotThat
from shared.codes import NOT_A_NUMBER, NOT_AN_OBJECT

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
    """One area of a search; None after its faults were recorded under `name`."""
    if not isinstance(wire, dict) or len(wire) != 1 or next(iter(wire)) not in ("circle", "polygon", "place"):
        faults.note(name, codes.ONE_KIND_OF_AREA())
        return None
    kind, body = next(iter(wire.items()))
    if not isinstance(body, dict):
        faults.note(f"{name}.{kind}", NOT_AN_OBJECT())
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
        raise NotThat(NOT_A_NUMBER())
    if not SHORTEST_RADIUS_KM <= value <= LONGEST_RADIUS_KM:
        raise NotThat(codes.RADIUS_OUT_OF_RANGE(least=SHORTEST_RADIUS_KM, most=LONGEST_RADIUS_KM))
    return float(value)


def point_of(body: Mapping[str, Any], faults: Faults, name: str) -> tuple[float | None, float | None]:
    """Latitude and longitude of a mapping; a fault says so where they are evidently swapped."""
    prefix = f"{name}." if name else ""
    latitude, longitude = body.get("latitude"), body.get("longitude")
    if is_number(latitude) and is_number(longitude) and 90 < abs(latitude) <= 180 and abs(longitude) <= 90:
        faults.note(f"{prefix}latitude", codes.SWAPPED(latitude=latitude))
        return None, None
    return (
        faults.attempt(f"{prefix}latitude", lambda: degrees(latitude, 90.0), None),
        faults.attempt(f"{prefix}longitude", lambda: degrees(longitude, 180.0), None),
    )


def _place(body: Mapping[str, Any], resolved: Mapping[str, Any], faults: Faults, name: str) -> Place | None:
    if len(body) != 1 or next(iter(body)) not in PLACE_FIELDS:
        faults.note(name, codes.ONE_KIND_OF_PLACE())
        return None
    kind, typed = next(iter(body.items()))
    if not isinstance(typed, str) or not 1 <= len(typed.strip()) <= 120:
        faults.note(f"{name}.{kind}", codes.LENGTH(most=120))
        return None
    return Place(kind, Resolved.from_wire(resolved))


def geometry_of(geojson: Mapping[str, Any]) -> BaseGeometry:
    """A valid, prepared shapely geometry of a GeoJSON Polygon or MultiPolygon; raises NotThat with what is wrong."""
    kind, coordinates = geojson.get("type"), geojson.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon"):
        raise NotThat(codes.NOT_A_POLYGON())
    if not isinstance(coordinates, (list, tuple)) or not coordinates:
        raise NotThat(codes.NO_COORDINATES())
    parts = [_rings(part) for part in (coordinates if kind == "MultiPolygon" else [coordinates])]
    vertices = sum(len(ring) - 1 for rings in parts for ring in rings)
    if vertices > MOST_VERTICES:
        raise NotThat(codes.TOO_MANY_VERTICES(vertices=vertices, most=MOST_VERTICES))
    shapes = [Polygon(rings[0], rings[1:]) for rings in parts]
    geometry: BaseGeometry = MultiPolygon(shapes) if kind == "MultiPolygon" else shapes[0]
    if not geometry.is_valid:
        raise NotThat(codes.OUTLINE_CROSSES(why=shapely.is_valid_reason(geometry)))
    shapely.prepare(geometry)
    return geometry


def _rings(part: object) -> list[list[tuple[float, float]]]:
    if not isinstance(part, (list, tuple)) or not part:
        raise NotThat(codes.NO_RINGS())
    return [list(_ring(ring)) for ring in part]


def _ring(ring: object) -> Iterator[tuple[float, float]]:
    if not isinstance(ring, (list, tuple)) or len(ring) < 4:
        raise NotThat(codes.RING_TOO_SHORT())
    first = last = _position(ring[0])
    yield first
    for raw in ring[1:]:
        position = _position(raw)
        if abs(position[0] - last[0]) > 180.0:
            raise NotThat(codes.EDGE_TOO_LONG())
        yield position
        last = position
    if last != first:
        raise NotThat(codes.RING_OPEN())


def _position(raw: object) -> tuple[float, float]:
    if not isinstance(raw, (list, tuple)) or not 2 <= len(raw) <= 3 or not all(map(is_number, raw)):
        raise NotThat(codes.NOT_A_POSITION())
    longitude, latitude = raw[0], raw[1]
    if not -90.0 <= latitude <= 90.0 or not -180.0 <= longitude <= 180.0:
        swapped = abs(longitude) <= 90.0 < abs(latitude) <= 180.0
        hint = "; longitude comes first, the two look swapped" if swapped else ""
        place = {"longitude": str(longitude)[:20], "latitude": str(latitude)[:20]}
        raise NotThat(codes.OUTSIDE_THE_GLOBE(**place, hint=hint))
    return float(longitude), float(latitude)
