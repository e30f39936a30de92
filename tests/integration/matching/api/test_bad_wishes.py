"""Wishes that nobody can mean: refused with the field and what would be right, or taken with a warning."""

from __future__ import annotations

import math
from typing import Any

import pytest

from tests.integration.matching.market import WISH, Market

HERE = {"latitude": 37.38, "longitude": -5.99}
BOW = [[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]
MANY = [[math.cos(at / 5000 * math.pi), math.sin(at / 5000 * math.pi)] for at in range(10_000)]
DOORS = ("POST", "PATCH", "preview")


def polygon(ring: list[Any]) -> dict[str, Any]:
    return {"areas": [{"polygon": {"type": "Polygon", "coordinates": [ring]}}]}


REFUSED: list[tuple[str, dict[str, Any], str, str]] = [
    ("prices the wrong way round", {"list_price_min": 2, "list_price_max": 1}, "list_price_max", "Swap them?"),
    ("bedrooms the wrong way round", {"bedrooms_min": 3, "bedrooms_max": 2}, "bedrooms_max", "Swap them?"),
    ("areas the wrong way round", {"living_area_min": 90, "living_area_max": 80}, "living_area_max", "Swap them?"),
    ("a bow tie", polygon(BOW), "areas.0.polygon", "without crossing"),
    ("10,000 vertices", polygon([*MANY, MANY[0]]), "areas.0.polygon", "2000 at most"),
    ("an open ring", polygon([[0, 0], [1, 0], [1, 1], [0, 1]]), "areas.0.polygon", "equal to the first"),
    (
        "a polygon with latitude first",
        polygon([[40, -100], [41, -100], [41, -99], [40, -100]]),
        "areas.0.polygon",
        "the two look swapped",
    ),
    ("half the globe", polygon([[-100, 0], [100, 0], [0, 10], [-100, 0]]), "areas.0.polygon", "180th meridian"),
    ("no number in a ring", polygon([[0, "a"], [1, 0], [1, 1], [0, "a"]]), "areas.0.polygon", "position"),
    (
        "a line",
        {"areas": [{"polygon": {"type": "LineString", "coordinates": [[0, 0], [1, 1]]}}]},
        "areas.0.polygon",
        "Polygon or MultiPolygon",
    ),
    (
        "two kinds of area at once",
        {"areas": [{"place": {"city": "Madrid"}, "circle": {**HERE, "radius_km": 1}}]},
        "areas.0",
        "one of",
    ),
    ("an area of no kind", {"areas": [{}]}, "areas.0", "one of"),
    ("two names of a place", {"areas": [{"place": {"city": "Madrid", "name": "Madrid"}}]}, "areas.0.place", "one of"),
    ("a word in two lists", {"must_have": ["lift"], "wont_accept": ["elevador"]}, "wont_accept", "one of the lists"),
    ("two strengths", {"preferences": {"lift": "strong", "ascensor": "might"}}, "preferences", "twice"),
    ("no currency", {"currency": None}, "currency", "EUR"),
    ("nothing that decides", {"list_price_max": None}, "_schema", "at least one"),
]
WARNED: list[tuple[str, dict[str, Any], str]] = [
    ("an unknown word", {"must_have": ["flux capacitor"]}, "must_have: nobody knows the word 'flux capacitor'"),
    ("an unknown type", {"property_sub_types": ["treehouse"]}, "property_sub_types: nobody knows the word 'treehouse'"),
    ("an unknown place", {"areas": [{"place": {"city": "Nowhere-by-Sea"}}]}, "areas.0.place: nobody knows"),
    (
        "a circle the wrong way round",
        {"areas": [{"circle": {"latitude": -5.99, "longitude": 37.38, "radius_km": 5}}]},
        "areas.0.circle: latitude and longitude look swapped",
    ),
]


def send(market: Market, door: str, wishes: dict[str, Any]) -> Any:
    body = WISH | wishes
    if door == "preview":
        return market.room.call("POST", "/v1/saved-searches/preview", agency=market.agency, json=body)
    if door == "POST":
        body |= {"contact_id": "c1"}
        return market.room.call("POST", "/v1/saved-searches", agency=market.agency, json=body)
    path = f"/v1/saved-searches/{market.wish()}"
    return market.room.call("PATCH", path, agency=market.agency, json=wishes, headers={"If-Match": '"1"'})


def flat(errors: Any, path: str = "") -> dict[str, str]:
    """Errors by dotted field, however deep the answer nests them."""
    if not isinstance(errors, dict):
        return {path: str(errors)}
    found: dict[str, str] = {}
    for name, value in errors.items():
        found |= flat(value, f"{path}.{name}" if path else str(name))
    return found


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(("wishes", "field", "right"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_it_is_refused_with_what_would_be_right(
    market: Market, door: str, wishes: dict[str, Any], field: str, right: str
) -> None:
    answer = send(market, door, wishes)
    assert answer.status_code == 422, answer.json
    told = flat(answer.json["errors"])
    assert [name for name in told if name.startswith(field)], told
    assert right in str(told), told


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(("wishes", "warning"), [row[1:] for row in WARNED], ids=[row[0] for row in WARNED])
def test_it_is_taken_with_a_warning(market: Market, door: str, wishes: dict[str, Any], warning: str) -> None:
    answer = send(market, door, wishes)
    assert answer.status_code in (200, 201), answer.json
    assert any(told.startswith(warning) for told in answer.json["warnings"]), answer.json["warnings"]


def test_coordinates_off_the_globe_are_refused_at_each_door(market: Market) -> None:
    for door in DOORS:
        wishes = {"areas": [{"circle": {"latitude": 100, "longitude": 0, "radius_km": 1}}]}
        assert "areas.0.circle.latitude" in flat(send(market, door, wishes).json["errors"])
