"""The homes of an agency: location, size, price and known facts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from deploy.local.demo.remarks import remarks
from deploy.local.demo.world import Agency, District, Odds, Town, town

KM_A_DEGREE = 111.2
HOUSES = ("single_family_residence", "townhouse", "duplex")
COMMERCIAL = ("office", "retail")
VIEWS = ("sea_view", "river_view", "mountain_view")
# m2 of flats and houses by bedrooms, least and most
FLATS = ((28, 42), (40, 60), (58, 86), (82, 122), (112, 165))
HOUSE_SIZES = {2: (75, 100), 3: (95, 145), 4: (130, 200), 5: (175, 290)}
LATER = ("coming_soon",) * 4 + ("pending",) * 6 + ("active_under_contract",) * 3 + ("closed",) * 5
NOT_STATED = {"year_built": 0.12, "bathrooms_total": 0.08, "living_area": 0.04, "bedrooms_total": 0.02}


@dataclass(frozen=True)
class Home:
    """A listing to be made (`body`, as the API takes it) and its later changes; `owner` is a person's number."""

    body: dict[str, Any]
    town: str
    district: District
    owner: int | None = None
    lowered_to: int | None = None
    becomes: str | None = None

    @property
    def is_on_the_market(self) -> bool:
        """Whether the home is still available."""
        return self.body["standard_status"] == "active" and self.becomes is None


def homes_of(agency: Agency) -> list[Home]:
    """All homes of an agency, the same every time."""
    rng = Random(f"{agency.key} homes")
    return [_home(rng, agency, number) for number in range(agency.listings)]


def _home(rng: Random, agency: Agency, number: int) -> Home:
    key = agency.towns[number % len(agency.towns)]
    place = town(key)
    district = rng.choice(place.districts)
    body = _facts(rng, place, district)
    body["listing_id"] = f"{place.code}-{1 + number // len(agency.towns):03d}"
    _forget(rng, body)
    body["public_remarks"] = {
        language: remarks(rng, language, body, district) for language in dict.fromkeys((place.language, "en"))
    }
    later = rng.choice(LATER) if rng.random() < 0.17 else "active"
    if later == "coming_soon":
        body["standard_status"] = later
    lowered = later == "active" and body["list_price"] and rng.random() < 0.12
    return Home(
        body,
        key,
        district,
        owner=rng.randrange(agency.people) if rng.random() < 0.2 else None,
        lowered_to=_rounded(body["list_price"] * rng.uniform(0.91, 0.97), _step(place, body)) if lowered else None,
        becomes=later if later not in ("active", "coming_soon") else None,
    )


def _facts(rng: Random, place: Town, district: District) -> dict[str, Any]:
    kind = _kind(rng, district)
    sized = _sizes(rng, kind)
    features, absent = _features(rng, place, district, kind)
    transaction = "lease" if kind != "unimproved_land" and rng.random() < 0.28 else "sale"
    latitude, longitude = _point(rng, district)
    body: dict[str, Any] = {
        "transaction": transaction,
        "standard_status": "active",
        "property_sub_type": kind,
        "currency": place.currency,
        **sized,
        "features": features,
        "features_absent": absent,
        "latitude": latitude,
        "longitude": longitude,
        "street_name": rng.choice(district.streets),
        "city": place.name,
        "state_or_province": place.state_or_province,
        "postal_code": district.postal_code,
        "country": place.country,
    }
    body["list_price"] = _price(rng, place, district, body)
    return body


def _kind(rng: Random, district: District) -> str:
    draw = rng.random()
    if draw < 0.05:
        return rng.choice(COMMERCIAL)
    if draw < 0.05 + 0.05 * district.houses:
        return "unimproved_land"
    if rng.random() < district.houses:
        return rng.choices(HOUSES, (40, 40, 20))[0]
    return "apartment"


def _sizes(rng: Random, kind: str) -> dict[str, Any]:
    sizes: dict[str, Any] = dict.fromkeys(
        ("bedrooms_total", "bathrooms_total", "living_area", "lot_size_area", "year_built")
    )
    if kind == "unimproved_land":
        return sizes | {"lot_size_area": rng.randrange(250, 1400, 10)}
    sizes["year_built"] = rng.choices((1905, 1935, 1965, 1985, 2004, 2019), (12, 15, 28, 15, 18, 12))[0]
    sizes["year_built"] += rng.randrange(-6, 6)
    if kind in COMMERCIAL:
        return sizes | {"living_area": rng.randrange(35, 210, 5), "bathrooms_total": 1}
    if kind == "apartment":
        rooms = rng.choices(range(5), (7, 22, 36, 27, 8))[0]
        return sizes | {"bedrooms_total": rooms, **_inside(rng, rooms, FLATS[rooms])}
    rooms = rng.choices((2, 3, 4, 5), (15, 42, 32, 11))[0]
    lot = rng.randrange(220, 900, 10) if kind == HOUSES[0] else rng.randrange(70, 260, 5)
    return sizes | {"bedrooms_total": rooms, "lot_size_area": lot, **_inside(rng, rooms, HOUSE_SIZES[rooms])}


def _inside(rng: Random, rooms: int, size: tuple[int, int]) -> dict[str, int]:
    return {
        "living_area": rng.randint(*size),
        "bathrooms_total": 1 if rooms < 2 else rng.choice((1, 2, (rooms + 1) // 2)),
    }


def _features(rng: Random, place: Town, district: District, kind: str) -> tuple[list[str], list[str]]:
    if kind == "unimproved_land":
        return [], []
    odds: Odds = place.house if kind in HOUSES else place.flat
    if kind in COMMERCIAL:
        odds = {word: odds[word] for word in ("lift", "air_conditioning", "garage", "storage_room") if word in odds}
    present, absent = [], []
    for word, (has, lacks) in odds.items():
        has = (has * 4 if district.name in place.views else 0) if word in VIEWS else has
        draw = rng.random()
        if draw < has:
            present.append(word)
        elif draw < has + lacks:
            absent.append(word)
    return present, absent


def _point(rng: Random, district: District) -> tuple[float, float]:
    far, turn = district.spread_km * math.sqrt(rng.random()), rng.random() * 2 * math.pi
    latitude = district.latitude + far * math.sin(turn) / KM_A_DEGREE
    longitude = district.longitude + far * math.cos(turn) / KM_A_DEGREE / math.cos(math.radians(latitude))
    return round(latitude, 5), round(longitude, 5)


def _price(rng: Random, place: Town, district: District, body: Mapping[str, Any]) -> int:
    metre = place.sale_m2 if body["transaction"] == "sale" else place.lease_m2
    metre *= district.level * rng.uniform(0.9, 1.12)
    if body["property_sub_type"] == "unimproved_land":
        return _rounded(metre * 0.13 * body["lot_size_area"], _step(place, body))
    size = body["living_area"]
    # the first square metres cost most
    worth = size * (1.18 if size < 60 else 1.0 if size < 120 else 0.88)
    worth += 0.05 * (body["lot_size_area"] or 0)
    worth *= 1 + 0.02 * len(set(body["features"]) & {"lift", "terrace", "pool", "renovated", "garage", "sea_view"})
    worth *= 0.75 if body["property_sub_type"] in COMMERCIAL else 1
    return _rounded(metre * worth, _step(place, body))


def _step(place: Town, body: Mapping[str, Any]) -> int:
    if body["transaction"] == "sale":
        return place.round_to
    return 100 if place.currency == "SEK" else 10


def _rounded(amount: float, step: int) -> int:
    return max(step, round(amount / step) * step)


def _forget(rng: Random, body: dict[str, Any]) -> None:
    """Leave some facts unstated, as agents do."""
    for fact, share in NOT_STATED.items():
        if rng.random() < share:
            body[fact] = None
    if rng.random() < 0.03:
        body["latitude"] = body["longitude"] = None
    if rng.random() < 0.01:
        body["list_price"] = body["currency"] = None
