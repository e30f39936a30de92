"""Exact quantities: integer hundredths, unit vectors, tolerance bounds of a circle."""

from __future__ import annotations

import math
from datetime import date, datetime
from decimal import Decimal
from typing import TypeGuard

from services.matching.engine.records.codes import NOT_DEGREES
from services.matching.engine.records.refusal import NotThat
from shared.codes import NOT_A_DAY, NOT_A_NUMBER, NOT_FINITE, TOO_LARGE, TOO_MANY_DECIMALS, TOO_SMALL

EARTH_RADIUS_KM = 6371.0088
# The widest that keeps every product of the scoring rules inside 64 bits.
MOST_MONEY = 10**12
MOST_AREA = 10**9
MOST_LAND = 10**12
MOST_ROOMS = 1000
MOST_YEAR = 9999
LONGEST_RADIUS_KM = 20_000.0
SHORTEST_RADIUS_KM = 0.001

Point = tuple[float, float, float]


def is_number(value: object) -> TypeGuard[int | float]:
    """Whether a value is a JSON number; true and false are not."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def hundredths(value: object, most: int) -> int:
    """A JSON number as integer hundredths, 0 to `most`; raises NotThat for anything not exact in two decimals."""
    if not is_number(value):
        raise NotThat(NOT_A_NUMBER())
    if 0 <= value <= most:
        # Below 10 ** 13 a float is the nearest to n / 100 exactly when it prints with at most two decimals.
        whole = round(value * 100)
        if whole / 100 == value:
            return whole
    number = Decimal(str(value))
    if not number.is_finite():
        raise NotThat(NOT_FINITE())
    if not 0 <= number <= most:
        raise NotThat(TOO_SMALL(least=0) if number < 0 else TOO_LARGE(most=most))
    scaled = number.scaleb(2)
    if scaled != scaled.to_integral_value():
        raise NotThat(TOO_MANY_DECIMALS(decimals=2))
    return int(scaled)


def major(value: int | None) -> int | float | None:
    """Hundredths as a JSON number in whole units, without decimals where there are none."""
    if value is None:
        return None
    return value // 100 if value % 100 == 0 else value / 100


def degrees(value: object, most: float) -> float:
    """A latitude (`most` 90) or longitude (180) in degrees; raises NotThat."""
    if not is_number(value):
        raise NotThat(NOT_A_NUMBER())
    if not -most <= value <= most:
        raise NotThat(NOT_DEGREES(value=str(value)[:20], most=most))
    return float(value)


def unit_vector(latitude: float, longitude: float) -> Point:
    """The point on the unit sphere; computed once with `math` and stored, so that every comparison uses the same
    value.
    """
    phi, lam = math.radians(latitude), math.radians(longitude)
    return (math.cos(phi) * math.cos(lam), math.cos(phi) * math.sin(lam), math.sin(phi))


def chord_squared(radius_km: float) -> float:
    """The squared chord of the unit sphere for a distance along the ground; half the globe at most."""
    return (2.0 * math.sin(min(radius_km / (2.0 * EARTH_RADIUS_KM), math.pi / 2.0))) ** 2


def distance_squared(one: Point, other: Point) -> float:
    """The squared chord between two unit vectors, in the same order of operations as the columns."""
    dx, dy, dz = one[0] - other[0], one[1] - other[1], one[2] - other[2]
    return dx * dx + dy * dy + dz * dz


def kilometres(chord: float) -> float:
    """Ground kilometres of a squared chord, one decimal; for display only."""
    return round(2.0 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(chord) / 2.0)), 1)


def day(value: object) -> date:
    """A calendar day from a date, a time or an ISO 8601 text; raises NotThat."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        try:
            return datetime.fromisoformat(value).date()
        except ValueError:
            raise NotThat(NOT_A_DAY()) from None
    raise NotThat(NOT_A_DAY())
