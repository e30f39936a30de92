"""Areas of the wish editor: read from the form, named, and asked whether a point lies in them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from services.gateway.components.wish_editor.areas import WishArea

CIRCLE = {"circle": {"latitude": 37.3838, "longitude": -6.0068, "radius_km": 1.0}}
SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]]}
TWO_PARTS = {"type": "MultiPolygon", "coordinates": [SQUARE["coordinates"]]}


@pytest.mark.parametrize("area", [CIRCLE, {"polygon": SQUARE}, {"polygon": TWO_PARTS}, {"place": {"name": "Koper"}}])
def test_an_area_comes_back_from_its_hidden_field_as_it_was(area: Any) -> None:
    read = WishArea.from_json(WishArea.from_reply(area).json)
    assert read is not None
    assert read.body == area


@pytest.mark.parametrize(
    "text",
    [
        *("", "null", "[]", "{}", '{"circle": []}', '{"circle": {}}', '{"place": {}}', '{"x": {}}'),
        *('{"polygon": {"type": "Polygon"}}', '{"polygon": {"coordinates": [[]]}}', '{"circle": 1, "place": 2}'),
    ],
)
def test_what_is_no_area_is_not_read_as_one(text: str) -> None:
    assert WishArea.from_json(text) is None


@pytest.mark.parametrize(
    ("area", "is_in_triana", "is_at_one"),
    [(CIRCLE, True, False), ({"polygon": SQUARE}, False, True), ({"polygon": TWO_PARTS}, False, True)],
)
def test_a_point_lies_in_an_area_or_not(area: Any, is_in_triana: bool, is_at_one: bool) -> None:
    read = WishArea.from_reply(area)
    assert read.contains(37.385, -6.0) is is_in_triana
    assert read.contains(1, 1) is is_at_one


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Triana", "circle"), ("29 001", "postal_code"), ("Koper", "name"), ("Triana, Sevilla", "circle")],
)
def test_a_name_becomes_a_circle_around_a_known_district_else_a_postal_code_or_a_town(name: str, kind: str) -> None:
    area = WishArea.from_name(name)
    assert (area.kind if area.kind == "circle" else next(iter(area.shape))) == kind


def test_a_name_of_ones_own_is_cut_and_an_empty_one_is_none() -> None:
    circle = WishArea.from_reply(CIRCLE)  # type: ignore[arg-type]
    assert len(circle.named("n" * 200).name) == 120
    assert "name" not in json.loads(circle.named("Near school").named("").json)["circle"]
    assert circle.with_radius(2.5).radius_km == 2.5
