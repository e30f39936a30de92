"""The rules of a match, line by line, at their exact bounds."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.matching.engine.evaluate import Verdict, evaluate
from services.matching.engine.records.facts import Listing, Search
from services.matching.engine.records.quantities import EARTH_RADIUS_KM
from services.matching.engine.world import Rates, World

TODAY = date(2026, 11, 22)
WORLD = World(TODAY)
HOME = {"id": "l", "transaction": "sale", "list_price": 300_000, "currency": "EUR"}
WISH = {"id": "s", "contact_id": "c", "transaction": "sale", "currency": "EUR"}
SQUARE = [[-4.0, 40.0], [-3.0, 40.0], [-3.0, 41.0], [-4.0, 41.0], [-4.0, 40.0]]
HOLE = [[-3.75, 40.25], [-3.25, 40.25], [-3.25, 40.75], [-3.75, 40.75], [-3.75, 40.25]]


def judge(wish: dict[str, Any], home: dict[str, Any], around: World = WORLD) -> Verdict:
    return evaluate(Search.from_wire({**WISH, **wish}), Listing.from_wire({**HOME, **home}), around)


def told(wish: dict[str, Any], home: dict[str, Any], around: World = WORLD) -> tuple[str, int, int]:
    verdict = judge(wish, home, around)
    return verdict.kind, verdict.score, verdict.confidence


@pytest.mark.parametrize(
    ("wish", "home"),
    [
        ({}, {"standard_status": "pending"}),
        ({}, {"transaction": "lease"}),
        ({"status": "paused"}, {}),
        ({"valid_until": "2026-11-21"}, {}),
        ({}, {"owner_contact_ids": ["c"]}),
        ({"agency_id": "a"}, {"agency_id": "b"}),
    ],
)
def test_a_shut_gate_is_no_match_whatever_else_fits(wish: dict[str, Any], home: dict[str, Any]) -> None:
    assert told({"list_price_max": 400_000}, {}) == ("match", 100, 100)
    assert told({"list_price_max": 400_000, **wish}, home) == ("none", 0, 0)


def test_a_discarded_pair_is_no_match_and_another_persons_is() -> None:
    wish = {"list_price_max": 400_000}
    assert told(wish, {}, World(TODAY, discarded={("c", "l")})) == ("none", 0, 0)
    assert told(wish, {}, World(TODAY, discarded={("d", "l"), ("c", "m")})) == ("match", 100, 100)


def test_wishes_count_on_their_last_day_and_without_alerts() -> None:
    assert told({"list_price_max": 400_000, "valid_until": "2026-11-22", "alerts": "off"}, {})[0] == "match"


@pytest.mark.parametrize(
    ("price", "verdict"),
    [
        (300_000, ("match", 100, 100)),
        (0, ("match", 100, 100)),
        (300_000.01, ("near", 100, 100)),
        (315_000, ("near", 75, 100)),
        (330_000, ("near", 50, 100)),
        (330_000.01, ("none", 0, 0)),
        (None, ("possible", 0, 0)),
    ],
)
def test_a_price_over_the_bound_falls_to_half_at_the_tolerance_and_fails_beyond(price: Any, verdict: Any) -> None:
    assert told({"list_price_max": 300_000}, {"list_price": price}) == verdict


def test_the_lowest_price_is_as_hard_as_the_highest() -> None:
    wish = {"list_price_min": 300_000, "list_price_max": 500_000}
    assert told(wish, {"list_price": 270_000}) == ("near", 50, 100)
    assert told(wish, {"list_price": 269_999.99})[0] == "none"


def test_the_tolerance_bound_is_exact_where_floats_are_not() -> None:
    for cents in range(100_001, 100_801, 7):
        bound = cents / 100
        over = {"list_price_max": bound, "tolerance_percent": 10}
        assert told(over, {"list_price": cents * 110 // 100 / 100})[0] == "near"
        assert told(over, {"list_price": (cents * 110 // 100 + 1) / 100})[0] == "none"


def test_no_tolerance_leaves_only_what_fits() -> None:
    strict = {"tolerance_percent": 0}
    assert told({"list_price_max": 300_000, **strict}, {})[0] == "match"
    assert told({"list_price_max": 299_999.99, **strict}, {})[0] == "none"
    assert told({"bedrooms_min": 3, **strict}, {"bedrooms_total": 2})[0] == "none"
    assert told({"year_built_min": 1990, **strict}, {"year_built": 1989})[0] == "none"
    assert told({"list_price_max": 0, "tolerance_percent": 50}, {"list_price": 0.01})[0] == "none"


@pytest.mark.parametrize(
    ("wish", "home", "verdict"),
    [
        ({"bedrooms_min": 3}, {"bedrooms_total": 3}, ("match", 100, 100)),
        ({"bedrooms_min": 3}, {"bedrooms_total": 2}, ("near", 50, 100)),
        ({"bedrooms_min": 3}, {"bedrooms_total": 1.75}, ("none", 0, 0)),
        ({"bedrooms_max": 3}, {"bedrooms_total": 4}, ("near", 50, 100)),
        ({"bathrooms_min": 2}, {"bathrooms_total": 1.25}, ("near", 50, 100)),
        ({"living_area_min": 80}, {"living_area": 72}, ("near", 50, 100)),
        ({"living_area_min": 80}, {"living_area": 71.99}, ("none", 0, 0)),
        ({"living_area_max": 80}, {"living_area": 84}, ("near", 75, 100)),
        ({"lot_size_area_min": 500}, {"lot_size_area": 475}, ("near", 75, 100)),
        ({"year_built_min": 1990}, {"year_built": 1980}, ("near", 50, 100)),
        ({"year_built_min": 1990}, {"year_built": 1989}, ("near", 95, 100)),
        ({"year_built_min": 1990}, {"year_built": 1979}, ("none", 0, 0)),
        ({"bedrooms_min": 3}, {}, ("possible", 0, 0)),
    ],
)
def test_rooms_areas_and_years_have_each_their_own_nearness(wish: Any, home: Any, verdict: Any) -> None:
    assert told(wish, home) == verdict


def test_another_currency_is_converted_once_and_rounded_half_to_even() -> None:
    around = World(TODAY, Rates(TODAY, {"EUR": 1.0, "GBP": 0.5}))
    wish = {"list_price_max": 200_000}
    verdict = judge(wish, {"list_price": 100_000, "currency": "GBP"}, around)
    assert (verdict.kind, verdict.criteria[0].found["converted"]) == ("match", 200_000)
    halves = World(TODAY, Rates(TODAY, {"EUR": 1.0, "GBP": 2.0}))
    assert judge(wish, {"list_price": 0.05, "currency": "GBP"}, halves).criteria[0].found["converted"] == 0.02
    assert told(wish, {"list_price": 1, "currency": "JPY"}, around) == ("possible", 0, 0)


def test_a_circle_falls_from_full_points_at_the_centre_to_half_at_its_rim_and_to_none_at_the_tolerance() -> None:
    def at(kilometres: float) -> tuple[str, int, int]:
        degrees = kilometres / EARTH_RADIUS_KM * 180 / 3.141592653589793
        area = {"circle": {"latitude": 0.0, "longitude": 0.0, "radius_km": 10.0}}
        return told({"areas": [area]}, {"latitude": 0.0, "longitude": degrees})

    assert at(0) == ("match", 100, 100)
    assert at(9.999) == ("match", 50, 100)
    assert at(10.001) == ("near", 50, 100)
    assert at(10.999) == ("near", 0, 100)
    assert at(11.001) == ("none", 0, 0)


def test_circles_reach_over_the_poles_and_the_180th_meridian() -> None:
    pole = {"areas": [{"circle": {"latitude": 89.9, "longitude": 0, "radius_km": 30}}]}
    assert told(pole, {"latitude": 89.9, "longitude": 180})[0] == "match"
    meridian = {"areas": [{"circle": {"latitude": 10, "longitude": 179.95, "radius_km": 30}}]}
    assert told(meridian, {"latitude": 10, "longitude": -179.95})[0] == "match"
    globe = {"areas": [{"circle": {"latitude": 10, "longitude": 10, "radius_km": 20_000}}], "tolerance_percent": 50}
    assert told(globe, {"latitude": -10, "longitude": -170})[0] == "near"


@pytest.mark.parametrize(
    ("longitude", "latitude", "kind"),
    [(-3.9, 40.1, "match"), (-4.0, 40.5, "match"), (-3.0, 41.0, "match"), (-3.5, 40.5, "none"), (-3.75, 40.5, "match")],
)
def test_a_polygon_includes_its_boundary_and_excludes_its_hole(longitude: float, latitude: float, kind: str) -> None:
    wish = {"areas": [{"polygon": {"type": "Polygon", "coordinates": [SQUARE, HOLE]}}]}
    assert told(wish, {"longitude": longitude, "latitude": latitude})[0] == kind


def test_the_best_of_several_areas_counts_and_an_unknown_one_is_better_than_a_miss() -> None:
    circle = {"circle": {"latitude": 40.5, "longitude": -3.5, "radius_km": 5}}
    place = {"place": {"city": "Madrid"}}
    assert told({"areas": [circle, place]}, {"city": "Madrid", "latitude": 0, "longitude": 0}) == ("match", 100, 100)
    assert told({"areas": [circle, place]}, {"city": "Vigo"}) == ("possible", 0, 0)
    assert told({"areas": [circle, place]}, {"city": "Vigo", "latitude": 0, "longitude": 0})[0] == "none"


def test_places_compare_by_their_canonical_keys() -> None:
    assert told({"areas": [{"place": {"city": "Gothenburg"}}]}, {"city": "göteborg"})[0] == "match"
    assert told({"areas": [{"place": {"city": "madird"}}]}, {"city": "MADRID"})[0] == "match"
    assert told({"areas": [{"place": {"name": "Andalusia"}}]}, {"state_or_province": "Andalucía"})[0] == "match"
    assert told({"areas": [{"place": {"city": "Andalusia"}}]}, {"state_or_province": "Andalucía"})[0] == "possible"
    assert told({"areas": [{"place": {"postal_code": "sw1a 1aa"}}]}, {"postal_code": "SW1A1AA"})[0] == "match"
    assert told({"areas": [{"place": {"postal_code": "1000"}}]}, {"postal_code": "1001"})[0] == "none"
    assert told({"areas": [{"place": {"city": "Nowhere"}}]}, {"city": "nowhere"})[0] == "match"


def test_a_type_is_in_the_list_or_not_or_not_stated() -> None:
    wish = {"property_sub_types": ["piso", "townhouse"]}
    assert told(wish, {"property_sub_type": "apartment"}) == ("match", 100, 100)
    assert told(wish, {"property_sub_type": "office"}) == ("none", 0, 0)
    assert told(wish, {}) == ("possible", 0, 0)


def test_what_must_be_there_and_what_must_not_decide() -> None:
    must, wont = {"must_have": ["pool"]}, {"wont_accept": ["pool"]}
    assert told(must, {"features": ["piscina"]}) == ("match", 100, 100)
    assert told(must, {"features_absent": ["bazen"]}) == ("none", 0, 0)
    assert told(must, {}) == ("possible", 0, 0)
    assert told(wont, {"features_absent": ["pool"]}) == ("match", 100, 100)
    assert told(wont, {"features": ["pool"]}) == ("none", 0, 0)


def test_what_is_not_acceptable_and_not_mentioned_passes_without_points_and_lowers_the_confidence() -> None:
    assert told({"wont_accept": ["pool"]}, {}) == ("match", 0, 0)
    assert told({"wont_accept": ["pool"], "list_price_max": 300_000}, {}) == ("match", 100, 67)


def test_preferences_never_decide_and_weigh_three_two_one() -> None:
    wish = {"list_price_max": 300_000, "preferences": {"lift": "strong", "garden": "would", "sauna": "might"}}
    assert told(wish, {"features": ["lift", "garden", "sauna"]}) == ("match", 100, 100)
    assert told(wish, {"features": ["lift"], "features_absent": ["garden", "sauna"]}) == ("match", 83, 100)
    assert told(wish, {"features_absent": ["lift", "garden", "sauna"]}) == ("match", 67, 100)
    assert told(wish, {"features": ["lift"]}) == ("match", 100, 83)
    assert told(wish, {}) == ("match", 100, 67)


@pytest.mark.parametrize(
    ("home", "kind"),
    [
        ({"bedrooms_total": 3, "living_area": 80}, "match"),
        ({"bedrooms_total": 2, "living_area": 80}, "near"),
        ({"bedrooms_total": 2, "living_area": 75}, "none"),
        ({"bedrooms_total": 2}, "none"),
        ({"bedrooms_total": 3}, "possible"),
        ({}, "possible"),
        ({"bedrooms_total": 1}, "none"),
    ],
)
def test_one_miss_is_near_two_are_none_and_a_miss_beside_an_unknown_is_none(home: dict[str, Any], kind: str) -> None:
    assert told({"bedrooms_min": 3, "living_area_min": 80}, home)[0] == kind


def test_score_and_confidence_weigh_the_stated_groups_and_round_half_up() -> None:
    wish = {"list_price_max": 300_000, "bedrooms_min": 3, "living_area_min": 80, "property_sub_types": ["apartment"]}
    full = {"bedrooms_total": 2, "living_area": 100, "property_sub_type": "apartment"}
    # price 30 x 1000, size 20 x (500 + 1000) // 2, type 5 x 1000: 50,000 / 55 = 909.09
    assert told(wish, full) == ("near", 91, 100)
    # size knows one of two: (30 x 1000 + 20 x 500 + 5 x 1000) / 55 = 818.18
    assert told(wish, {"living_area": 100, "property_sub_type": "apartment"}) == ("possible", 100, 82)


def test_every_stated_criterion_is_listed_with_what_was_wanted_and_found() -> None:
    criteria = judge({"list_price_max": 290_000, "must_have": ["lift"]}, {}).criteria
    assert [one.to_wire() for one in criteria] == [
        {
            "name": "price",
            "hard": True,
            "state": "near",
            "wanted": {"min": None, "max": 290_000, "currency": "EUR"},
            "found": {"amount": 300_000, "currency": "EUR"},
            "gap": 10_000,
            "points": 828,
        },
        {
            "name": "must_have.lift",
            "hard": True,
            "state": "unknown",
            "wanted": True,
            "found": None,
            "gap": None,
            "points": None,
        },
    ]
