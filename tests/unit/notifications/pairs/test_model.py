"""Newer and older reports of a pair, and homes that left the market."""

from __future__ import annotations

import pytest

from services.notifications.pairs import model


@pytest.mark.parametrize(
    ("known", "told", "outdated"),
    [
        (None, (1, 1, 0), False),
        ((1, 1, 0), (1, 1, 0), True),
        ((2, 1, 0), (1, 1, 0), True),
        ((1, 2, 0), (1, 1, 0), True),
        ((1, 1, 1), (1, 1, 0), True),
        ((1, 1, 0), (2, 1, 0), False),
        ((2, 1, 0), (1, 2, 0), False),
        ((1, 1, 0), (1, 1, 1), False),
    ],
)
def test_news_is_outdated_by_what_is_as_new_in_every_version(
    known: tuple[int, int, int] | None, told: tuple[int, int, int], outdated: bool
) -> None:
    names = ("listing_sequence", "search_sequence", "pair_sequence")
    pair = known and dict(zip(names, known, strict=True))
    assert model.is_outdated(pair, told) is outdated
    assert pair is None or model.stamps_of(pair) == known


@pytest.mark.parametrize(
    ("home", "is_off"),
    [
        (None, False),
        ({"standard_status": "active", "sequence": 9}, False),
        ({"standard_status": "withdrawn", "sequence": 3}, True),
        ({"standard_status": "withdrawn", "sequence": 2}, False),
        ({"standard_status": "withdrawn", "sequence": 1}, False),
    ],
)
def test_a_home_is_off_the_market_only_by_news_later_than_the_alert(
    home: dict[str, object] | None, is_off: bool
) -> None:
    assert model.is_off_market(home, 2) is is_off
