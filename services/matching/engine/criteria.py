"""Each stated criterion of a search against the facts of a listing: its state, its figures and its points."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import shapely

from services.matching.engine.records.areas import Area, Circle, Place, Shape
from services.matching.engine.records.facts import Listing, Search
from services.matching.engine.records.numeric import NUMERIC, Bounds
from services.matching.engine.records.quantities import distance_squared, kilometres, major
from services.matching.engine.world import World

PASS, NEAR, FAIL, UNKNOWN = "pass", "near", "fail", "unknown"
FULL = 1000
HARD_WORD = 4
BEST = {PASS: 3, UNKNOWN: 2, NEAR: 1, FAIL: 0}


# A NamedTuple: a page of pairs makes hundreds, each in a third of the time of a frozen dataclass.
class Criterion(NamedTuple):
    """One criterion of a verdict; figures are JSON numbers in display units, `points` is None where not known."""

    name: str
    hard: bool
    state: str
    wanted: Any
    found: Any
    gap: Any
    points: int | None
    weight: int = 0

    def to_wire(self) -> dict[str, Any]:
        """The criterion as the API shows it."""
        return {name: value for name, value in self._asdict().items() if name != "weight"}


def gates(search: Search, listing: Listing, world: World) -> Iterator[Criterion]:
    """The closed gates; an open gate is not listed."""
    if listing.standard_status != "active":
        yield _shut("standard_status", "active", listing.standard_status)
    if listing.transaction != search.transaction:
        yield _shut("transaction", search.transaction, listing.transaction)
    if search.status != "active":
        yield _shut("status", "active", search.status)
    if search.valid_until is not None and search.valid_until < world.today:
        yield _shut("valid_until", world.today.isoformat(), search.valid_until.isoformat())
    if search.contact_id is not None and search.contact_id in listing.owner_contact_ids:
        yield _shut("owner", None, search.contact_id)
    if search.contact_id is not None and (search.contact_id, listing.id) in world.discarded:
        yield _shut("discarded", None, search.contact_id)
    if search.agency_id != listing.agency_id:
        yield _shut("agency", search.agency_id, listing.agency_id)


def _shut(name: str, wanted: Any, found: Any) -> Criterion:
    return Criterion(name, True, FAIL, wanted, found, None, None)


def numbers(search: Search, listing: Listing, world: World) -> Iterator[Criterion]:
    """The criteria for price, rooms, areas and year, each when one of its bounds is stated."""
    for (name, *_), bounds, figure in zip(NUMERIC, search.bounds, listing.figures, strict=True):
        if bounds is None:
            continue
        if name == "price":
            yield _price(search, listing, bounds, figure, world)
        else:
            state, points, gap = grade(name, bounds, figure, search.tolerance)
            yield Criterion(name, True, state, _wanted(bounds), major(figure), major(gap), points)


def _wanted(bounds: Bounds) -> dict[str, Any]:
    return {"min": major(bounds[0]), "max": major(bounds[1])}


def _price(search: Search, listing: Listing, bounds: Bounds, figure: int | None, world: World) -> Criterion:
    wanted = {**_wanted(bounds), "currency": search.currency}
    found: dict[str, Any] = {"amount": major(figure), "currency": listing.currency}
    if figure is not None and listing.currency != search.currency:
        rate = world.rates.rate(listing.currency, search.currency)
        figure = None if rate is None else converted(figure, rate)
        day = world.rates.day
        found.update(converted=major(figure), rate=rate, rate_date=day.isoformat() if day else None)
    state, points, gap = grade("price", bounds, figure, search.tolerance)
    return Criterion("price", True, state, wanted, found, major(gap), points)


def converted(price: int, rate: float) -> int:
    """Convert hundredths to another currency: one float64 product, rounded half to even."""
    return round(price * rate)


def grade(name: str, bounds: Bounds, figure: int | None, tolerance: int) -> tuple[str, int | None, int | None]:
    """State, points and the distance to the missed bound, all in hundredths."""
    if figure is None:
        return UNKNOWN, None, None
    low, high = bounds
    if low is not None and figure < low:
        bound, gap = low, low - figure
    elif high is not None and figure > high:
        bound, gap = high, figure - high
    else:
        return PASS, FULL, None
    points = _near_points(name, bound, gap, tolerance)
    return (FAIL, 0, gap) if points is None else (NEAR, points, gap)


def _near_points(name: str, bound: int, gap: int, tolerance: int) -> int | None:
    if name in ("bedrooms", "bathrooms"):
        return 500 if tolerance > 0 and gap <= 100 else None
    if name == "year_built":
        return FULL - 500 * gap // (100 * tolerance) if gap <= 100 * tolerance else None
    return FULL - 50_000 * gap // (tolerance * bound) if 100 * gap <= tolerance * bound else None


def location(search: Search, listing: Listing) -> Iterator[Criterion]:
    """The best of the stated areas by pass > unknown > near > fail, then by points."""
    if search.areas:
        judged = [_area(area, listing) for area in search.areas]
        yield max(judged, key=lambda one: (BEST[one.state], one.points or 0))


def _area(area: Area, listing: Listing) -> Criterion:
    if isinstance(area, Circle):
        return _circle(area, listing)
    if isinstance(area, Shape):
        return _shape(area, listing)
    return _place(area, listing)


def _located(state: str, wanted: Any, found: Any, gap: Any, points: int | None) -> Criterion:
    return Criterion("location", True, state, wanted, found, gap, points)


def _circle(area: Circle, listing: Listing) -> Criterion:
    wanted = {"circle": {"latitude": area.latitude, "longitude": area.longitude, "radius_km": area.radius_km}}
    if listing.point is None:
        return _located(UNKNOWN, wanted, None, None, None)
    chord = distance_squared(area.point, listing.point)
    found = kilometres(chord)
    gap = round(max(0.0, found - area.radius_km), 1)
    if chord <= area.within:
        return _located(PASS, wanted, found, None, FULL - int(500.0 * (chord / area.within)))
    if chord <= area.beyond:
        share = (chord - area.within) / (area.beyond - area.within)
        return _located(NEAR, wanted, found, gap, 500 - int(500.0 * share))
    return _located(FAIL, wanted, found, gap, 0)


def _shape(area: Shape, listing: Listing) -> Criterion:
    if listing.latitude is None or listing.longitude is None:
        return _located(UNKNOWN, {"polygon": True}, None, None, None)
    inside = bool(shapely.intersects_xy(area.geometry, listing.longitude, listing.latitude))
    return _located(PASS if inside else FAIL, {"polygon": True}, inside, None, FULL if inside else 0)


def _place(area: Place, listing: Listing) -> Criterion:
    facts = {
        "city": (listing.city,),
        "postal_code": (listing.postal_code,),
        "name": (listing.city, listing.state_or_province),
    }[area.field]
    wanted = {"place": {area.field: area.word.name, "typed": area.word.typed, "by": area.word.by}}
    known = [fact for fact in facts if fact is not None]
    if not known:
        return _located(UNKNOWN, wanted, None, None, None)
    same = [fact for fact in known if fact.key == area.word.key]
    shown = (same or known)[0]
    found = {"name": shown.name, "typed": shown.typed, "by": shown.by}
    return _located(PASS if same else FAIL, wanted, found, None, FULL if same else 0)


def kind_of_home(search: Search, listing: Listing) -> Iterator[Criterion]:
    """The property type against the list of types."""
    if not search.property_sub_types:
        return
    wanted, word = list(search.property_sub_types), listing.property_sub_type
    if word is None:
        yield Criterion("property_sub_type", True, UNKNOWN, wanted, None, None, None)
    else:
        fits = word.key in search.property_sub_types
        yield Criterion("property_sub_type", True, PASS if fits else FAIL, wanted, word.key, None, FULL if fits else 0)


def features(search: Search, listing: Listing) -> Iterator[Criterion]:
    """Every feature word of the three lists; `found` is True, False or None where the listing does not mention it."""
    for word in search.must_have:
        yield _feature(f"must_have.{word}", True, True, _mentioned(listing, word), HARD_WORD)
    for word in search.wont_accept:
        yield _feature(f"wont_accept.{word}", True, False, _mentioned(listing, word), HARD_WORD)
    for word in search.preferences:
        yield _feature(f"preferences.{word}", False, True, _mentioned(listing, word), search.weights[word])


def _mentioned(listing: Listing, word: str) -> bool | None:
    return True if word in listing.features else False if word in listing.features_absent else None


def _feature(name: str, hard: bool, wanted: bool, found: bool | None, weight: int) -> Criterion:
    if found is None:
        # An unwanted feature that is not mentioned passes, earns no points and lowers the confidence.
        return Criterion(name, hard, UNKNOWN if wanted else PASS, wanted, None, None, None, weight)
    satisfied = found is wanted
    return Criterion(name, hard, PASS if satisfied else FAIL, wanted, found, None, FULL if satisfied else 0, weight)
