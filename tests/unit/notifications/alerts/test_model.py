"""Which matches are worth an alert, and which alerts are the same."""

from __future__ import annotations

from typing import Any

import pytest

from services.notifications.alerts import model
from shared.contracts.matching import SearchMatch


def a_match(**facts: Any) -> SearchMatch:
    """A match of one person's search with a home."""
    known = {"contact_id": "c", "saved_search_id": "s", "search_sequence": 1, "score": 90, "confidence": 90}
    return SearchMatch(**known | facts)


@pytest.mark.parametrize(
    ("kind", "alerts", "alert_possible", "is_wanted"),
    [
        ("match", "instant", False, True),
        ("match", "weekly", False, True),
        ("match", "off", True, False),
        ("possible", "instant", False, False),
        ("possible", "instant", True, True),
        ("possible", "off", True, False),
        ("near", "instant", True, False),
        ("near", "daily", False, False),
    ],
)
def test_near_is_never_told_and_possible_only_to_those_who_asked(
    kind: str, alerts: str, alert_possible: bool, is_wanted: bool
) -> None:
    match = a_match(kind=kind, alerts=alerts, alert_possible=alert_possible)
    assert model.worth_an_alert([match]) == ([match] if is_wanted else [])


def test_a_match_that_says_nothing_of_possible_ones_asks_for_none() -> None:
    assert model.worth_an_alert([a_match(kind="possible", alerts="instant")]) == []


def test_only_person_home_and_price_make_the_key() -> None:
    key = model.delivery_key("a", "c", "l", 30_000_000, "EUR")
    assert key == model.delivery_key("a", "c", "l", 30_000_000, "EUR")
    others = {
        model.delivery_key("b", "c", "l", 30_000_000, "EUR"),
        model.delivery_key("a", "d", "l", 30_000_000, "EUR"),
        model.delivery_key("a", "c", "m", 30_000_000, "EUR"),
        model.delivery_key("a", "c", "l", 30_000_001, "EUR"),
        model.delivery_key("a", "c", "l", 30_000_000, "SEK"),
        model.delivery_key("a", "c", "l", None, None),
        model.delivery_key("ac", "", "l", 30_000_000, "EUR"),
    }
    assert len(others) == 7
    assert key not in others
