"""A market for measuring: real sales as homes, and searches of people who look around one of them."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

FEATURES = ["pool", "garden", "terrace", "balcony", "lift", "garage", "fireplace", "air_conditioning", "sea_view"]
TYPES = ["single_family_residence", "apartment", "townhouse"]
SQUARE_FOOT = 0.09290304


def sales(file: Path) -> list[dict[str, Any]]:
    """The homes of a King County sales file, in the API's words."""
    with file.open(encoding="utf-8") as handle:
        return [home for home in map(_home, csv.DictReader(handle)) if home["list_price"]]


def _home(row: dict[str, str]) -> dict[str, Any]:
    return {
        "transaction": "sale",
        "currency": "USD",
        "list_price": float(row["price"]),
        "bedrooms_total": int(float(row["bedrooms"] or 0)),
        "bathrooms_total": float(row["bathrooms"] or 0),
        "living_area": round(float(row["sqft_living"] or 0) * SQUARE_FOOT, 2),
        "lot_size_area": round(float(row["sqft_lot"] or 0) * SQUARE_FOOT, 2),
        "year_built": int(float(row["yr_built"] or 1950)),
        "latitude": float(row["lat"]),
        "longitude": float(row["long"]),
        "postal_code": row["zipcode"],
    }


def listings(homes: list[dict[str, Any]], size: int, seed: int) -> Iterator[dict[str, Any]]:
    """`size` homes drawn from the sales, moved a little, with features known, absent or not mentioned."""
    chance = Random(seed)
    for number in range(size):
        home = homes[chance.randrange(len(homes))]
        words = chance.sample(FEATURES, 6)
        yield {
            **home,
            "id": f"{number:08x}-7a1e-7000-8000-{chance.getrandbits(48):012x}",
            "list_price": round(home["list_price"] * chance.uniform(0.9, 1.1), -2),
            "latitude": round(home["latitude"] + chance.gauss(0, 0.003), 6),
            "longitude": round(home["longitude"] + chance.gauss(0, 0.004), 6),
            "property_sub_type": chance.choices(TYPES, (6, 3, 1))[0],
            "features": words[:3],
            "features_absent": words[3:],
        }


def searches(homes: list[dict[str, Any]], size: int, seed: int) -> Iterator[dict[str, Any]]:
    """`size` searches around drawn homes: 71 in 100 with a circle, 20 with a polygon, 8 by postal code, 1 anywhere."""
    chance = Random(seed)
    for number in range(size):
        yield _search(homes[chance.randrange(len(homes))], number, chance)


def _search(home: dict[str, Any], number: int, chance: Random) -> dict[str, Any]:
    budget = home["list_price"] * chance.uniform(0.8, 1.3)
    rooms = max(1, home["bedrooms_total"] - chance.randint(0, 1))
    wire: dict[str, Any] = {
        "id": f"{number:08x}-5eac-7000-8000-{chance.getrandbits(48):012x}",
        "contact_id": f"{chance.randrange(1 << 20):08x}-c0de-7000-8000-000000000000",
        "transaction": "sale",
        "currency": "USD",
        "list_price_max": round(budget, -3),
        "bedrooms_min": rooms,
        "areas": _areas(home, chance),
    }
    if chance.random() < 0.5:
        wire["list_price_min"] = round(budget * 0.7, -3)
    if chance.random() < 0.5:
        wire["living_area_min"] = round(home["living_area"] * chance.uniform(0.6, 0.95))
    if chance.random() < 0.3:
        wire["bathrooms_min"] = max(1, int(home["bathrooms_total"]))
    if chance.random() < 0.6:
        wire["property_sub_types"] = chance.sample(TYPES, chance.randint(1, 2))
    words = chance.sample(FEATURES, 4)
    if chance.random() < 0.15:
        wire["must_have"] = [words.pop()]
    wire["preferences"] = {word: chance.choice(["strong", "would", "might"]) for word in words[: chance.randint(0, 3)]}
    return wire


def _areas(home: dict[str, Any], chance: Random) -> list[dict[str, Any]]:
    latitude = round(home["latitude"] + chance.gauss(0, 0.02), 5)
    longitude = round(home["longitude"] + chance.gauss(0, 0.03), 5)
    radius = round(chance.triangular(0.5, 5, 2), 1)
    kind = chance.random()
    if kind < 0.71:
        return [{"circle": {"latitude": latitude, "longitude": longitude, "radius_km": radius}}]
    if kind < 0.91:
        return [{"polygon": {"type": "Polygon", "coordinates": [_ring(latitude, longitude, radius, chance)]}}]
    return [{"place": {"postal_code": home["postal_code"]}}] if kind < 0.99 else []


def _ring(latitude: float, longitude: float, radius: float, chance: Random) -> list[list[float]]:
    corners = chance.randint(6, 20)
    ring = []
    for corner in range(corners):
        turn = 2 * math.pi * corner / corners
        reach = radius / 111.2 * chance.uniform(0.6, 1.0)
        ring.append(
            [
                round(longitude + reach * math.cos(turn) / math.cos(math.radians(latitude)), 6),
                round(latitude + reach * math.sin(turn), 6),
            ]
        )
    return [*ring, ring[0]]
