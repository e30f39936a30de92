"""Areas of wishes: circles, drawn shapes and named places, and whether a point lies in one."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from services.gateway.components.map import geography
from services.gateway.components.map.present import area_name
from services.gateway.upstream.matching import Area

ICONS = {"circle": "circle-dashed", "polygon": "polygon", "place": "map-pin"}
LONGEST_NAME = 120
USUAL_RADIUS_KM = 1.0
KM_PER_DEGREE = 111.32
Ring = Sequence[Sequence[float]]


@dataclass(frozen=True)
class WishArea:
    """One area: `kind` is circle, polygon (GeoJSON Polygon or MultiPolygon) or place, `shape` what belongs to it."""

    kind: str
    shape: Mapping[str, Any]  # GeoJSON: lists of lists, nested by the kind of shape

    @classmethod
    def from_reply(cls, area: Area) -> WishArea:
        """An area as matching keeps it."""
        kind, shape = next(iter(area.items()))
        return cls(kind, cast("Mapping[str, Any]", shape))

    @classmethod
    def from_json(cls, text: str) -> WishArea | None:
        """An area from a hidden field of the form; None when the text describes none."""
        try:
            area = json.loads(text)
        except ValueError:
            return None
        if not isinstance(area, dict) or len(area) != 1:
            return None
        kind, shape = next(iter(area.items()))
        if kind not in ICONS or not isinstance(shape, dict) or not _is_complete(kind, shape):
            return None
        return cls(kind, shape)

    @classmethod
    def from_name(cls, name: str) -> WishArea:
        """The area around a district that we have a map of, else a postal code or a town."""
        district = geography.district(name)
        if district is None:
            is_code = any(letter.isdigit() for letter in name)
            return cls("place", {"postal_code" if is_code else "name": name})
        return cls(
            "circle",
            {"latitude": district.latitude, "longitude": district.longitude, "radius_km": USUAL_RADIUS_KM},
        )

    def named(self, name: str) -> WishArea:
        """The same area under a name of the person's own; without a name where it is empty."""
        shape = {key: value for key, value in self.shape.items() if key != "name"}
        return WishArea(self.kind, shape | ({"name": name[:LONGEST_NAME]} if name else {}))

    def with_radius(self, radius_km: float) -> WishArea:
        """The same circle with another radius."""
        return WishArea(self.kind, {**self.shape, "radius_km": radius_km})

    @property
    def body(self) -> Area:
        """The area as matching reads it."""
        return cast("Area", {self.kind: dict(self.shape)})

    @property
    def json(self) -> str:
        """What the form's hidden field holds."""
        return json.dumps(self.body, ensure_ascii=False)

    @property
    def is_place(self) -> bool:
        """Whether the area is a named place, which has no name of the person's own."""
        return self.kind == "place"

    @property
    def name(self) -> str:
        """The person's own name for the area."""
        return "" if self.is_place else str(self.shape.get("name") or "")

    @property
    def usual_name(self) -> str:
        """What the area is called without a name of its own, in the reader's language."""
        unnamed = self.shape if self.is_place else {**self.shape, "name": ""}
        return area_name({self.kind: unnamed})

    @property
    def radius_km(self) -> float | None:
        """A circle's radius."""
        return self.shape["radius_km"] if self.kind == "circle" else None

    @property
    def icon(self) -> str:
        """The icon of its kind."""
        return ICONS[self.kind]

    def contains(self, latitude: float, longitude: float) -> bool:
        """Whether a point lies in a circle or a drawn shape."""
        if self.kind == "circle":
            east = (self.shape["longitude"] - longitude) * math.cos(math.radians(latitude))
            distance_km = math.hypot(self.shape["latitude"] - latitude, east) * KM_PER_DEGREE
            return bool(distance_km <= self.shape["radius_km"])
        coordinates = self.shape["coordinates"]
        parts = coordinates if self.shape["type"] == "MultiPolygon" else [coordinates]
        return any(_is_inside(rings[0], latitude, longitude) for rings in parts)


def _is_complete(kind: str, shape: Mapping[str, Any]) -> bool:
    """Whether an area has what its name and its drawing need; matching checks the rest."""
    if kind == "circle":
        return all(isinstance(shape.get(name), (int, float)) for name in ("latitude", "longitude", "radius_km"))
    if kind == "place":
        return bool(shape)
    rings = shape.get("coordinates")
    try:
        ring = rings[0][0] if shape.get("type") == "MultiPolygon" else rings[0]  # type: ignore[index]  # caught below
        return len(ring) > 1 and all(isinstance(value, (int, float)) for point in ring for value in point[:2])
    except (TypeError, LookupError):
        return False


def _is_inside(ring: Ring, latitude: float, longitude: float) -> bool:
    """By counting the edges that a line from the point crosses."""
    inside = False
    for (x1, y1, *_height), (x2, y2, *_other_height) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y1 > latitude) != (y2 > latitude) and longitude < (x2 - x1) * (latitude - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside
