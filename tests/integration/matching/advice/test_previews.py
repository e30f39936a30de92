"""Previews, demand, similar homes: over HTTP, from the index of the web process."""

from __future__ import annotations

from typing import Any

import pytest

from services.matching.following import recent_listings as remembered
from services.matching.schemas.matches import MatchOut
from tests.integration.matching.market import WISH, Market

DRAFT: dict[str, Any] = {"transaction": "sale", "currency": "EUR", "list_price_max": 300_000, "must_have": ["lift"]}


def preview(market: Market, wishes: dict[str, Any], **headers: str) -> Any:
    path = "/v1/saved-searches/preview"
    return market.room.call("POST", path, agency=market.agency, json=wishes, headers=headers)


def prospect(market: Market, contact_id: str) -> dict[str, str]:
    return market.room.issuer.headers("prospect", market.agency, contact_id=contact_id)


def street(market: Market) -> dict[str, str]:
    """Five homes by what they are."""
    homes: dict[str, dict[str, Any]] = {
        "fits": {"list_price": 290_000},
        "dear": {"list_price": 310_000},
        "stairs": {"list_price": 280_000, "features": [], "features_absent": ["lift"]},
        "silent": {"list_price": 280_000, "features": []},
        "sold": {"list_price": 200_000, "standard_status": "pending"},
    }
    for name, facts in homes.items():
        market.home(f"{market.agency}-{name}", "activated", **facts)
    return {name: f"{market.agency}-{name}" for name in homes}


def test_a_draft_is_told_what_it_finds_and_what_would_find_more(market: Market) -> None:
    homes = street(market)
    answer = preview(market, DRAFT)
    assert answer.status_code == 200, answer.json
    told = answer.json
    assert (told["everything"], told["total"], told["possible"], told["near"]) == (4, 1, 1, 1)
    assert told["funnel"] == [
        {"criterion": "price", "label": "price", "left": 3},
        {"criterion": "must_have.lift", "label": "lift", "left": 1},
    ]
    assert [(one["criterion"], one["count"]) for one in told["misses_by_one"]] == [("price", 1), ("must_have.lift", 1)]
    gains = {one["change"]: one for one in told["counterfactuals"]}
    assert gains["must_have.without"]["text"] == "without lift: 2 more homes"
    assert gains["price.raise"]["text"] == "with 5% more budget, up to €315,000: 1 more home"
    assert [one["listing_id"] for one in told["top"]] == [homes["fits"], homes["silent"]]
    assert told["top"][0]["reasons"][0]["text"] == "€10,000 under budget"
    assert told["top"][0]["listing"]["id"] == homes["fits"]
    # they are told as they were put together; what the document promises must be all and nothing but that
    assert MatchOut(many=True).dump(told["top"]) == told["top"]
    assert MatchOut(many=True).validate(told["top"]) == {}


def test_a_preview_is_stored_nowhere_and_its_patches_hold_what_they_promise(market: Market) -> None:
    street(market)
    before = preview(market, DRAFT).json
    for one in before["counterfactuals"]:
        after = preview(market, DRAFT | one["patch"]).json
        assert after["total"] == before["total"] + one["gain"]
    assert market.room.db.searches.count_documents({"agency_id": market.agency}) == 0
    assert market.pending() == []


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("es", "sin ascensor: 2 viviendas más"),
        ("pt", "sem elevador: mais 2 casas"),
        ("sl", "brez zahteve »dvigalo«: še 2 nepremičnini"),
        ("sv", "utan hiss: 2 bostäder till"),
    ],
)
def test_advice_speaks_the_language_of_its_reader(market: Market, language: str, sentence: str) -> None:
    street(market)
    assert sentence in [
        one["text"] for one in preview(market, DRAFT, **{"Accept-Language": language}).json["counterfactuals"]
    ]


def test_a_prospects_draft_leaves_out_what_is_their_own(market: Market) -> None:
    home = f"{market.agency}-own"
    market.home(home, "activated", owner_contact_ids=["c1"])
    asked = preview(market, WISH, **prospect(market, "c1"))
    assert (asked.status_code, asked.json["total"]) == (200, 0)
    assert preview(market, WISH, **prospect(market, "c2")).json["total"] == 1


def test_a_home_is_read_once_and_again_as_soon_as_it_changes(market: Market) -> None:
    home = f"{market.agency}-home"

    def shown() -> list[Any]:
        return [one["listing"]["list_price"] for one in preview(market, WISH).json["top"]]

    market.home(home, "activated")
    assert shown() == [300_000]
    # behind everybody's back: no change of Lintel's keeps the sequence
    changed = market.room.db.listings.update_one({"_id": home}, {"$set": {"wire.list_price": 1}})
    assert changed.modified_count == 1
    assert shown() == [300_000]
    market.home(home, list_price=290_000)
    assert shown() == [290_000]


def test_homes_are_not_remembered_for_ever(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "REMEMBERED", 2)
    kept = market.room.client.application.extensions["lintel"]["deps"].recent_listings._kept
    for rooms, name in enumerate("abc", start=3):
        market.home(f"{market.agency}-{name}", "activated", bedrooms_total=rooms)
        assert preview(market, WISH | {"bedrooms_min": rooms, "bedrooms_max": rooms}).json["total"] == 1
    assert list(kept) == [(market.agency, f"{market.agency}-{name}") for name in "bc"]


def test_another_agencys_homes_are_not_counted(market: Market) -> None:
    street(market)
    answer = market.room.call("POST", "/v1/saved-searches/preview", agency=f"{market.agency}-other", json=DRAFT)
    assert (answer.json["everything"], answer.json["top"]) == (0, [])


def test_demand_counts_people_at_other_prices(market: Market) -> None:
    home = f"{market.agency}-home"
    market.home(home, "activated", list_price=300_000)
    for contact, most in (("c1", 300_000), ("c1", 310_000), ("c2", 285_000), ("c3", 260_000)):
        market.wish(contact, list_price_max=most)
    told = market.page(f"listings/{home}/demand", prices="280000,250000.5")
    assert [(one["price"], one["searches"], one["contacts"], one["current"]) for one in told["curve"]] == [
        (250_000.5, 4, 3, False),
        (280_000, 3, 2, False),
        (300_000, 2, 1, True),
    ]
    assert [one["text"] for one in told["curve"]] == [
        "3 buyers at €250,000.50",
        "2 buyers at €280,000",
        "1 buyer at €300,000",
    ]
    around = market.page(f"listings/{home}/demand")
    assert [one["price"] for one in around["curve"]] == [270_000, 285_000, 292_500, 300_000, 307_500, 315_000]


def test_demand_is_told_for_a_home_that_is_not_yet_on_the_market(market: Market) -> None:
    home = f"{market.agency}-home"
    market.home(home, "changed", standard_status="coming_soon", list_price=None, transaction="lease")
    market.wish("c1", transaction="lease", list_price_max=900)
    assert market.page(f"listings/{home}/demand", prices="900")["curve"][0]["text"] == "1 tenant at €900"
    answer = market.room.call("GET", f"/v1/listings/{home}/demand", agency=market.agency)
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["prices"])


@pytest.mark.parametrize("prices", ["a", "1,2,x", "-1", "1.005", "1e5", "NaN", ",".join(["1"] * 21), "9" * 20, "1_000"])
def test_prices_that_nobody_means_are_refused_by_name(market: Market, prices: str) -> None:
    home = f"{market.agency}-home"
    market.home(home, "activated")
    answer = market.room.call(
        "GET", f"/v1/listings/{home}/demand", agency=market.agency, query_string={"prices": prices}
    )
    assert (answer.status_code, "prices" in str(answer.json["errors"])) == (422, True)


def test_similar_homes_come_most_alike_first_and_say_why(market: Market) -> None:
    here = {"latitude": 37.38, "longitude": -5.99}
    homes: dict[str, dict[str, Any]] = {
        "mine": here,
        "twin": here | {"latitude": 37.381, "list_price": 305_000},
        "cousin": here | {"latitude": 37.40, "list_price": 340_000, "features": [], "bedrooms_total": 2},
        "far": here | {"latitude": 37.9},
        "let": here | {"transaction": "lease"},
    }
    for name, facts in homes.items():
        market.home(f"{market.agency}-{name}", "activated", **facts)
    told = market.page(f"listings/{market.agency}-mine/similar")["items"]
    assert [one["listing"]["id"] for one in told] == [f"{market.agency}-twin", f"{market.agency}-cousin"]
    assert told[0]["similarity"] > told[1]["similarity"]
    texts = [reason["text"].replace("\N{NO-BREAK SPACE}", " ") for reason in told[0]["reasons"]]
    assert texts == ["0.1 km away", "€5,000 more expensive", "3 bedrooms too", "flat too", "lift too"]


@pytest.mark.parametrize("path", ["demand", "similar"])
def test_another_agencys_home_does_not_exist(market: Market, path: str) -> None:
    home = f"{market.agency}-home"
    market.home(home, "activated")
    answer = market.room.call("GET", f"/v1/listings/{home}/{path}", agency="agency-of-others")
    assert answer.status_code == 404
