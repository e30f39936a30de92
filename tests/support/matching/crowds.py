"""Large seeded crowds of listings and searches, close to each other's bounds, so that every kind is frequent."""

from __future__ import annotations

from random import Random
from typing import Any

WORDS = ["pool", "garage", "lift", "terrace", "balcony", "sauna", "house brand"]
TYPES = ["apartment", "townhouse", "office"]
TOWNS = ["Madrid", "Getafe", "Leganés", "Villaviciosa de Nowhere"]
STRENGTHS = ["strong", "would", "might"]


def homes(size: int, seed: int) -> list[dict[str, Any]]:
    """Listings around Madrid; one in ten facts is missing."""
    chance = Random(seed)
    return [_home(chance, number) for number in range(size)]


def _home(chance: Random, number: int) -> dict[str, Any]:
    words = chance.sample(WORDS, len(WORDS))
    has, lacks = chance.randint(0, 4), chance.randint(0, 3)
    wire = {
        "list_price": chance.choice([chance.randint(9_000, 12_500) / 100 * 1000, 100_000, 110_000, 0]),
        "bedrooms_total": chance.randint(1, 4),
        "bathrooms_total": chance.randint(4, 12) / 4,
        "living_area": chance.randint(60, 110),
        "lot_size_area": chance.randint(80, 140) * 5,
        "year_built": chance.randint(1960, 2010),
        "property_sub_type": chance.choice(TYPES),
        "city": chance.choice(TOWNS),
        "postal_code": chance.choice(["28001", "28 002"]),
    }
    wire = {name: value for name, value in wire.items() if chance.random() > 0.1}
    if chance.random() > 0.08:
        wire["latitude"] = 40.4 + chance.randint(-80, 80) / 1000
        wire["longitude"] = -3.7 + chance.randint(-80, 80) / 1000
    return {
        **wire,
        "id": f"home-{chance.getrandbits(32):08x}-{number}",
        "transaction": "sale" if chance.random() > 0.02 else "lease",
        "standard_status": "active" if chance.random() > 0.02 else "pending",
        "currency": chance.choice(["EUR"] * 8 + ["GBP", "JPY"]),
        "features": words[:has],
        "features_absent": words[has : has + lacks],
        "owner_contact_ids": [f"c{chance.randint(0, 30)}"] if chance.random() < 0.1 else [],
        "sequence": chance.randint(1, 9),
    }


def wishes(size: int, seed: int) -> list[dict[str, Any]]:
    """Searches of one to three criteria."""
    chance = Random(seed)
    return [_wish(chance, number) for number in range(size)]


def _wish(chance: Random, number: int) -> dict[str, Any]:
    wire: dict[str, Any] = {
        "id": f"wish-{chance.getrandbits(32):08x}-{number}",
        "contact_id": f"c{chance.randint(0, 30)}",
        "transaction": "sale",
        "status": "active" if chance.random() > 0.02 else "paused",
        "currency": chance.choice(["EUR"] * 9 + ["SEK"]),
        "tolerance_percent": chance.choice([10, 10, 10, 25, 50, 0]),
        "sequence": chance.randint(1, 9),
        "preferences": {word: chance.choice(STRENGTHS) for word in chance.sample(WORDS[4:], chance.randint(0, 2))},
    }
    for criterion in chance.sample(list(_CRITERIA), chance.choice([1, 1, 1, 2, 2, 3])):
        for name, value in _CRITERIA[criterion](chance).items():
            wire.setdefault(name, value)
    if wire.get("bedrooms_max", 9) < wire.get("bedrooms_min", 0):
        wire["bedrooms_min"] = 1
    if wire.get("list_price_max", 10**6) < wire.get("list_price_min", 0):
        wire["list_price_min"] = 90_000
    return wire


def _areas(chance: Random) -> dict[str, Any]:
    return {"areas": [chance.choice(_AREAS)(chance) for _ in range(chance.choice([1, 1, 1, 2, 3]))]}


def _circle(chance: Random) -> dict[str, Any]:
    at = {"latitude": 40.4 + chance.uniform(-0.05, 0.05), "longitude": -3.7 + chance.uniform(-0.05, 0.05)}
    return {"circle": {**at, "radius_km": chance.choice([3.0, 5.0, 8.0])}}


def _polygon(chance: Random) -> dict[str, Any]:
    west, south = -3.78 + chance.randint(0, 80) / 1000, 40.32 + chance.randint(0, 80) / 1000
    east, north = west + chance.randint(20, 80) / 1000, south + chance.randint(20, 80) / 1000
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    hole = [[west + (east - west) * x, south + (north - south) * y] for x, y in _HOLE]
    rings = [ring, hole] if chance.random() < 0.3 else [ring]
    shape = {"type": "MultiPolygon", "coordinates": [rings]} if chance.random() < 0.3 else None
    return {"polygon": shape or {"type": "Polygon", "coordinates": rings}}


_HOLE = [(0.3, 0.3), (0.6, 0.3), (0.6, 0.6), (0.3, 0.3)]
_AREAS = [
    _circle,
    _circle,
    _polygon,
    lambda chance: {"place": {"city": chance.choice(TOWNS)}},
    lambda chance: {"place": {"name": chance.choice(TOWNS)}},
    lambda chance: {"place": {"postal_code": "28001"}},
]
_CRITERIA = {
    "price": lambda chance: {"list_price_max": chance.choice([100_000, 105_000, 99_999.99])},
    "least": lambda chance: {"list_price_min": chance.choice([95_000, 100_000])},
    "bedrooms": lambda chance: {"bedrooms_min": chance.randint(2, 4)},
    "most": lambda chance: {"bedrooms_min": 1, "bedrooms_max": chance.randint(1, 3)},
    "bathrooms": lambda chance: {"bathrooms_min": chance.randint(4, 12) / 4},
    "area": lambda chance: {"living_area_min": chance.randint(70, 100), "living_area_max": chance.randint(100, 110)},
    "lot": lambda chance: {"lot_size_area_min": chance.randint(100, 130) * 5},
    "year": lambda chance: {"year_built_min": chance.randint(1970, 2005)},
    "areas": _areas,
    "where": _areas,
    "types": lambda chance: {"property_sub_types": chance.sample(TYPES, 2)},
    "must": lambda chance: {"must_have": chance.sample(WORDS[:2], chance.randint(1, 2))},
    "wont": lambda chance: {"wont_accept": chance.sample(WORDS[2:4], 1)},
}
