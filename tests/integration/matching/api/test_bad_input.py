"""Bad input to every write endpoint of matching, deep inside wishes too; each refused by name, nothing changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.integration.bad_input import contents, refuses_bad_input
from tests.integration.matching.market import Market

CIRCLE = {"latitude": 37.4, "longitude": -6.0, "radius_km": 5}
SQUARE = {"type": "Polygon", "coordinates": [[[-4, 40], [-3, 40], [-3, 41], [-4, 41], [-4, 40]]]}
WISHES: Mapping[str, Any] = {
    "name": "Familia",
    "transaction": "sale",
    "property_sub_types": ["apartment"],
    "list_price_min": 100_000,
    "list_price_max": 300_000,
    "currency": "EUR",
    "bedrooms_min": 2,
    "bedrooms_max": 5,
    "bathrooms_min": 1,
    "living_area_min": 60,
    "living_area_max": 200,
    "lot_size_area_min": 100,
    "year_built_min": 1950,
    "areas": [{"circle": CIRCLE}, {"polygon": SQUARE}, {"place": {"city": "Sevilla"}}],
    "must_have": ["lift"],
    "wont_accept": ["pool"],
    "preferences": {"terrace": "would"},
    "tolerance_percent": 10,
    "alerts": "instant",
    "alert_possible": True,
    "status": "active",
    "valid_until": "2099-12-31",
}
TOO_MUCH: Mapping[str, Any] = {
    "name": "x" * 201,
    "transaction": "gift",
    "list_price_min": -1,
    "list_price_max": 1.005,
    "currency": "eur",
    "bedrooms_min": 1001,
    "living_area_max": 1e10,
    "year_built_min": 1950.5,
    "tolerance_percent": 51,
    "alerts": "hourly",
    "alert_possible": "yes",
    "status": "removed",
    "valid_until": "tomorrow",
}
DEEP: list[tuple[str, Any]] = [
    ("areas", [{"circle": {**CIRCLE, "radius_km": {"$gt": 0}}}]),
    ("areas", [{"circle": {**CIRCLE, "$where": "1"}}]),
    ("areas", [{"circle": {**CIRCLE, "latitude": 90.1}}]),
    ("areas", [{"circle": {**CIRCLE, "radius_km": 0}}]),
    ("areas", [{"circle": {**CIRCLE, "radius_km": float("nan")}}]),
    ("areas", [{"place": {"city": {"$ne": None}}}]),
    ("areas", [{"place": {}}]),
    ("areas", [{"place": {"city": "Sevilla", "postal_code": "41003"}}]),
    ("areas", [{"polygon": {"$ne": None}}]),
    ("areas", [{"polygon": {"type": "Polygon", "coordinates": {"$ne": None}}}]),
    ("areas", [{"polygon": {"type": "Point", "coordinates": [1, 2]}}]),
    ("areas", [{"polygon": {**SQUARE, "coordinates": [[[-4, 40], [-3, 41], [-3, 40], [-4, 41], [-4, 40]]]}}]),
    ("areas", [{"polygon": {**SQUARE, "coordinates": [[[0, 0]] * 2001]}}]),
    ("areas", [{"polygon": {**SQUARE, "a\0b": 1}}]),
    ("areas", [{"polygon": {**SQUARE, "coordinates": [[[-400, 40], [-3, 40], [-3, 41], [-400, 40]]]}}]),
    ("areas", [{}]),
    ("areas", [{"circle": CIRCLE, "place": {"city": "Sevilla"}}]),
    ("areas", [{"circle": CIRCLE}] * 51),
    ("preferences", {"terrace": {"$ne": None}}),
    ("preferences", {"terrace": "must"}),
    ("preferences", {"": "would"}),
    ("preferences", {"a\0b": "would"}),
    ("preferences", {"lift": "would"}),
    ("preferences", {str(number): "would" for number in range(101)}),
    ("must_have", [{"$ne": None}]),
    ("must_have", [""]),
    ("must_have", ["x" * 65]),
    ("wont_accept", ["lift"]),
    ("list_price_max", 50_000),
    ("bedrooms_max", 1),
]


def a_search(market: Market) -> str:
    return market.wish(**{name: value for name, value in WISHES.items() if name != "contact_id"})


def test_bad_input_to_a_new_search_is_refused(market: Market) -> None:
    valid = {**WISHES, "contact_id": "c1"}
    more = {**TOO_MUCH, "contact_id": "c" * 65}
    refuses_bad_input(
        market.room, "POST", "/v1/saved-searches", valid, agency=market.agency, out_of_range=more, wrong_role="operator"
    )
    good = market.room.call("POST", "/v1/saved-searches", agency=market.agency, json=valid)
    assert good.status_code == 201, good.json


def test_bad_input_to_a_change_is_refused(market: Market) -> None:
    path, headers = f"/v1/saved-searches/{a_search(market)}", {"If-Match": '"1"'}
    refuses_bad_input(
        market.room,
        "PATCH",
        path,
        WISHES,
        agency=market.agency,
        headers=headers,
        out_of_range=TOO_MUCH,
        wrong_role="operator",
    )
    good = market.room.call("PATCH", path, agency=market.agency, json=WISHES, headers=headers)
    assert good.status_code == 200, good.json


@pytest.mark.parametrize(("field", "value"), DEEP, ids=lambda part: str(part)[:60])
def test_what_is_wrong_deep_inside_is_named_by_its_field(market: Market, field: str, value: Any) -> None:
    path = f"/v1/saved-searches/{a_search(market)}"
    before = contents(market.room)
    new = {**WISHES, "contact_id": "c1", field: value}
    made = market.room.call("POST", "/v1/saved-searches", agency=market.agency, json=new)
    changed = market.room.call("PATCH", path, agency=market.agency, json={field: value}, headers={"If-Match": '"1"'})
    for answer in (made, changed):
        assert answer.status_code == 422, answer.text
        assert any(name.split(".")[0] == field for name in answer.json["errors"]), answer.json
    assert contents(market.room) == before


def test_a_search_without_a_hard_wish_is_refused(market: Market) -> None:
    body = {"contact_id": "c1", "transaction": "sale", "preferences": {"pool": "strong"}}
    assert market.room.call("POST", "/v1/saved-searches", agency=market.agency, json=body).status_code == 422
    search = market.wish()
    taken = {"list_price_max": None}
    answer = market.room.call(
        "PATCH", f"/v1/saved-searches/{search}", agency=market.agency, json=taken, headers={"If-Match": '"1"'}
    )
    assert answer.status_code == 422


@pytest.mark.parametrize("word", ["$where", "a.b", "$ne.x", "__proto__"])
def test_a_strange_word_is_only_a_word(market: Market, word: str) -> None:
    search = market.wish(must_have=[word + "1"], preferences={word: "would"})
    shown = market.page(f"saved-searches/{search}")
    assert (shown["preferences"], shown["must_have"]) == ({word: "would"}, [word + "1"])
    market.home(f"{market.agency}-home", "activated", features=[word + "1"])
    assert market.current() == {(f"{market.agency}-home", search): "match"}


def test_changes_need_the_version_that_was_read(market: Market) -> None:
    path = f"/v1/saved-searches/{market.wish()}"
    for headers, status in (({}, 428), ({"If-Match": '"7"'}, 412), ({"If-Match": "x"}, 422)):
        answer = market.room.call("PATCH", path, agency=market.agency, json={"name": "x"}, headers=headers)
        assert answer.status_code == status, answer.json


def test_a_removal_is_for_staff_of_the_agency_with_a_token(market: Market) -> None:
    path, issuer = f"/v1/saved-searches/{market.wish()}", market.room.issuer
    before = contents(market.room)
    strangers = {
        401: [{}, issuer.headers("agent", market.agency, seconds=-3600), issuer.headers(aud="elsewhere")],
        403: [issuer.headers("prospect", market.agency), issuer.headers("operator", "")],
        404: [issuer.headers("agent", "agency-of-others")],
    }
    for status, headers in ((status, one) for status, some in strangers.items() for one in some):
        answer = market.room.client.delete(path, headers=headers)
        assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert contents(market.room) == before


@pytest.mark.parametrize(
    ("path", "query", "field"),
    [
        ("saved-searches", {"status": "removed"}, "status"),
        ("saved-searches", {"limit": 0}, "limit"),
        ("saved-searches", {"cursor": "%%%"}, "cursor"),
        ("saved-searches/{id}/matches", {"kind": "none"}, "kind"),
        ("saved-searches/{id}/matches", {"cursor": "e30"}, "cursor"),
        ("listings/{home}/matches", {"limit": 201}, "limit"),
        ("matches", {}, "listing_id"),
        ("matches", {"listing_id": [str(number) for number in range(21)]}, "listing_id"),
        ("matches", {"listing_id": "l", "limit": 51}, "limit"),
        ("explain", {"listing_id": "l"}, "saved_search_id"),
        ("explain", {"listing_id": "l" * 65, "saved_search_id": "s"}, "listing_id"),
    ],
)
def test_a_question_that_is_wrong_is_refused_by_name(
    market: Market, path: str, query: dict[str, Any], field: str
) -> None:
    market.home(f"{market.agency}-home", "activated")
    where = path.format(id=market.wish(), home=f"{market.agency}-home")
    answer = market.room.call("GET", f"/v1/{where}", agency=market.agency, query_string=query)
    assert answer.status_code == 422, answer.text
    assert field in str(answer.json["errors"])
