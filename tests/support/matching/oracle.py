"""A second, slower, plainer reading of the matching rules, straight from the JSON; shares no code with the engine's."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

from shapely import Point
from shapely.geometry import shape

from services.matching.engine.dictionary.places import postal_key, shipped_places
from services.matching.engine.dictionary.words import shipped_words
from services.matching.engine.world import World

EARTH = 6371.0088
NUMBERS = {
    "bedrooms_total": ("bedrooms_min", "bedrooms_max"),
    "bathrooms_total": ("bathrooms_min", None),
    "living_area": ("living_area_min", "living_area_max"),
    "lot_size_area": ("lot_size_area_min", None),
    "year_built": ("year_built_min", None),
}


def judge(s: dict[str, Any], li: dict[str, Any], world: World) -> tuple[str, int, int]:
    """Kind, score and confidence of one pair."""
    hard: list[str] = []
    groups: list[tuple[int, int | None, int]] = []
    if _shut(s, li, world):
        return "none", 0, 0
    if "list_price_min" in s or "list_price_max" in s:
        state, points = _number("list_price", s.get("list_price_min"), s.get("list_price_max"), _price(s, li, world), s)
        hard.append(state)
        groups.append((30, points, 0 if points is None else 1000))
    if s.get("areas"):
        state, points = max((_area(a, s, li) for a in s["areas"]), key=lambda a: ("fnup".index(a[0][0]), a[1] or 0))
        hard.append(state)
        groups.append((30, points, 0 if points is None else 1000))
    sizes = [
        _number(fact, s.get(low), s.get(high), _exact(li.get(fact)), s)
        for fact, (low, high) in NUMBERS.items()
        if low in s or high in s
    ]
    if sizes:
        hard += [state for state, _ in sizes]
        known = [points for _, points in sizes if points is not None]
        groups.append((20, sum(known) // len(known) if known else None, 1000 * len(known) // len(sizes)))
    hard += _words(s, li, groups)
    if s.get("property_sub_types"):
        types = {_type(word) for word in s["property_sub_types"]}
        mine = li.get("property_sub_type")
        state = "unknown" if mine is None else "pass" if _type(mine) in types else "fail"
        hard.append(state)
        groups.append((5, {"pass": 1000, "fail": 0, "unknown": None}[state], 0 if mine is None else 1000))
    kind = _kind(hard)
    return (kind, 0, 0) if kind == "none" else (kind, *_totals(groups))


def _shut(s: dict[str, Any], li: dict[str, Any], world: World) -> bool:
    return (
        li["standard_status"] != "active"
        or li["transaction"] != s["transaction"]
        or s["status"] != "active"
        or s.get("valid_until", "9999-12-31") < world.today.isoformat()
        or s["contact_id"] in li["owner_contact_ids"]
        or (s["contact_id"], li["id"]) in world.discarded
        or s["agency_id"] != li["agency_id"]
    )


def _exact(value: Any) -> Fraction | None:
    return None if value is None else Fraction(str(value)) * 100


def _price(s: dict[str, Any], li: dict[str, Any], world: World) -> Fraction | None:
    price = _exact(li.get("list_price"))
    if price is None or li["currency"] == s["currency"]:
        return price
    table = world.rates.per_base
    if li["currency"] not in table or s["currency"] not in table:
        return None
    return Fraction(round(int(price) * (table[s["currency"]] / table[li["currency"]])))


def _number(fact: str, low: Any, high: Any, x: Fraction | None, s: dict[str, Any]) -> tuple[str, int | None]:
    if x is None:
        return "unknown", None
    t = s["tolerance_percent"]
    for bound, gap in ((_exact(low), lambda b: b - x), (_exact(high), lambda b: x - b)):
        if bound is None or gap(bound) <= 0:
            continue
        g = gap(bound)
        if fact in ("bedrooms_total", "bathrooms_total"):
            return ("near", 500) if t > 0 and g <= 100 else ("fail", 0)
        if fact == "year_built":
            return ("near", 1000 - math.floor(500 * g / (100 * t))) if g <= 100 * t else ("fail", 0)
        return ("near", 1000 - math.floor(50_000 * g / (t * bound))) if 100 * g <= t * bound else ("fail", 0)
    return "pass", 1000


def _area(area: dict[str, Any], s: dict[str, Any], li: dict[str, Any]) -> tuple[str, int | None]:
    kind, body = next(iter(area.items()))
    if kind == "place":
        field, typed = next(iter(body.items()))
        facts = [li[name] for name in (("city", "state_or_province") if field == "name" else (field,)) if name in li]
        key = postal_key if field == "postal_code" else lambda word: shipped_places().resolve(word).key
        if not facts:
            return "unknown", None
        return ("pass", 1000) if key(typed) in map(key, facts) else ("fail", 0)
    if "latitude" not in li:
        return "unknown", None
    if kind == "polygon":
        inside = shape(body).intersects(Point(li["longitude"], li["latitude"]))
        return ("pass", 1000) if inside else ("fail", 0)
    d = sum((a - b) ** 2 for a, b in zip(_vector(body), _vector(li), strict=True))
    radius = body["radius_km"]
    a = (2 * math.sin(min(math.pi / 2, radius / (2 * EARTH)))) ** 2
    z = (2 * math.sin(min(math.pi / 2, radius * (1 + s["tolerance_percent"] / 100) / (2 * EARTH)))) ** 2
    if d <= a:
        return "pass", 1000 - math.floor(500 * (d / a))
    return ("near", 500 - math.floor(500 * ((d - a) / (z - a)))) if d <= z else ("fail", 0)


def _vector(at: dict[str, Any]) -> tuple[float, float, float]:
    phi, lam = math.radians(at["latitude"]), math.radians(at["longitude"])
    return math.cos(phi) * math.cos(lam), math.cos(phi) * math.sin(lam), math.sin(phi)


def _type(word: str) -> str:
    return shipped_words().property_sub_types.resolve(word).key


def _words(s: dict[str, Any], li: dict[str, Any], groups: list[tuple[int, int | None, int]]) -> list[str]:
    key = shipped_words().features.resolve
    has = {key(word).key for word in li["features"]}
    lacks = {key(word).key for word in li["features_absent"]}
    hard, stated, known, satisfied = [], 0, 0, 0
    rows = [(word, 4, True) for word in s["must_have"]] + [(word, 4, False) for word in s["wont_accept"]]
    rows += [(word, {"strong": 3, "would": 2, "might": 1}[how], True) for word, how in s["preferences"].items()]
    for at, (typed, weight, wanted) in enumerate(rows):
        word = key(typed).key
        stated += weight
        mentioned = word in has or word in lacks
        right = word in (has if wanted else lacks)
        known += weight * mentioned
        satisfied += weight * right
        if at < len(s["must_have"]) + len(s["wont_accept"]):
            hard.append("pass" if right or (not mentioned and not wanted) else "fail" if mentioned else "unknown")
    if rows:
        groups.append((15, 1000 * satisfied // known if known else None, 1000 * known // stated))
    return hard


def _kind(hard: list[str]) -> str:
    near, unknown = hard.count("near"), hard.count("unknown")
    if "fail" in hard or near > 1 or (near and unknown):
        return "none"
    return "near" if near else "possible" if unknown else "match"


def _totals(groups: list[tuple[int, int | None, int]]) -> tuple[int, int]:
    known = [(weight, points) for weight, points, _ in groups if points is not None]
    score = _rounded(sum(w * p for w, p in known), sum(w for w, _ in known))
    return score, _rounded(sum(w * k for w, _, k in groups), sum(w for w, _, _ in groups))


def _rounded(total: int, weights: int) -> int:
    return (total + 5 * weights) // (10 * weights) if weights else 0
