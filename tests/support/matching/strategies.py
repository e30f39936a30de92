"""Random and adversarial listings and searches as the API's JSON; small domains, so that bounds are often met."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

from hypothesis import strategies as st

from services.matching.engine.world import Rates, World

TODAY = date(2026, 11, 22)
WORDS = ["pool", "garaje", "Garage", "lift", "elevador", "terraza", "balkon", "wine cave", "Café"]
TYPES = ["apartment", "piso", "townhouse", "vrstna hiša", "single_family_residence", "treehouse"]
CITIES = ["Madrid", "madird", "Göteborg", "Gothenburg", "KOPER", "Capodistria", "Nowhere-by-Sea", "nowhere by sea"]
PRICES = [0, 0.01, 1, 99_999.99, 100_000, 110_000, 110_000.01, 90_000, 89_999.99, 250_000, 275_000, 10**12]
CURRENCIES = ["EUR", "GBP", "SEK", "JPY"]
PLACES_ON_EARTH = [
    (38.72, -9.14),
    (38.7200001, -9.14),
    (0.0, 0.0),
    (90.0, 0.0),
    (90.0, 77.0),
    (-90.0, 10.0),
    (10.0, 180.0),
    (10.0, -180.0),
    (10.0, 179.999),
    (40.0, -3.0),
    (41.0, -3.0),
    (40.5, -3.5),
    (40.5, -3.25),
]
RATES = Rates(TODAY, {"EUR": 1.0, "GBP": 0.8437, "SEK": 11.0313})
CONTACTS = ["c1", "c2", "c3"]


def world() -> st.SearchStrategy[World]:
    """A day, rates without the yen, and some discarded pairs."""
    pair = st.tuples(st.sampled_from(CONTACTS), st.integers(0, 19).map(lambda n: f"l{n}"))
    return st.builds(World, st.just(TODAY), st.just(RATES), st.frozensets(pair, max_size=6))


def maybe(strategy: st.SearchStrategy[Any], often: int = 9) -> st.SearchStrategy[Any]:
    """The strategy, or None once in a while."""
    return st.integers(0, often).flatmap(lambda n: strategy if n else st.none())


def stated(strategy: st.SearchStrategy[Any], often: int = 3) -> st.SearchStrategy[Any]:
    """None mostly, the strategy now and then: a search states a few things only."""
    return st.integers(0, often).flatmap(lambda n: st.none() if n else strategy)


def price() -> st.SearchStrategy[Any]:
    """Prices that meet each other's tolerance bounds, and any with cents."""
    return st.sampled_from(PRICES) | st.integers(0, 40_000_000).map(lambda cents: cents / 100)


def count(most: int) -> st.SearchStrategy[Any]:
    """Whole numbers and quarters."""
    return st.integers(0, most) | st.integers(0, most * 4).map(lambda quarters: quarters / 4)


def point() -> st.SearchStrategy[tuple[float, float]]:
    """Points at the poles, the antimeridian, corners and edges of the polygons, and anywhere."""
    anywhere = st.tuples(st.floats(-90, 90), st.floats(-180, 180))
    near = st.tuples(st.floats(39.5, 41.5), st.floats(-4.0, -2.5))
    return st.sampled_from(PLACES_ON_EARTH) | near | anywhere


@st.composite
def listing(draw: st.DrawFn, number: int = 0) -> dict[str, Any]:
    """One listing as the event carries it."""
    has = draw(st.lists(st.sampled_from(WORDS), max_size=4, unique=True))
    lacks = draw(st.lists(st.sampled_from(WORDS), max_size=4, unique=True))
    at = draw(maybe(point()))
    wire = {
        "id": f"l{number}",
        "agency_id": draw(st.sampled_from(["a1"] * 19 + ["a2"])),
        "sequence": draw(st.integers(0, 5)),
        "standard_status": draw(st.sampled_from(["active"] * 19 + ["pending"])),
        "transaction": draw(st.sampled_from(["sale"] * 9 + ["lease"])),
        "list_price": draw(maybe(price(), 8)),
        "currency": draw(st.sampled_from(["EUR"] * 6 + CURRENCIES)),
        "bedrooms_total": draw(maybe(count(6))),
        "bathrooms_total": draw(maybe(count(4))),
        "living_area": draw(maybe(count(300))),
        "lot_size_area": draw(maybe(count(1000))),
        "year_built": draw(maybe(st.integers(1890, 2026))),
        "property_sub_type": draw(maybe(st.sampled_from(TYPES))),
        "latitude": at and at[0],
        "longitude": at and at[1],
        "city": draw(maybe(st.sampled_from(CITIES))),
        "state_or_province": draw(maybe(st.sampled_from([*CITIES, "Andalucía"]))),
        "postal_code": draw(maybe(st.sampled_from(["SW1A 1AA", "sw1a1aa", "1000"]))),
        "features": has,
        "features_absent": [word for word in lacks if _bare(word) not in {_bare(other) for other in has}],
        "owner_contact_ids": draw(st.lists(st.sampled_from(CONTACTS), max_size=1)),
    }
    return {name: value for name, value in wire.items() if value is not None}


def _bare(word: str) -> str:
    return {"garaje": "garage", "elevador": "lift"}.get(word.casefold(), word.casefold())


def circle() -> st.SearchStrategy[dict[str, Any]]:
    """Circles from a metre to half the globe, some with a special point exactly on their rim."""
    radius = st.sampled_from([0.001, 1.0, 5.0, 111.19508, 20000.0]) | st.floats(0.001, 500.0) | rim()
    return st.builds(
        lambda at, km: {"circle": {"latitude": at[0], "longitude": at[1], "radius_km": km}}, point(), radius
    )


def rim() -> st.SearchStrategy[float]:
    """Distances between special points: a radius that ends at a home."""
    pairs = st.tuples(st.sampled_from(PLACES_ON_EARTH), st.sampled_from(PLACES_ON_EARTH))
    return pairs.map(lambda two: max(0.001, min(20000.0, _kilometres(*two))))


def _kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    (a, b), (c, d) = (tuple(map(math.radians, at)) for at in (one, other))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * 6371.0088 * math.asin(min(1.0, math.sqrt(h)))


def rectangle(west: float, south: float, east: float, north: float) -> list[list[float]]:
    """A closed ring."""
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def polygon() -> st.SearchStrategy[dict[str, Any]]:
    """Polygons with and without a hole, triangles, and two parts at the 180th meridian."""
    outer = rectangle(-4.0, 40.0, -3.0, 41.0)
    shapes = [
        {"type": "Polygon", "coordinates": [outer]},
        {"type": "Polygon", "coordinates": [outer, rectangle(-3.75, 40.25, -3.25, 40.75)]},
        {"type": "Polygon", "coordinates": [[[-4.0, 39.0], [-2.0, 40.3], [-3.1, 42.0], [-4.0, 39.0]]]},
        {
            "type": "MultiPolygon",
            "coordinates": [[rectangle(179.0, 9.0, 180.0, 11.0)], [rectangle(-180.0, 9.0, -179.0, 11.0)]],
        },
        {"type": "Polygon", "coordinates": [rectangle(-10.0, 80.0, 10.0, 90.0)]},
    ]
    return st.sampled_from(shapes).map(lambda shape: {"polygon": shape})


def place() -> st.SearchStrategy[dict[str, Any]]:
    """Places by city, postal code or name."""
    city = st.sampled_from(CITIES).map(lambda name: {"place": {"city": name}})
    name = st.sampled_from([*CITIES, "Andalusia"]).map(lambda name: {"place": {"name": name}})
    return city | name | st.sampled_from(["SW1A1AA", "1000"]).map(lambda code: {"place": {"postal_code": code}})


def bounds(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, Any]]:
    """A lower and an upper bound, either or both missing, never inverted."""
    both = st.tuples(maybe(strategy, 2), maybe(strategy, 2))
    ordered = both.map(lambda two: tuple(sorted(two)) if None not in two else two)
    return stated(ordered, 1).map(lambda two: two or (None, None))


@st.composite
def search(draw: st.DrawFn, number: int = 0) -> dict[str, Any]:
    """One search with at least one criterion that decides."""
    words = draw(st.lists(st.sampled_from(["pool", "garage", "lift", "terrace", "balcony", "cafe"]), unique=True))
    shares = draw(st.tuples(st.integers(0, 2), st.integers(0, 1)))
    must, wont, rest = words[: shares[0]], words[shares[0] : sum(shares)], words[sum(shares) :][:3]
    price_min, price_max = draw(bounds(price()))
    bedrooms_min, bedrooms_max = draw(bounds(count(6)))
    area_min, area_max = draw(bounds(count(300)))
    wire = {
        "id": f"s{number}",
        "agency_id": draw(st.sampled_from(["a1"] * 19 + ["a2"])),
        "contact_id": draw(st.sampled_from(CONTACTS)),
        "sequence": draw(st.integers(0, 5)),
        "transaction": draw(st.sampled_from(["sale"] * 9 + ["lease"])),
        "status": draw(st.sampled_from(["active"] * 19 + ["paused"])),
        "valid_until": draw(st.sampled_from([None, None, None, "2026-11-22", "2026-11-21", "2027-01-01"])),
        "currency": draw(st.sampled_from(["EUR"] * 6 + CURRENCIES)),
        "tolerance_percent": draw(st.sampled_from([0, 1, 5, 10, 10, 10, 33, 50])),
        "list_price_min": price_min,
        "list_price_max": price_max,
        "bedrooms_min": bedrooms_min,
        "bedrooms_max": bedrooms_max,
        "bathrooms_min": draw(stated(count(4))),
        "living_area_min": area_min,
        "living_area_max": area_max,
        "lot_size_area_min": draw(stated(count(1000))),
        "year_built_min": draw(stated(st.integers(1890, 2026))),
        "property_sub_types": draw(stated(st.lists(st.sampled_from(TYPES), min_size=1, max_size=3))),
        "areas": draw(stated(st.lists(circle() | polygon() | place(), min_size=1, max_size=3), 1)),
        "must_have": must,
        "wont_accept": wont,
        "preferences": {word: draw(st.sampled_from(["strong", "would", "might"])) for word in rest},
    }
    wire = {name: value for name, value in wire.items() if value is not None}
    hard = [name for name in wire if name.endswith(("_min", "_max"))] + must + wont
    if not hard and not wire.get("areas") and not wire.get("property_sub_types"):
        wire["list_price_max"] = draw(price())
    return wire


def crowd(size: int = 20) -> st.SearchStrategy[tuple[list[dict[str, Any]], list[dict[str, Any]]]]:
    """`size` listings and `size` searches: an example is a whole cross-reference, not one pair."""
    return st.tuples(
        st.tuples(*(listing(number) for number in range(size))).map(list),
        st.tuples(*(search(number) for number in range(size))).map(list),
    )
