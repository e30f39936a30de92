"""The saved searches of an agency's people: similar to the homes on the market."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from deploy.local.demo.homes import COMMERCIAL, HOUSES, Home
from deploy.local.demo.people import Person
from deploy.local.demo.world import Agency, speech, town

ALERTS = (("instant", 35), ("daily", 29), ("weekly", 20), ("off", 16))
TOLERANCES = (10, 10, 10, 5, 15, 20, 0)
REFUSED = ("furnished", "pool", "fireplace")
MOST_EACH = 3


@dataclass(frozen=True)
class Wish:
    """A saved search to be made (`body`, as the API takes it) for the person of this number."""

    body: dict[str, Any]
    person: int


def wishes_of(agency: Agency, homes: list[Home], people: list[Person]) -> list[Wish]:
    """All searches of an agency, one to three a person, the same every time."""
    rng = Random(f"{agency.key} wishes")
    whose = list(range(len(people)))
    more = [number for number in whose for _ in range(MOST_EACH - 1)]
    whose += rng.sample(more, agency.searches - len(people))
    return _named_apart([Wish(_body(rng, homes, people[number]), number) for number in whose])


def _named_apart(wishes: list[Wish]) -> list[Wish]:
    """Number the names that one person would use twice."""
    seen: dict[tuple[int, str], int] = {}
    for wish in wishes:
        key = (wish.person, wish.body["name"])
        seen[key] = seen.get(key, 0) + 1
        if seen[key] > 1:
            wish.body["name"] += f" ({seen[key]})"
    return wishes


def _body(rng: Random, homes: list[Home], person: Person) -> dict[str, Any]:
    """A search around one home of the market, so that the home matches, or nearly."""
    near = [home for home in homes if home.is_on_the_market and home.town == person.town]
    anywhere = [home for home in homes if home.is_on_the_market]
    home = rng.choice(near if near and rng.random() < 0.86 else anywhere)
    said = speech(person.body["language"])
    area, place = _area(rng, home)
    wanted = said["types"][home.body["property_sub_type"]]
    phrase = said["near_place" if "circle" in area[0] else "in_place"].format(type=wanted, place=place)
    body: dict[str, Any] = {
        "name": phrase[0].upper() + phrase[1:],
        "transaction": home.body["transaction"],
        "areas": area,
        "tolerance_percent": rng.choice(TOLERANCES),
        "alerts": rng.choices([word for word, _ in ALERTS], [share for _, share in ALERTS])[0],
        "alert_possible": rng.random() < 0.25,
        "status": "paused" if rng.random() < 0.03 else "active",
    }
    if rng.random() < 0.85:
        body["property_sub_types"] = _types(said, home.body["property_sub_type"])
    if rng.random() < 0.12:
        body["valid_until"] = "2025-12-31" if rng.random() < 0.15 else "2031-12-31"
    return body | _price(rng, home) | _sizes(rng, home.body) | _features(rng, said, home)


def _area(rng: Random, home: Home) -> tuple[list[dict[str, Any]], str]:
    place, district = town(home.town), home.district
    draw = rng.random()
    if draw < 0.45 and district.outline:
        return [{"polygon": district.polygon()}], district.name
    if draw < 0.68:
        return [_circle(rng, district.latitude, district.longitude)], district.name
    if draw < 0.78:
        return [{"place": {"postal_code": district.postal_code}}], district.name
    if draw < 0.86:
        others = rng.sample([d for d in place.districts if d is not district], 2)
        return [_circle(rng, d.latitude, d.longitude) for d in (district, *others)], place.name
    return [{"place": {"city": place.name}}], place.name


def _circle(rng: Random, latitude: float, longitude: float) -> dict[str, Any]:
    radius = rng.choice((0.8, 1.2, 1.5, 2, 2.5, 3, 4))
    return {"circle": {"latitude": latitude, "longitude": longitude, "radius_km": radius}}


def _types(said: Mapping[str, Any], kind: str) -> list[str]:
    kinds = HOUSES if kind in HOUSES else (kind,)
    return [said["types"][one] for one in kinds]


def _price(rng: Random, home: Home) -> dict[str, Any]:
    price = home.body["list_price"]
    if price is None:
        return {}
    step = 10 ** max(1, len(str(price)) - 2)
    most = round(price * rng.uniform(0.95, 1.42) / step) * step
    bounds = {"list_price_max": most, "currency": home.body["currency"]}
    return bounds | ({"list_price_min": round(most * 0.6 / step) * step} if rng.random() < 0.25 else {})


def _sizes(rng: Random, facts: Mapping[str, Any]) -> dict[str, Any]:
    sizes: dict[str, Any] = {}
    rooms, area, lot = facts["bedrooms_total"], facts["living_area"], facts["lot_size_area"]
    if rooms and rng.random() < 0.75:
        sizes["bedrooms_min"] = rooms - rng.choice((0, 0, 0, 1)) + (rng.random() < 0.07)
    if rooms and rng.random() < 0.1:
        sizes["bedrooms_max"] = rooms + 1
    if area and rng.random() < 0.35:
        sizes["living_area_min"] = round(area * rng.uniform(0.78, 1.05) / 5) * 5
    if lot and rng.random() < 0.3:
        sizes["lot_size_area_min"] = round(lot * rng.uniform(0.6, 1.05) / 10) * 10
    if facts["bathrooms_total"] and rng.random() < 0.15:
        sizes["bathrooms_min"] = facts["bathrooms_total"]
    if facts["year_built"] and rng.random() < 0.07:
        sizes["year_built_min"] = facts["year_built"] // 10 * 10
    return sizes


def _features(rng: Random, said: Mapping[str, Any], home: Home) -> dict[str, Any]:
    if home.body["property_sub_type"] in (*COMMERCIAL, "unimproved_land"):
        return {}
    known = [word for word in home.body["features"] if word in said["wished"]]
    musts = rng.sample(known, min(len(known), rng.choices((0, 1, 2), (52, 38, 10))[0]))
    refused = [word for word in REFUSED if word not in known and rng.random() < 0.06]
    place = town(home.town)
    odds = place.house if home.body["property_sub_type"] in HOUSES else place.flat
    rest = [word for word in odds if word in said["wished"] and word not in (*musts, *refused)]
    liked = rng.sample(rest, min(len(rest), rng.randint(1, 4)))
    return {
        "must_have": [said["wished"][word] for word in musts],
        "wont_accept": [said["wished"][word] for word in refused],
        "preferences": {said["wished"][word]: rng.choice(("strong", "would", "might")) for word in liked},
    }
