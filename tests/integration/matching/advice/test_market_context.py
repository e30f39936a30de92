"""What a preview tells besides its counts: homes as points, prices, how words were read; words and places to choose."""

from __future__ import annotations

from typing import Any

from tests.integration.matching.market import Market

CENTRE = {"latitude": 37.384, "longitude": -5.996}
CIRCLE: dict[str, Any] = {"circle": {**CENTRE, "radius_km": 1}}


def preview(market: Market, language: str = "en", **wishes: Any) -> dict[str, Any]:
    body = {"transaction": "sale", "currency": "EUR", **wishes}
    headers = {"Accept-Language": language}
    path = "/v1/saved-searches/preview"
    answer = market.room.call("POST", path, agency=market.agency, json=body, headers=headers)
    assert answer.status_code == 200, answer.json
    return dict(answer.json)


def get(market: Market, path: str, language: str = "en") -> Any:
    return market.room.call("GET", path, agency=market.agency, headers={"Accept-Language": language}).json


def test_homes_are_told_with_their_place_price_and_kind(market: Market) -> None:
    for name, north, facts in (
        ("in", 0.001, {"list_price": 290_000}),
        ("dear", 0.002, {"list_price": 310_000}),
        ("far", 0.09, {"list_price": 200_000}),
        ("nowhere", None, {"list_price": 200_000}),
    ):
        place = {} if north is None else {"latitude": CENTRE["latitude"] + north, "longitude": CENTRE["longitude"]}
        market.home(f"{market.agency}-{name}", "activated", **place, **facts)
    told = preview(market, areas=[CIRCLE], list_price_max=300_000)
    found = {home["id"].removeprefix(f"{market.agency}-"): home for home in told["homes"]}
    assert {name: home["kind"] for name, home in found.items()} == {"in": "match", "dear": "near", "far": "none"}
    assert found["in"]["latitude"] == CENTRE["latitude"] + 0.001
    assert (found["dear"]["list_price"], found["dear"]["currency"]) == (310_000, "EUR")
    assert found.keys() == {home["id"].removeprefix(f"{market.agency}-") for home in told["homes"]}


def test_prices_on_the_market_come_in_equal_steps(market: Market) -> None:
    for at, price in enumerate((150_000, 250_000, 251_000, 400_000)):
        market.home(f"{market.agency}-{at}", "activated", list_price=price)
    told = preview(market, list_price_max=300_000)["prices"]
    assert told["currency"] == "EUR"
    assert sum(told["counts"]) + told["above"] == 4
    fullest = max(range(len(told["counts"])), key=told["counts"].__getitem__)
    assert fullest * told["step"] <= 250_000 < (fullest + 1) * told["step"]


def test_without_a_currency_there_are_no_prices(market: Market) -> None:
    market.home(f"{market.agency}-1", "activated")
    assert preview(market, currency=None, bedrooms_min=1)["prices"] is None


def test_each_typed_word_is_told_as_it_was_read(market: Market) -> None:
    told = preview(
        market, "es", must_have=["dvigalo"], property_sub_types=["piso"], preferences={"glass roof": "might"}
    )
    read = {word["typed"]: (word["list"], word["word"], word["by"], word["label"]) for word in told["words"]}
    assert read["dvigalo"] == ("must_have", "lift", "alias", "ascensor")
    assert read["piso"][:3] == ("property_sub_types", "apartment", "alias")
    assert read["glass roof"] == ("preferences", "glassroof", "typed", "glass roof")


def test_words_to_choose_from_speak_the_readers_language(market: Market) -> None:
    words = get(market, "/v1/words", "sl")
    assert {"word": "lift", "label": "dvigalo"} in words["features"]
    assert any(word["word"] == "apartment" for word in words["property_sub_types"])


def test_places_are_suggested_by_how_they_begin_in_any_language(market: Market) -> None:
    assert get(market, "/v1/places?q=sevi")["items"][0] == {"name": "Sevilla"}
    assert {"name": "Sevilla"} in get(market, "/v1/places?q=seville")["items"]
    assert {"name": "Sevilla"} in get(market, "/v1/places?q=Sevila")["items"]
    assert get(market, "/v1/places?q=zzzzzz")["items"] == []
    assert len(get(market, "/v1/places?q=a&limit=3")["items"]) == 3


def test_a_town_of_the_agencys_own_homes_is_suggested(market: Market) -> None:
    market.home(f"{market.agency}-1", "activated", city="Villanueva del Río Seco")
    assert {"name": "Villanueva del Río Seco"} in get(market, "/v1/places?q=villanueva del")["items"]


def test_areas_keep_the_names_that_people_give_them(market: Market) -> None:
    ring = [[-6.01, 37.37], [-5.98, 37.37], [-5.98, 37.39], [-6.01, 37.37]]
    areas = [
        {"circle": {**CIRCLE["circle"], "name": "Near the school"}},
        {"polygon": {"type": "Polygon", "coordinates": [ring], "name": "Old town"}},
    ]
    search = market.wish(areas=areas)
    assert get(market, f"/v1/saved-searches/{search}")["areas"] == areas
