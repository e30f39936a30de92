"""The rules of a delivery: gates, what is worth an alert, keys, retries, newer and older news."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.notifications.delivery import model
from services.notifications.delivery.model import Decision, Person
from shared.contracts.matching import FoundMatch

REACH = {"full_name": "Eva", "addresses": {"email": {"value": "eva@example.com"}}}
GRANTED, WITHDRAWN = {"state": "granted"}, {"state": "withdrawn"}
CONTACT = {"language": "sl", "time_zone": "UTC"}
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("person", "decision"),
    [
        (Person(CONTACT, REACH, GRANTED), Decision("queued")),
        (Person(None, None, None), Decision("waiting", "contact_unknown")),
        (Person(CONTACT, None, GRANTED), Decision("waiting", "contact_unknown")),
        (Person(None, REACH, GRANTED), Decision("waiting", "contact_unknown")),
        (Person(CONTACT, REACH, None), Decision("skipped", "no_consent")),
        (Person(CONTACT, REACH, WITHDRAWN), Decision("skipped", "no_consent")),
        (Person(CONTACT, {"addresses": {"phone": {"value": "1"}}}, GRANTED), Decision("skipped", "no_address")),
        (Person(CONTACT, REACH, GRANTED, suppressed=True), Decision("skipped", "suppressed")),
        (Person({"erased": True}, None, None), Decision("skipped", "erased")),
    ],
)
def test_the_first_shut_gate_decides(person: Person, decision: Decision) -> None:
    assert model.decide(person, "instant") == decision


@pytest.mark.parametrize("frequency", ["daily", "weekly"])
def test_what_goes_into_a_digest_is_held_once_every_gate_is_open(frequency: str) -> None:
    assert model.decide(Person(CONTACT, REACH, GRANTED), frequency) == Decision("held", frequency)
    assert model.decide(Person(CONTACT, REACH, WITHDRAWN), frequency) == Decision("skipped", "no_consent")


def a_match(**facts: Any) -> FoundMatch:
    """A match of one person's search with a home."""
    known = {"contact_id": "c", "saved_search_id": "s", "search_sequence": 1, "score": 90, "confidence": 90}
    return FoundMatch(**known | facts)


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
    assert model.wanted([match]) == ([match] if is_wanted else [])


def test_a_match_that_says_nothing_of_possible_ones_asks_for_none() -> None:
    assert model.wanted([a_match(kind="possible", alerts="instant")]) == []


@pytest.mark.parametrize(
    ("stated", "counts"),
    [(["weekly", "daily", "instant"], "instant"), (["weekly", "daily"], "daily"), (["weekly"], "weekly")],
)
def test_the_most_urgent_search_decides(stated: list[str], counts: str) -> None:
    assert model.most_urgent([{"alerts": alerts} for alerts in stated]) == counts


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


def test_delays_grow_to_an_hour_and_end_after_a_day() -> None:
    waits = [model.retry_at(attempt, NOON, NOON) for attempt in range(1, 9)]
    assert [int((at - NOON).total_seconds()) for at in waits if at] == [5, 30, 120, 600, 1800, 3600, 3600, 3600]
    assert model.retry_at(30, NOON, NOON + timedelta(hours=24)) == NOON + timedelta(hours=25)
    assert model.retry_at(30, NOON, NOON + timedelta(hours=24, seconds=1)) is None


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
    assert model.outdates(pair, told) is outdated
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


def test_the_address_is_the_one_for_mail() -> None:
    assert Person(CONTACT, REACH, None).address == "eva@example.com"
    assert Person(CONTACT, {"addresses": {}}, None).address is None
    assert Person(CONTACT, None, None).address is None
