"""What the door refuses, with the field and what would be right, and what it takes with a warning."""

from __future__ import annotations

import contextlib
import math
from typing import Any

import pytest

from services.matching.engine.dictionary.places import shipped_places
from services.matching.engine.dictionary.words import shipped_words
from services.matching.engine.records.facts import Listing, Search
from services.matching.engine.records.refusal import Refused
from services.matching.engine.records.resolution import resolve_search

HOME = {"id": "l", "transaction": "sale"}
WISH = {"id": "s", "transaction": "sale", "currency": "EUR", "list_price_max": 1000}
RING = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]


def circle(latitude: Any, longitude: Any, radius_km: Any) -> dict[str, Any]:
    return {"areas": [{"circle": {"latitude": latitude, "longitude": longitude, "radius_km": radius_km}}]}


def polygon(*rings: Any, kind: str = "Polygon") -> dict[str, Any]:
    return {"areas": [{"polygon": {"type": kind, "coordinates": list(rings)}}]}


@pytest.mark.parametrize(
    ("wish", "field", "says"),
    [
        ({"list_price_max": 0.001}, "list_price_max", "decimals"),
        ({"list_price_max": math.nan}, "list_price_max", "finite"),
        ({"list_price_max": math.inf}, "list_price_max", "finite"),
        ({"list_price_max": -1}, "list_price_max", "at least 0"),
        ({"list_price_max": "1000"}, "list_price_max", "number"),
        ({"list_price_max": True}, "list_price_max", "number"),
        ({"list_price_max": {"$ne": None}}, "list_price_max", "number"),
        ({"list_price_max": 10**400}, "list_price_max", "at most"),
        ({"list_price_min": 2000}, "list_price_max", "Swap"),
        ({"bedrooms_min": 4, "bedrooms_max": 3}, "bedrooms_max", "Swap"),
        ({"currency": None}, "currency", "three capital letters"),
        ({"currency": "euro"}, "currency", "three capital letters"),
        ({"tolerance_percent": 51}, "tolerance_percent", "0 to 50"),
        ({"tolerance_percent": 2.5}, "tolerance_percent", "whole"),
        ({"tolerance_percent": math.nan}, "tolerance_percent", "whole"),
        ({"transaction": "swap"}, "transaction", "sale, lease"),
        ({"status": "gone"}, "status", "active, paused"),
        ({"valid_until": "soon"}, "valid_until", "date"),
        ({"must_have": "pool"}, "must_have", "list"),
        ({"must_have": [1]}, "must_have", "list"),
        ({"must_have": [" "]}, "must_have", "blank"),
        ({"must_have": ["garage"], "wont_accept": ["parking"]}, "wont_accept", "must_have"),
        ({"must_have": ["lift"], "preferences": {"elevator": "would"}}, "preferences", "must_have"),
        ({"wont_accept": ["lift"], "preferences": {"hiss": "would"}}, "preferences", "wont_accept"),
        ({"preferences": {"lift": "badly"}}, "preferences", "strong"),
        ({"preferences": {"lift": "would", "hiss": "might"}}, "preferences", "twice"),
        ({"areas": {}}, "areas", None),
        ({"areas": [{}]}, "areas.0", "circle, polygon or place"),
        ({"areas": ["Madrid"]}, "areas.0", "circle, polygon or place"),
        ({"areas": [{"place": {"town": "x"}}]}, "areas.0.place", "city"),
        ({"areas": [{"place": {"city": ""}}]}, "areas.0.place.city", "characters"),
        (circle(139.7, 35.6, 5), "areas.0.circle.latitude", "swapped"),
        (circle(91, 120, 5), "areas.0.circle.latitude", "outside"),
        (circle(0, 181, 5), "areas.0.circle.longitude", "outside"),
        (circle(math.nan, 0, 5), "areas.0.circle.latitude", "outside"),
        (circle(0, 10**400, 5), "areas.0.circle.longitude", "outside"),
        (circle(0, 0, 0), "areas.0.circle.radius_km", "kilometres"),
        (circle(0, 0, None), "areas.0.circle.radius_km", "number"),
        (circle(0, 0, 20_001), "areas.0.circle.radius_km", "kilometres"),
        (polygon([[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]), "areas.0.polygon", "crossing"),
        (polygon(RING, [[2, 2], [3, 2], [3, 3], [2, 2]]), "areas.0.polygon", "not valid"),
        (polygon(RING[:-1]), "areas.0.polygon", "last position"),
        (polygon([[0, 0], [0, 0]]), "areas.0.polygon", "four positions"),
        (polygon([[0, 0], [1, 0], [2, 0], [0, 0]]), "areas.0.polygon", "not valid"),
        (polygon([[-100, 0], [100, 0], [100, 1], [-100, 0]]), "areas.0.polygon", "180"),
        (polygon([[35, 139], [36, 139], [36, 140], [35, 139]]), "areas.0.polygon", "swapped"),
        (polygon([[0, 0], ["1", 0], [1, 1], [0, 0]]), "areas.0.polygon", "position"),
        (polygon([[0, 0], [10**400, 0], [1, 1], [0, 0]]), "areas.0.polygon", "outside the globe"),
        (polygon(), "areas.0.polygon", "coordinates"),
        (polygon(RING, kind="Circle"), "areas.0.polygon", "Polygon or MultiPolygon"),
        (polygon("abcd", kind="MultiPolygon"), "areas.0.polygon", "ring"),
    ],
)
def test_a_search_is_refused_with_the_field_and_what_would_be_right(wish: Any, field: str, says: str | None) -> None:
    if says is None:
        assert Search.from_wire({**WISH, **wish}).areas == ()
        return
    with pytest.raises(Refused) as refusal:
        Search.from_wire({**WISH, **wish})
    assert says in " ".join(refusal.value.fields[field])


def round_shape(vertices: int) -> list[list[float]]:
    turns = [2 * math.pi * n / vertices for n in range(vertices)]
    ring = [[math.cos(turn), math.sin(turn)] for turn in turns]
    return [*ring, ring[0]]


def test_two_thousand_vertices_are_taken_and_more_are_refused() -> None:
    assert Search.from_wire({**WISH, **polygon(round_shape(2000))}).areas
    for many in (2001, 10_000):
        with pytest.raises(Refused, match="too many"):
            Search.from_wire({**WISH, **polygon(round_shape(many))})


def test_a_search_that_would_find_everything_is_refused() -> None:
    soft = {"areas": [], "must_have": [], "preferences": {"lift": "strong"}, "property_sub_types": []}
    with pytest.raises(Refused, match="State at least one"):
        Search.from_wire({"id": "s", "transaction": "sale", **soft})


@pytest.mark.parametrize(
    "wish",
    [{"wont_accept": ["pool"]}, {"bedrooms_min": 0}, {"year_built_min": 0}, {"areas": [{"place": {"name": "X"}}]}],
)
def test_one_criterion_that_decides_is_enough(wish: dict[str, Any]) -> None:
    assert Search.from_wire({"id": "s", "transaction": "sale", **wish})


@pytest.mark.parametrize(
    ("home", "field", "says"),
    [
        ({"id": ""}, "id", "1 to 64"),
        ({"id": 7}, "id", "1 to 64"),
        ({"transaction": None}, "transaction", "sale"),
        ({"standard_status": "sold"}, "standard_status", "active"),
        ({"list_price": 1.001, "currency": "EUR"}, "list_price", "decimals"),
        ({"list_price": 1}, "currency", "three capital letters"),
        ({"bathrooms_total": 2.125}, "bathrooms_total", "decimals"),
        ({"living_area": 10**10}, "living_area", "at most"),
        ({"latitude": 38.7}, "longitude", "number"),
        ({"latitude": 95, "longitude": 200}, "longitude", "outside"),
        ({"latitude": -9.14, "longitude": 38.72, "country": "PT"}, "latitude", "swapped"),
        ({"features": ["pool"], "features_absent": ["piscina"]}, "features_absent", "features too"),
        ({"features": {"pool": True}}, "features", "list"),
        ({"owner_contact_ids": [None]}, "owner_contact_ids", "list"),
        ({"city": 7}, "city", "characters"),
        ({"property_sub_type": ["flat"]}, "property_sub_type", "characters"),
        ({"sequence": "1"}, "sequence", "whole"),
    ],
)
def test_a_listing_is_refused_with_the_field_and_what_would_be_right(home: Any, field: str, says: str) -> None:
    with pytest.raises(Refused) as refusal:
        Listing.from_wire({**HOME, **home})
    assert says in " ".join(refusal.value.fields[field])


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(Refused) as refusal:
        Search.from_wire({"transaction": "?", "list_price_min": 2, "list_price_max": 1, "areas": [{}]})
    assert refusal.value.fields.keys() == {"id", "transaction", "list_price_max", "currency", "areas.0"}


def test_unknown_fields_are_left_to_the_api() -> None:
    assert Listing.from_wire({**HOME, "photo": None}).id == "l"


def test_unknown_words_and_places_and_odd_coordinates_are_taken_with_a_warning() -> None:
    wish = {
        "must_have": ["zzyzx", "pool"],
        "areas": [{"place": {"city": "Qqqq"}}, {"place": {"city": "Lisbon"}}, *circle(-9.14, 38.72, 5)["areas"]],
    }
    resolved, warnings = resolve_search({**WISH, **wish}, shipped_places(), shipped_words())
    assert [word["by"] for word in resolved["must_have"]] == ["typed", "exact"]
    assert len(warnings) == 3
    assert ["zzyzx" in warnings[0], "Qqqq" in warnings[1], "swapped" in warnings[2]] == [True, True, True]


def test_nothing_strange_breaks_the_door() -> None:
    odd: list[Any] = [None, True, 0, -1, 1.5, math.nan, math.inf, "", " ", "x" * 5000, [], [[]], {}, {"$ne": 1}, [None]]
    for value in odd:
        for field in (*Search.__dataclass_fields__, "areas", "list_price_max", "bedrooms_min"):
            for wish in ({**WISH, field: value}, {**WISH, "areas": [value]}, {**WISH, "areas": [{"circle": value}]}):
                taken_or_refused(Search, wish)
        for shape in (value, [value], [[value]], [[[value]]]):
            taken_or_refused(Search, {**WISH, "areas": [{"polygon": {"type": "Polygon", "coordinates": shape}}]})
        for field in (*Listing.__dataclass_fields__, "list_price", "country", "latitude"):
            taken_or_refused(Listing, {**HOME, "longitude": 1.0, field: value})


def taken_or_refused(record: Any, wire: dict[str, Any]) -> None:
    with contextlib.suppress(Refused):
        assert record.from_wire(wire).id
