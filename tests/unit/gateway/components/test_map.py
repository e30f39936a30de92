"""Outlines of cities, names of areas, pins."""

from __future__ import annotations

from typing import Any

import pytest

from services.gateway.components.map import geography, pins
from services.gateway.components.map.present import area_name
from tests.builders import a_listing

CIRCLE = {"circle": {"latitude": 37.3838, "longitude": -6.0068, "radius_km": 1.0}}
SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]]}


@pytest.mark.parametrize("city", geography.cities(), ids=lambda city: city["key"])
def test_an_outline_lies_in_its_own_bounds(city: dict[str, Any]) -> None:
    (south, west), (north, east) = city["bounds"]
    assert {
        "name",
        "country",
        "water",
        "rivers",
        "parks",
        "major",
        "minor",
        "rail",
        "labels",
        "quarters",
    } <= city.keys()
    for label in city["labels"]:
        latitude, longitude = label["at"]
        assert south <= latitude <= north, label
        assert west <= longitude <= east, label
    lines = [*city["major"], *city["minor"], *city["rail"], *city["water"], *city["parks"]]
    lines += [river["points"] for river in city["rivers"]]
    assert all(len(line) > 1 and all(len(point) == 2 for point in line) for line in lines)


def test_a_district_is_found_by_its_name_with_or_without_its_city() -> None:
    assert geography.district("triana") == geography.district(" Triana, Sevilla ")
    assert geography.district("Atlantis") is None


def test_the_nearest_district_names_a_point_and_nothing_names_one_far_away() -> None:
    near = geography.nearest(37.3838, -6.0068)
    assert near is not None
    assert near.name == "Triana"
    assert geography.nearest(0, 0) is None


def test_a_first_look_is_at_a_city_of_the_persons_country() -> None:
    (south, west), (north, east) = geography.start("SE")
    assert 55 < south < north < 56
    assert 12 < west < east < 14
    assert geography.start("ZZ") == geography.start(None)


@pytest.mark.usefixtures("in_english")
def test_a_listing_of_known_place_is_a_pin() -> None:
    pin = pins.pin(a_listing(list_price=1_260_000), "near", "/me/homes/")
    assert pin is not None
    assert (pin["at"], pin["kind"], pin["path"]) == ([36.53, -6.3], "near", "/me/homes/listing-1")
    assert (pin["name"], pin["text"], pin["price"]) == ("Flat, Calle Sagasta", "€1.3M", "€1,260,000")
    assert pins.pin(a_listing(longitude=None)) is None
    assert [each["text"] for each in pins.pins([a_listing(list_price=None), a_listing(latitude=None)])] == ["?"]


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    ("area", "name"),
    [
        (CIRCLE, "Within 1\u00a0km of Triana"),
        ({"circle": {"latitude": 0, "longitude": 0, "radius_km": 0.4}}, "Within 400\u00a0m of a point"),
        ({"circle": {**CIRCLE["circle"], "name": "By the river"}}, "By the river"),
        ({"polygon": SQUARE}, "Drawn area"),
        ({"place": {"name": "Cádiz"}}, "Cádiz"),
        ({"place": {"postal_code": "11004"}}, "11004"),
    ],
)
def test_an_area_is_called_by_its_name_or_by_what_is_near(area: dict[str, Any], name: str) -> None:
    assert area_name(area) == name
