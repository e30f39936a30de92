"""The numpy rival: every search is looked at for every listing, number by number; exact, without scores."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely

from services.matching.engine.records.facts import Listing
from services.matching.engine.records.quantities import chord_squared, hundredths, unit_vector
from tests.bench.market import FEATURES, TYPES

Array = np.ndarray[Any, Any]
NO_LIMIT = 1 << 60
MOST = 10**15
# A listing's figure by its place in `Listing.figures`, with the search's lower and upper bound.
BOUNDS = (
    (0, "list_price_min", "list_price_max"),
    (1, "bedrooms_min", None),
    (2, "bathrooms_min", None),
    (3, "living_area_min", None),
)
ANYWHERE, CIRCLE, POLYGON, POSTAL = range(4)


class Scan:
    """Searches as plain columns."""

    def __init__(self, wires: Iterator[dict[str, Any]]) -> None:
        bounds, words, kinds, circles, codes, shapes = [], [], [], [], [], []
        for wire in wires:
            bounds.append([_bound(wire, low, 0) for _, low, _ in BOUNDS] + [_bound(wire, "list_price_max", NO_LIMIT)])
            words.append((_mask(wire.get("must_have", ()), FEATURES), _mask(wire.get("property_sub_types"), TYPES)))
            kind, circle, code, shape = _area(wire["areas"])
            kinds.append(kind)
            circles.append(circle)
            codes.append(code)
            if shape is not None:
                shapes.append(shapely.Polygon(shape))
        self.bounds = np.array(bounds, np.int64).T.copy()
        self.must, self.types = np.array(words, np.int64).T.copy()
        self.kinds, self.codes = np.array(kinds, np.uint8), np.array(codes, np.int64)
        self.circles = np.array(circles, np.float64).T.copy()
        self.shapes = np.full(len(kinds), None, object)
        self.shapes[self.kinds == POLYGON] = shapes

    def matches(self, listing: Listing) -> Array:
        """The rows of the searches that a listing of this market meets; it states every fact."""
        fits = self.bounds[-1] >= listing.figures.price
        for at, (figure, *_) in enumerate(BOUNDS):
            fits &= self.bounds[at] <= listing.figures[figure]
        fits &= (self.must & ~_mask(listing.features, FEATURES)) == 0
        sub_type = listing.property_sub_type
        fits &= (self.types & _mask([sub_type.key] if sub_type else (), TYPES)) != 0
        fits &= self._near(listing)
        found = np.flatnonzero(fits)
        drawn = found[self.kinds[found] == POLYGON]
        outside = drawn[~shapely.intersects_xy(self.shapes[drawn], listing.longitude, listing.latitude)]
        return found[~np.isin(found, outside)] if len(outside) else found

    def _near(self, listing: Listing) -> Array:
        """Whether the circle or postal code fits; a polygon is looked at once all else fits."""
        x, y, z = listing.point or (0.0, 0.0, 0.0)
        dx, dy, dz = self.circles[0] - x, self.circles[1] - y, self.circles[2] - z
        inside = dx * dx + dy * dy + dz * dz <= self.circles[3]
        code = int(listing.postal_code.key) if listing.postal_code else -1
        near: Array = np.where(self.kinds == CIRCLE, inside, (self.kinds != POSTAL) | (self.codes == code))
        return near


def _bound(wire: dict[str, Any], name: str, otherwise: int) -> int:
    return hundredths(wire[name], MOST) if name in wire else otherwise


def _mask(words: Any, known: list[str]) -> int:
    """Bits of the words; all of them where nothing is asked."""
    return sum(1 << known.index(word) for word in words) if words is not None else (1 << len(known)) - 1


def _area(areas: list[dict[str, Any]]) -> tuple[int, tuple[float, ...], int, Any]:
    nowhere = (0.0, 0.0, 0.0, 0.0)
    if not areas:
        return ANYWHERE, nowhere, 0, None
    kind, body = next(iter(areas[0].items()))
    if kind == "circle":
        point = unit_vector(body["latitude"], body["longitude"])
        return CIRCLE, (*point, chord_squared(body["radius_km"])), 0, None
    if kind == "polygon":
        return POLYGON, nowhere, 0, body["coordinates"][0]
    return POSTAL, nowhere, int(body["postal_code"]), None
