"""Bounding boxes in whole micro-degrees, rounded outwards: always a superset of the area with its tolerance."""

from __future__ import annotations

import math

from services.matching.engine.records.areas import Area, Circle, Shape

SCALE = 1_000_000
Box = tuple[int, int, int, int]
EVERYWHERE: Box = (-180 * SCALE, -90 * SCALE, 180 * SCALE, 90 * SCALE)
# Far above the rounding of the trigonometry, far below a metre.
SLACK = 2


def micro(degrees: float) -> int:
    """Degrees as whole micro-degrees, rounded down; the boxes have slack for that."""
    return math.floor(degrees * SCALE)


def box_of(area: Area | None) -> Box:
    """(west, south, east, north) of an area; everywhere for a place or none, and where longitudes wrap around."""
    if isinstance(area, Circle):
        return _around(area)
    if isinstance(area, Shape):
        west, south, east, north = area.geometry.bounds
        return micro(west) - SLACK, micro(south) - SLACK, micro(east) + SLACK, micro(north) + SLACK
    return EVERYWHERE


def _around(area: Circle) -> Box:
    """The box of a circle at its widest, from the squared chord that still counts as near."""
    reach = 2.0 * math.asin(min(1.0, math.sqrt(area.beyond) / 2.0)) * (1 + 1e-9) + 1e-9
    phi = math.radians(area.latitude)
    south, north = math.degrees(phi - reach), math.degrees(phi + reach)
    if south <= -90.0 or north >= 90.0:
        return EVERYWHERE[0], micro(max(south, -90.0)) - SLACK, EVERYWHERE[2], micro(min(north, 90.0)) + SLACK
    width = math.degrees(math.asin(min(1.0, math.sin(reach) / math.cos(phi))))
    west, east = area.longitude - width, area.longitude + width
    if west < -180.0 or east > 180.0:
        west, east = -180.0, 180.0
    return micro(west) - SLACK, micro(south) - SLACK, micro(east) + SLACK, micro(north) + SLACK
