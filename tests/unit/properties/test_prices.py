"""What speaks against a price."""

from __future__ import annotations

from typing import Any

import pytest

from services.properties.model import Listing, PriceCheck, check_first_price


def a_listing(**facts: Any) -> Listing:
    """A home for 300,000 EUR."""
    return Listing(
        **{"id": "l", "agency_id": "a", "transaction": "sale", "list_price": 300_000_00, "currency": "EUR"} | facts
    )


@pytest.mark.parametrize(
    ("price", "refusals", "warnings"),
    [
        (280_000_00, (), ()),
        (300_000_00, (), ("price_unchanged",)),
        (150_000_01, (), ()),
        (150_000_00, (), ("price_far_off",)),
        (599_999_99, (), ()),
        (600_000_00, (), ("price_far_off",)),
        (0, ("price_not_positive",), ("price_far_off",)),
        (None, ("price_required",), ()),
    ],
)
def test_a_price_is_held_against_the_one_before(
    price: int | None, refusals: tuple[str, ...], warnings: tuple[str, ...]
) -> None:
    check = a_listing().check_price(price)
    assert (check.previous, check.refusals, check.warnings) == (300_000_00, refusals, warnings)


def test_the_change_is_a_share_of_the_price_before() -> None:
    assert a_listing().check_price(285_000_00).change == pytest.approx(-0.05)


def test_prices_in_two_currencies_are_not_compared() -> None:
    assert a_listing().check_price(300_000_00, "SEK") == PriceCheck(300_000_00)
    assert a_listing(list_price=None).check_price(1_00) == PriceCheck()


def test_the_price_of_a_closed_sale_is_history() -> None:
    assert a_listing(standard_status="closed").check_price(290_000_00).refusals == ("sale_is_closed",)


@pytest.mark.parametrize(
    ("price", "status", "refusals"),
    [
        (None, "active", ("price_required",)),
        (None, "coming_soon", ()),
        (1_00, "active", ()),
        (0, "active", ("price_not_positive",)),
    ],
)
def test_a_home_that_goes_on_the_market_needs_a_price(
    price: int | None, status: str, refusals: tuple[str, ...]
) -> None:
    assert check_first_price(price, status) == PriceCheck(refusals=refusals)
