"""What would make one pair a match, and what each change opens besides."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.matching.market import Market


def ask(market: Market, search: str, listing: str, **options: Any) -> Any:
    query = {"saved_search_id": search, "listing_id": listing}
    return market.room.call("GET", "/v1/improvements", query_string=query, **{"agency": market.agency, **options})


def test_a_price_down_counts_the_others_it_brings_and_a_budget_up_the_listings_it_opens(market: Market) -> None:
    home, other = f"{market.agency}-home", f"{market.agency}-other"
    market.home(home, "activated", list_price=300_000)
    market.home(other, "activated", list_price=299_000)
    search = market.wish("c1", list_price_max=280_000)
    market.wish("c2", list_price_max=285_000)
    market.wish("c2", list_price_max=290_000)
    market.wish("c3", list_price_max=320_000)
    reply = ask(market, search, home).json
    assert (reply["contact_id"], reply["together"]) == ("c1", False)
    lower, budget = reply["items"]
    assert (lower["code"], lower["side"], lower["price"], lower["opens_contacts"]) == (
        *("lower_price", "listing", 280_000),
        1,
    )
    assert (budget["code"], budget["patch"]) == ("raise_budget", {"list_price_max": 300_000})
    # this listing and the one that costs a little less
    assert (budget["opens_contacts"], budget["opens_listings"]) == (None, 2)


def test_the_patch_that_is_offered_makes_the_pair_a_match(market: Market) -> None:
    home = f"{market.agency}-home"
    market.home(home, "activated", features_absent=["pool"])
    search = market.wish("c1", must_have=["Piscina"])
    (change,) = ask(market, search, home).json["items"]
    assert (change["code"], change["figures"]) == ("drop_must_have", {"feature": "pool"})
    market.rewish(search, **change["patch"])
    assert market.current() == {(home, search): "match"}
    assert ask(market, search, home).json["items"] == []


def test_where_several_criteria_are_missing_none_alone_opens_anything(market: Market) -> None:
    home = f"{market.agency}-home"
    market.home(home, "activated", bedrooms_total=1)
    search = market.wish("c1", list_price_max=250_000, bedrooms_min=3)
    reply = ask(market, search, home).json
    assert (reply["together"], [one["code"] for one in reply["items"]]) == (
        True,
        ["lower_price", "raise_budget", "lower_bound"],
    )
    assert {(one["opens_contacts"], one["opens_listings"]) for one in reply["items"]} == {(None, None)}


def test_a_change_that_would_leave_nothing_that_decides_is_not_offered(market: Market) -> None:
    home = f"{market.agency}-home"
    market.home(home, "activated", features_absent=["pool"])
    search = market.wish("c1", list_price_max=None, currency=None, must_have=["pool"])
    assert ask(market, search, home).json["items"] == []


def test_a_shut_gate_has_no_remedy(market: Market) -> None:
    home = f"{market.agency}-home"
    market.home(home, "activated")
    search = market.wish("c1", list_price_max=280_000)
    market.rewish(search, status="paused")
    assert ask(market, search, home).json["items"] == []


@pytest.mark.parametrize(("role", "status"), [("prospect", 403), ("agent", 200), ("manager", 200)])
def test_only_staff_may_ask(market: Market, role: str, status: int) -> None:
    home = f"{market.agency}-home"
    market.home(home, "activated")
    search = market.wish("c1")
    assert ask(market, search, home, role=role).status_code == status
    assert ask(market, search, home, agency="agency-elsewhere").status_code == 404


def test_an_explanation_has_the_gates_of_the_wishes_and_a_reason_for_each_criterion(market: Market) -> None:
    home = f"{market.agency}-home"
    market.home(home, "activated")
    search = market.wish("c1", bathrooms_min=1, alerts="daily")
    pair = market.page("explain", saved_search_id=search, listing_id=home)
    assert pair["gates"] == [
        {"code": "search_active", "open": True, "value": "active"},
        {"code": "search_valid", "open": True, "value": None},
        {"code": "alerts_on", "open": True, "value": "daily"},
        {"code": "kind_wanted", "open": False, "value": "possible"},
    ]
    price, bathrooms = pair["criteria"]
    assert (price["reason"]["code"], price["most"], price["earned"]) == ("price.under", 60.0, 60.0)
    assert (bathrooms["reason"]["code"], bathrooms["most"], bathrooms["earned"]) == ("bathrooms.unknown", 40.0, 0.0)
