"""What becomes of a pair: its row, whether it still counts, and whether it is news."""

from __future__ import annotations

from typing import Any

import pytest

from services.matching.crossing.match_row import announcement_of, is_current, price_of, row_of
from services.matching.crossing.match_writer import WriteContext
from services.matching.crossing.pair import Pair
from services.matching.store.feedback import OpinionVersion

PAIR = Pair("home", "wish", "c1", 3, 2, "match", 90, 100)
PRICE: Any = {"list_price": 30_000_000, "currency": "EUR"}
LISTING: Any = {"_id": "home", "sequence": 3, "wire": {"list_price": 300_000, "currency": "EUR"}}
SEARCH: Any = {"_id": "wish", "sequence": 2}


def before(**changes: Any) -> Any:
    return row_of(PAIR, "new", None, PRICE) | changes


@pytest.mark.parametrize(
    ("kind", "row", "expected"),
    [
        ("match", None, ("price", None)),
        ("possible", None, ("price", None)),
        ("near", None, None),
        ("match", before(), None),
        ("match", before(kind="near"), ("price", None)),
        ("match", before(kind="possible"), ("price", None)),
        ("possible", before(), None),
        ("match", before(kind="discarded"), ("price", None)),
        ("match", before(list_price=30_000_100), ("price", 30_000_100)),
        ("match", before(list_price=29_999_900), None),
        ("match", before(list_price=40_000_000, currency="GBP"), None),
        ("match", before(list_price=None), None),
        ("near", before(list_price=40_000_000), None),
    ],
)
def test_a_pair_is_news_when_it_is_new_better_or_cheaper(kind: str, row: Any, expected: Any) -> None:
    announcement = announcement_of(PAIR._replace(kind=kind), "price", PRICE, row)
    assert (announcement and (announcement.entered_by, announcement.previous_price)) == expected


def test_a_cheaper_pair_is_announced_for_its_price_whatever_changed() -> None:
    announcement = announcement_of(PAIR, "criteria", PRICE, before(list_price=31_000_000))
    assert announcement is not None
    assert announcement.entered_by == "price"


def test_a_row_keeps_what_brought_the_pair_in_and_when() -> None:
    first = before()
    again = row_of(PAIR._replace(score=70), "criteria", first, PRICE)
    assert (again["entered_by"], again["found_at"], again["score"]) == ("new", first["found_at"], 70)
    assert again["_id"] == "home:wish"


@pytest.mark.parametrize(("price", "minor"), [(300_000, 30_000_000), (0.1, 10), (None, None)])
def test_a_price_is_kept_in_hundredths(price: float | None, minor: int | None) -> None:
    assert price_of(LISTING | {"wire": {"list_price": price, "currency": "EUR"}})["list_price"] == minor


@pytest.mark.parametrize(
    ("listings", "searches", "expected"),
    [
        ({"home": LISTING}, {"wish": SEARCH}, True),
        ({"home": LISTING | {"sequence": 4}}, {"wish": SEARCH}, False),
        ({"home": LISTING}, {"wish": SEARCH | {"sequence": 3}}, False),
        ({}, {"wish": SEARCH}, False),
        ({"home": LISTING}, {}, False),
    ],
)
def test_a_pair_counts_while_both_sides_are_at_the_versions_that_were_compared(
    listings: Any, searches: Any, expected: bool
) -> None:
    assert is_current(PAIR, listings, searches) is expected


@pytest.mark.parametrize(
    ("opinion", "expected"),
    [(None, True), (OpinionVersion(1, True), False), (OpinionVersion(2, False), True)],
)
def test_a_pair_that_was_discarded_may_have_no_row(opinion: OpinionVersion | None, expected: bool) -> None:
    opinions = {} if opinion is None else {("c1", "home"): opinion}
    context = WriteContext("a", "new", {"home": LISTING}, {"wish": SEARCH}, {}, {}, opinions, None)  # type: ignore[arg-type]
    assert context.is_writable(PAIR) is expected
