"""Wishes as a form: there and back, changed by buttons, and what is wrong with them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from services.gateway.components.wish_editor.forms import WishForm
from services.gateway.web.language import NAMES
from tests.builders import a_saved_search
from tests.unit.gateway.rendering import a_request

EVERYTHING: dict[str, Any] = {
    "name": "Two bright rooms",
    "property_sub_types": ["apartment", "townhouse"],
    "list_price_min": 150_000,
    "list_price_max": 310_500.5,
    "bedrooms_min": 2,
    "bedrooms_max": 4,
    "bathrooms_min": 1,
    "living_area_min": 65,
    "living_area_max": 140.5,
    "lot_size_area_min": 10,
    "year_built_min": 1950,
    "areas": [{"circle": {"latitude": 36.5, "longitude": -6.3, "radius_km": 1.5, "name": "Market"}}],
    "must_have": ["lift"],
    "wont_accept": ["ground_floor"],
    "preferences": {"balcony": "strong", "river_view": "would"},
    "tolerance_percent": 15,
    "alerts": "weekly",
    "alert_possible": True,
    "valid_until": "2031-12-31",
}


def typed(**fields: str) -> WishForm:
    """The form with these single fields."""
    return WishForm.from_form(MultiDict({"transaction": "sale", "currency": "eur", **fields}))


@pytest.mark.parametrize("language", NAMES)
def test_a_saved_search_comes_back_from_its_form_as_it_was(pages: Flask, language: str) -> None:
    with a_request(pages, language):
        form = WishForm.from_search(a_saved_search(**EVERYTHING), "EUR")
        assert form.errors == {}
        body = form.body()
    assert {name: body[name] for name in EVERYTHING} == EVERYTHING  # type: ignore[literal-required]


@pytest.mark.usefixtures("in_english")
class TestErrors:
    @pytest.mark.parametrize(
        ("fields", "wrong"),
        [
            ({"list_price_max": "much"}, "list_price_max"),
            ({"list_price_min": "300,000", "list_price_max": "200,000"}, "list_price_max"),
            ({"bedrooms_min": "2.5"}, "bedrooms_min"),
            ({"bedrooms_min": "3", "bedrooms_max": "2"}, "bedrooms_max"),
            ({"living_area_min": "-4"}, "living_area_min"),
            ({"tolerance_percent": "51", "bedrooms_min": "2"}, "tolerance_percent"),
            ({"year_built_min": "3001"}, "year_built_min"),
        ],
    )
    def test_what_cannot_be_read_is_named_by_its_field_and_is_none_in_the_body(
        self, fields: dict[str, str], wrong: str
    ) -> None:
        assert list(typed(**fields).errors) == [wrong]

    def test_a_figure_that_cannot_be_read_is_not_sent(self) -> None:
        assert typed(list_price_max="much").body()["list_price_max"] is None
        assert typed(tolerance_percent="much").body()["tolerance_percent"] == 10

    @pytest.mark.parametrize(
        ("fields", "decides"),
        [
            ({}, False),
            ({"tolerance_percent": "5", "name": "Flat"}, False),
            ({"word": "lift", "level": "would"}, False),
            ({"word": "lift", "level": "must"}, True),
            ({"word": "lift", "level": "wont"}, True),
            ({"property_sub_types": "apartment"}, True),
            ({"bedrooms_min": "1"}, True),
        ],
    )
    def test_wishes_need_something_that_decides(self, fields: dict[str, str], decides: bool) -> None:
        assert ("" not in typed(**fields).errors) is decides

    @pytest.mark.parametrize("radius", ["far", "0.01", "501"])
    def test_a_radius_is_read_and_bounded(self, radius: str) -> None:
        area = json.dumps({"circle": {"latitude": 1, "longitude": 1, "radius_km": 2}})
        form = typed(area=area, area_name="Near school", area_radius=radius)
        assert list(form.errors) == ["area_radius_0"]
        assert form.areas[0].radius_km == 2
        assert typed(area=area, area_name="", area_radius="2.25").areas[0].radius_km == 2.25

    def test_an_area_that_is_none_is_said_and_left_out(self) -> None:
        form = typed(area="[]", area_name="", area_radius="", bedrooms_min="2")
        assert (list(form.errors), form.areas) == ([""], ())


@pytest.mark.usefixtures("in_english")
class TestButtons:
    def test_a_feature_is_added_once_and_keeps_its_weight(self) -> None:
        form = typed(word="lift", level="must", add_word="lift").with_feature("lift").with_feature("")
        assert form.weights == {"lift": "must"}
        assert form.typed["add_word"] == ""

    def test_a_home_type_and_a_place_are_added(self) -> None:
        form = typed(property_sub_types="apartment").with_home_type("apartment").with_home_type("loft")
        assert form.home_types == ("apartment", "loft")
        assert [area.kind for area in form.with_place("Koper").with_place("").areas] == ["place"]

    def test_an_area_is_drawn_and_taken_away(self) -> None:
        form = typed().with_place("Koper").with_area('{"place": {"name": "Izola"}}').with_area("nonsense")
        assert [area.shape["name"] for area in form.areas] == ["Koper", "Izola"]
        assert [area.shape["name"] for area in form.without_area("0").without_area("x").areas] == ["Izola"]

    def test_a_change_that_was_offered_is_tried_and_keeps_the_version(self) -> None:
        form = typed(list_price_max="300,000", version="7").with_patch('{"list_price_max": 320000}')
        assert (form.body()["list_price_max"], form.typed["version"]) == (320_000, "7")

    @pytest.mark.parametrize("patch", ["nonsense", "[]", '{"status": "paused"}', '{"contact_id": "other"}'])
    def test_a_made_up_change_is_not(self, patch: str) -> None:
        form = typed(list_price_max="300,000")
        assert form.with_patch(patch) is form

    def test_words_that_matching_knows_stand_under_their_codes(self) -> None:
        words: Any = {
            "ascensor": {"list": "must_have", "typed": "ascensor", "word": "lift", "by": "alias", "label": "lift"},
            "castle": {"list": "wont_accept", "typed": "castle", "word": "castle", "by": "typed", "label": "castle"},
        }
        form = WishForm(weights={"ascensor": "must", "castle": "wont"}).with_known_words(words)
        assert form.weights == {"lift": "must", "castle": "wont"}
