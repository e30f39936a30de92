"""Pages of pairs: best first, without gaps, by kind, in the reader's language, only what is current."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.matching.market import Market

ORDER = ("score", "confidence")


def home(market: Market, name: str = "home") -> str:
    return f"{market.agency}-{name}"


def every(market: Market, path: str, limit: int, **query: Any) -> list[dict[str, Any]]:
    """All items, page by page; no page may be longer than asked for."""
    items: list[dict[str, Any]] = []
    cursor: str | None = None
    while True:
        page = market.page(path, limit=limit, **query, **({"cursor": cursor} if cursor else {}))
        assert len(page["items"]) <= limit
        items += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            return items


def varied(market: Market) -> None:
    """Ties and differences: preferences that only rank."""
    tastes: list[dict[str, str]] = [{}, {"lift": "strong"}, {"pool": "strong"}, {"lift": "would", "pool": "would"}]
    for number in range(10):
        market.wish(f"c{number}", preferences=tastes[number % 4])
    market.home(home(market), "activated", features_absent=["pool"])


@pytest.mark.parametrize("limit", [1, 3, 10, 200])
def test_pages_of_a_home_have_no_gaps_and_no_doubles_whatever_their_size(market: Market, limit: int) -> None:
    varied(market)
    items = every(market, f"listings/{home(market)}/matches", limit)
    assert sorted(item["saved_search_id"] for item in items) == sorted(search for _, search in market.truth())
    places = [(-item["score"], -item["confidence"], item["saved_search_id"]) for item in items]
    assert places == sorted(places)
    assert len({item["score"] for item in items}) > 2


def test_pages_of_a_wish_show_the_homes(market: Market) -> None:
    search = market.wish(preferences={"pool": "strong"})
    for number in range(5):
        market.home(home(market, f"h{number}"), "activated", features=["pool"] * (number % 2))
    items = every(market, f"saved-searches/{search}/matches", 2)
    assert [item["listing_id"] for item in items] == [home(market, f"h{number}") for number in (1, 3, 0, 2, 4)]
    assert all(item["listing"]["id"] == item["listing_id"] for item in items)
    assert items[0]["listing"]["list_price"] == 300_000


def test_each_kind_has_its_pages(market: Market) -> None:
    wanted = {
        "match": market.wish(),
        "near": market.wish(list_price_max=290_000),
        "possible": market.wish(year_built_min=1990),
    }
    market.wish(list_price_max=1_000)
    market.home(home(market), "activated")
    for kind, search in wanted.items():
        for path in (f"listings/{home(market)}/matches", f"saved-searches/{search}/matches"):
            found = [(item["saved_search_id"], item["kind"]) for item in every(market, path, 50, kind=kind)]
            assert found == [(search, kind)]


def test_several_homes_are_told_at_once_as_each_is_by_itself(market: Market) -> None:
    for name, price in (("one", 300_000), ("two", 310_000), ("none", 900_000)):
        market.home(home(market, name), "activated", list_price=price)
    for number in range(4):
        market.wish(f"c{number}", list_price_max=299_000 + 5_000 * number, preferences={"lift": "would"})
    refusal = f"/v1/contacts/c3/listings/{home(market, 'two')}"
    market.room.call("PUT", refusal, agency=market.agency, json={"preference": "discard"})
    market.deliver()
    wanted = [home(market, name) for name in ("two", "none", "gone", "one", "two")]
    for kind, limit in (("match", 2), ("near", 50)):
        told = market.page("matches", listing_id=wanted, kind=kind, limit=limit)["items"]
        assert [each["listing_id"] for each in told] == [home(market, name) for name in ("two", "none", "one")]
        for each in told:
            path = f"listings/{each['listing_id']}"
            assert each["matches"] == market.page(f"{path}/matches", kind=kind, limit=limit)["items"]
            assert each["counts"] == market.page(f"{path}/match-counts")
    assert {each["counts"]["discarded"] for each in told} == {0, 1}
    assert market.page("matches", listing_id="gone")["items"] == []
    others = market.room.call("GET", f"/v1/matches?listing_id={wanted[0]}", agency="agency-of-others")
    assert (others.status_code, others.json) == (200, {"items": []})


@pytest.mark.parametrize(
    ("language", "word"),
    [("es", "presupuesto"), ("pt", "orçamento"), ("sl", "mejo"), ("sv", "budget"), ("fr", "budget")],
)
def test_reasons_come_in_the_readers_language(market: Market, language: str, word: str) -> None:
    search = market.wish()
    market.home(home(market), "activated")
    headers = {"Accept-Language": f"{language};q=0.9, xx;q=0.1"}
    (item,) = market.page(f"listings/{home(market)}/matches", headers=headers)["items"]
    assert word in item["reasons"][0]["text"]
    told = market.page("explain", saved_search_id=search, listing_id=home(market), headers=headers)
    assert told["reasons"] == item["reasons"]


def test_a_pair_that_does_not_meet_is_explained_too(market: Market) -> None:
    search = market.wish(list_price_max=100_000, must_have=["pool"], status="paused")
    market.home(home(market), "activated", features_absent=["pool"])
    told = market.page("explain", saved_search_id=search, listing_id=home(market))
    assert (told["kind"], told["score"], told["confidence"]) == ("none", 0, 0)
    states = {criterion["name"]: criterion["state"] for criterion in told["criteria"]}
    assert states["price"] == "fail"
    assert list(states.values()).count("fail") == 3
    assert len(told["misses"]) == 3
    assert (told["listing_sequence"], told["search_sequence"]) == (1, 1)


def test_explaining_what_does_not_exist_is_a_404(market: Market) -> None:
    search = market.wish()
    market.home(home(market), "activated")
    gone = market.wish()
    market.unwish(gone)
    for pair in ((search, "nothing"), ("nothing", home(market)), (gone, home(market))):
        query = {"saved_search_id": pair[0], "listing_id": pair[1]}
        answer = market.room.call("GET", "/v1/explain", agency=market.agency, query_string=query)
        assert answer.status_code == 404
    assert market.room.call("GET", f"/v1/saved-searches/{gone}/matches", agency=market.agency).status_code == 404


def test_rows_of_older_versions_are_on_no_page(market: Market) -> None:
    search = market.wish()
    market.home(home(market), "activated")
    market.rewish(search, deliver=False, list_price_min=10)
    assert market.rows() == 1
    for path in (f"listings/{home(market)}/matches", f"saved-searches/{search}/matches"):
        assert market.page(path)["items"] == []
    market.deliver()
    assert len(market.page(f"listings/{home(market)}/matches")["items"]) == 1


def test_a_wish_that_ran_out_overnight_is_on_no_page(market: Market) -> None:
    search = market.wish(valid_until="2099-01-01")
    market.home(home(market), "activated")
    market.room.db.searches.update_one({"_id": search}, {"$set": {"valid_until": "2020-01-01"}})
    assert market.page(f"listings/{home(market)}/matches")["items"] == []
    assert market.page(f"saved-searches/{search}/matches")["items"] == []


def test_the_list_of_wishes_filters_and_pages(market: Market) -> None:
    mine = [market.wish("c1", deliver=False) for _ in range(5)]
    paused = market.wish("c1", status="paused", deliver=False)
    market.wish("c2", deliver=False)
    items = every(market, "saved-searches", 2, contact_id="c1", status="active")
    assert [item["id"] for item in items] == mine[::-1]
    assert [item["id"] for item in every(market, "saved-searches", 2, status="paused")] == [paused]


def test_unknown_words_and_places_are_taken_with_a_warning(market: Market) -> None:
    body = {
        "contact_id": "c1",
        "transaction": "sale",
        "areas": [{"place": {"city": "Sevila"}}, {"place": {"city": "Nowhere-by-Sea"}}],
        "must_have": ["wine cave"],
    }
    made = market.room.call("POST", "/v1/saved-searches", agency=market.agency, json=body).json
    market.deliver()
    assert [warning.split(":")[0] for warning in made["warnings"]] == ["must_have", "areas.1.place"]
    market.home(home(market), "activated", features=["Wine Cave"])
    assert market.current() == {(home(market), made["id"]): "match"}


def test_a_patched_search_keeps_what_was_not_mentioned(market: Market) -> None:
    search = market.wish(name="Familia", bedrooms_min=2, alerts="daily", alert_possible=True)
    before = market.page(f"saved-searches/{search}")
    market.rewish(search, bedrooms_min=3)
    after = market.page(f"saved-searches/{search}")
    changing = {"bedrooms_min", "version", "changed_at"}
    assert {k: v for k, v in before.items() if k not in changing} == {
        k: v for k, v in after.items() if k not in changing
    }
    assert (after["bedrooms_min"], after["version"]) == (3, 2)
