"""A home on a prospect's card, and its price in words."""

from __future__ import annotations

from typing import Any

import pytest

from services.gateway.components.prospect_homes.cards import HomeCard
from services.gateway.components.prospect_homes.opinions import HomeOpinion
from services.gateway.components.prospect_homes.price import PriceText, price_text
from tests.builders import a_listing, a_listing_summary, a_match, a_reason, an_opinion

pytestmark = pytest.mark.usefixtures("in_english")


def test_a_card_has_three_reasons_and_one_thing_that_is_missing() -> None:
    match = a_match(
        reasons=[a_reason(str(n)) for n in range(5)], misses=[a_reason("No lift")], unknowns=[a_reason("?")]
    )
    card = HomeCard.from_match(match)
    assert (card.reasons, card.lacking, card.is_lacking_open) == (["0", "1", "2"], "No lift", False)


def test_what_is_only_not_stated_is_open() -> None:
    card = HomeCard.from_match(a_match(unknowns=[a_reason("Lift: not stated")]))
    assert (card.lacking, card.is_lacking_open) == ("Lift: not stated", True)


@pytest.mark.parametrize(
    ("facts", "is_new"),
    [({}, True), ({"viewed": True}, False), ({"preference": "favorite"}, False), ({"viewed": False}, True)],
)
def test_a_home_is_new_until_it_was_seen_or_answered(facts: dict[str, Any], is_new: bool) -> None:
    assert HomeCard.from_match(a_match(**facts)).is_new is is_new


@pytest.mark.parametrize(("status", "is_gone"), [("active", False), ("withdrawn", True), ("closed", True)])
def test_an_answered_home_that_left_the_market_is_gone(status: str, is_gone: bool) -> None:
    card = HomeCard.from_opinion(HomeOpinion(an_opinion(), a_listing(standard_status=status)))
    assert (card.preference, card.is_gone, card.reasons) == ("favorite", is_gone, ())


def test_the_path_of_a_card_is_quoted() -> None:
    assert HomeCard.from_match(a_match(listing_id="a/b")).path == "/me/homes/a%2Fb"


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({}, PriceText("€295,000")),
        ({"list_price": None}, PriceText("Price on request")),
        ({"transaction": "lease", "list_price": 900}, PriceText("€900", "a month")),
        ({"previous_list_price": 310_000}, PriceText("€295,000", "", "€310,000", "Price down €15,000")),
        ({"previous_list_price": 280_000}, PriceText("€295,000")),
    ],
)
def test_a_price_says_what_it_was_where_it_went_down(facts: dict[str, Any], text: PriceText) -> None:
    assert price_text(a_listing_summary(**facts)) == text
