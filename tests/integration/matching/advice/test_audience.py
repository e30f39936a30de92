"""Whom another price or a new listing would be news to: exactly those that matching then publishes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.matching.market import HOME, Market

Audience = dict[str, Any]
WISHES: dict[str, dict[str, Any]] = {
    "fits-already": {"list_price_max": 310_000},
    "fits-then": {"list_price_max": 285_000},
    "fits-then-silently": {"list_price_max": 285_000, "alerts": "off"},
    "fits-then-weekly": {"list_price_max": 285_000, "alerts": "weekly"},
    "possible": {"list_price_max": 285_000, "bathrooms_min": 1, "alert_possible": True},
    "near-now": {"list_price_max": 290_000},
    "near-then": {"list_price_max": 275_000},
    "falls-out": {"list_price_min": 290_000, "list_price_max": 400_000},
    "never": {"list_price_max": 100_000},
}


@pytest.fixture
def home(market: Market) -> str:
    home = f"{market.agency}-home"
    market.home(home, "activated", list_price=300_000)
    for contact, wanted in WISHES.items():
        market.wish(contact, **wanted)
    return home


def pairs(audience: Audience) -> set[tuple[str, str, str]]:
    return {(pair["saved_search_id"], pair["kind"], pair["entered_by"]) for pair in audience["pairs"]}


def contacts(audience: Audience) -> set[str]:
    return {pair["contact_id"] for pair in audience["pairs"]}


def test_another_price_is_news_to_exactly_those_whom_matching_then_publishes(market: Market, home: str) -> None:
    audience = market.page(f"listings/{home}/audience", price=280_000)
    market.told.clear()
    market.home(home, "price_changed", list_price=280_000)
    assert pairs(audience) == set(market.found())
    # those whom it suits already hear of the lower price too
    assert contacts(audience) == {
        *("fits-already", "fits-then", "fits-then-silently", "fits-then-weekly", "possible", "near-now"),
    }
    assert (audience["contacts"], audience["price"], audience["currency"]) == (6, 280_000, "EUR")


def test_a_pair_says_which_alerts_its_search_asks_for(market: Market, home: str) -> None:
    audience = market.page(f"listings/{home}/audience", price=280_000)
    by_contact = {pair["contact_id"]: pair for pair in audience["pairs"]}
    assert by_contact["fits-then-silently"]["alerts"] == "off"
    assert by_contact["fits-then-weekly"]["alerts"] == "weekly"
    possible = by_contact["possible"]
    assert (possible["kind"], possible["alerts"], possible["alert_possible"]) == ("possible", "instant", True)


def test_a_higher_price_is_news_only_to_whom_it_brings(market: Market, home: str) -> None:
    audience = market.page(f"listings/{home}/audience", price=305_000)
    market.told.clear()
    market.home(home, "price_changed", list_price=305_000)
    assert pairs(audience) == set(market.found()) == set()


def test_a_draft_is_news_to_exactly_those_whom_matching_publishes_once_it_is_added(market: Market, home: str) -> None:
    facts = {name: value for name, value in HOME.items() if name != "standard_status"} | {"street_name": "Calle Luna"}
    answer = market.room.call("POST", "/v1/listings/audience", agency=market.agency, json=facts)
    assert (answer.status_code, answer.json["listing_id"]) == (200, None)
    market.told.clear()
    market.home(f"{market.agency}-second", "activated")
    assert pairs(answer.json) == set(market.found())
    assert contacts(answer.json) == {"fits-already", "falls-out"}
    assert market.page(f"listings/{market.agency}-second/match-counts")["match"] == 2


def test_who_said_no_hears_no_more(market: Market, home: str) -> None:
    path = f"/v1/contacts/fits-then/listings/{home}"
    market.room.call("PUT", path, agency=market.agency, json={"preference": "discard"})
    assert "fits-then" not in contacts(market.page(f"listings/{home}/audience", price=280_000))


def test_a_listing_off_the_market_says_so(market: Market, home: str) -> None:
    market.home(home, "status_changed", standard_status="pending", list_price=300_000)
    audience = market.page(f"listings/{home}/audience", price=280_000)
    assert (audience["on_market"], "fits-then" in contacts(audience)) == (False, True)


def test_more_than_two_hundred_are_all_named(market: Market) -> None:
    home = f"{market.agency}-home"
    market.home(home, "activated", standard_status="pending")
    for number in range(205):
        market.wish(f"c{number:03}", deliver=False)
    market.deliver()
    assert market.page(f"listings/{home}/audience")["contacts"] == 205


@pytest.mark.parametrize("facts", [{}, {"transaction": "rent"}, {"transaction": "sale", "list_price": 1}])
def test_a_draft_that_cannot_be_compared_is_refused(market: Market, facts: dict[str, Any]) -> None:
    answer = market.room.call("POST", "/v1/listings/audience", agency=market.agency, json=facts)
    assert answer.status_code == 422
    assert answer.json["errors"]


def test_another_agencys_listing_is_not_there_and_prospects_may_not_ask(market: Market, home: str) -> None:
    path = f"/v1/listings/{home}/audience"
    assert market.room.call("GET", path, agency="agency-elsewhere").status_code == 404
    assert market.room.call("GET", path, role="prospect", agency=market.agency).status_code == 403
