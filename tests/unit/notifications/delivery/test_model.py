"""The states of a delivery: which transitions there are, which are refused, and what each remembers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.notifications.delivery import model
from services.notifications.delivery.documents import MatchRow
from services.notifications.delivery.model import Decision, Delivery, TransitionRefused
from services.notifications.pairs.model import PairRow
from services.notifications.people.model import ContactRow, Person, ReachableRow

REACHABLE: ReachableRow = {"full_name": "Eva", "addresses": {"email": {"value": "eva@example.com"}}}
CONTACT: ContactRow = {"language": "sl", "time_zone": "UTC"}
EVA = Person(CONTACT, REACHABLE, {"alerts:email": "granted"})
NO_CONSENT, STRANGER = Person(CONTACT, REACHABLE), Person(None, None)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATER = NOON + timedelta(minutes=5)


def a_delivery(state: str = "queued", **facts: Any) -> Delivery:
    """An alert to Eva about a home, as it was stored."""
    known = {"id": "d", "agency_id": "a", "contact_id": "c", "listing_id": "l", "kind": "alert", "version": 3}
    matches = {"s1": a_match()}
    stored = {"created_at": NOON, "not_before": NOON, "matches": matches, "listing": {"id": "l", "sequence": 2}}
    return Delivery(state=state, **known | stored | facts)


def a_match(search: str = "s1", alerts: str = "instant") -> MatchRow:
    """A match of Eva's search, as it travelled."""
    return {"contact_id": "c", "saved_search_id": search, "kind": "match", "alerts": alerts}


@pytest.mark.parametrize(
    ("person", "decision"),
    [
        (EVA, Decision("queued")),
        (STRANGER, Decision("waiting", "contact_unknown")),
        (NO_CONSENT, Decision("skipped", "no_consent")),
    ],
)
def test_an_alert_waits_for_people_who_are_not_known_yet(person: Person, decision: Decision) -> None:
    assert model.decide(person, "alerts", "instant") == decision


def test_a_letter_waits_for_nobody() -> None:
    assert model.decide(STRANGER, "letters", "instant") == Decision("skipped", "contact_unknown")


@pytest.mark.parametrize("frequency", ["daily", "weekly"])
def test_what_goes_into_a_digest_is_held_once_every_gate_is_open(frequency: str) -> None:
    assert model.decide(EVA, "alerts", frequency) == Decision("held", frequency)
    assert model.decide(NO_CONSENT, "alerts", frequency) == Decision("skipped", "no_consent")


@pytest.mark.parametrize(
    ("stated", "counts"),
    [(["weekly", "daily", "instant"], "instant"), (["weekly", "daily"], "daily"), (["weekly"], "weekly")],
)
def test_the_most_urgent_search_decides(stated: list[str], counts: str) -> None:
    assert model.most_urgent([{"alerts": alerts} for alerts in stated]) == counts


def test_delays_grow_to_an_hour_and_end_after_a_day() -> None:
    waits = [model.retry_at(attempt, NOON, NOON) for attempt in range(1, 9)]
    assert [int((at - NOON).total_seconds()) for at in waits if at] == [5, 30, 120, 600, 1800, 3600, 3600, 3600]
    assert model.retry_at(30, NOON, NOON + timedelta(hours=24)) == NOON + timedelta(hours=25)
    assert model.retry_at(30, NOON, NOON + timedelta(hours=24, seconds=1)) is None


TRANSITIONS: dict[str, tuple[Callable[[Delivery], None], set[str]]] = {
    "cancel": (lambda d: d.cancel("match_lost"), {"queued", "held", "waiting"}),
    "join": (lambda d: d.join([a_match("s2")], EVA, LATER), {"queued", "held", "waiting"}),
    "drop_matches": (lambda d: d.drop_matches(["s1"]), {"queued", "held", "waiting"}),
    "release": (lambda d: d.release(LATER), {"waiting"}),
    "reconsider": (lambda d: d.reconsider(EVA, LATER), {"waiting", "skipped", "canceled"}),
    "revive": (
        lambda d: d.revive([a_match()], {"id": "l", "sequence": 3}, "price", EVA, LATER),
        {"skipped", "canceled"},
    ),
    "resend": (lambda d: d.resend(LATER), {"unknown", "failed"}),
    "begin_hand_over": (lambda d: d.begin_hand_over(LATER), {"claimed"}),
    "renew_lease": (lambda d: d.renew_lease(LATER), {"claimed"}),
    "conclude": (lambda d: d.conclude("sent", LATER), {"claimed", "handing_over"}),
    "postpone": (lambda d: d.postpone(LATER, "busy"), {"claimed", "handing_over"}),
    "lapse": (lambda d: d.lapse(LATER), {"claimed", "handing_over"}),
}


@pytest.mark.parametrize("state", model.STATES)
@pytest.mark.parametrize("name", TRANSITIONS)
def test_a_transition_is_refused_in_every_state_but_its_own(name: str, state: str) -> None:
    transition, allowed = TRANSITIONS[name]
    delivery = a_delivery(state, attempts=1)
    if state in allowed:
        transition(delivery)
        assert delivery.changed
    else:
        with pytest.raises(TransitionRefused) as refused:
            transition(delivery)
        error = refused.value.error
        assert error.code == ("not_resendable" if name == "resend" else "no_transition")
        assert error.figures == {"state": state}
        assert (delivery, delivery.changed) == (a_delivery(state, attempts=1), set())


def test_a_transition_remembers_what_it_changed_until_that_is_saved() -> None:
    delivery = a_delivery()
    delivery.cancel("price_changed")
    assert (delivery.state, delivery.reason, delivery.is_news) == ("canceled", "price_changed", True)
    assert delivery.changed == {"state", "reason"}
    delivery.mark_saved()
    assert (delivery.version, delivery.changed, delivery.is_news) == (4, set(), False)


def test_one_alert_names_every_search_that_the_home_meets() -> None:
    delivery = a_delivery("held", reason="daily", matches={"s1": a_match(alerts="daily")}, frequency="daily")
    delivery.join([a_match("s2", "weekly")], EVA, LATER)
    assert (delivery.state, delivery.frequency, sorted(delivery.matches)) == ("held", "daily", ["s1", "s2"])
    delivery.join([a_match("s3")], EVA, LATER)
    assert (delivery.state, delivery.frequency, delivery.not_before) == ("queued", "instant", LATER)


def test_an_alert_ends_with_the_last_search_that_the_home_met() -> None:
    delivery = a_delivery(matches={"s1": a_match("s1"), "s2": a_match("s2")})
    delivery.drop_matches(["s1"])
    assert (delivery.state, sorted(delivery.matches)) == ("queued", ["s2"])
    delivery.drop_matches(["s2"])
    assert (delivery.state, delivery.reason) == ("canceled", "match_lost")


def test_a_pair_that_meets_again_begins_anew_unless_the_same_gate_is_closed() -> None:
    skipped = a_delivery("skipped", reason="no_consent", attempts=4)
    skipped.revive([a_match()], {"id": "l", "sequence": 3}, "criteria", NO_CONSENT, LATER)
    assert skipped.changed == set()
    skipped.revive([a_match()], {"id": "l", "sequence": 3}, "criteria", EVA, LATER)
    assert (skipped.state, skipped.reason, skipped.attempts, skipped.created_at) == ("queued", None, 0, LATER)
    assert skipped.listing["sequence"] == 3


def test_what_still_waits_stays_as_it_is() -> None:
    delivery = a_delivery("waiting", reason="contact_unknown")
    delivery.reconsider(STRANGER, LATER)
    assert delivery.changed == set()
    delivery.reconsider(NO_CONSENT, LATER)
    assert (delivery.state, delivery.reason) == ("skipped", "no_consent")


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"kind": "alert"}, "not_a_letter"),
        ({"kind": "letter", "attempts": 1}, "has_left"),
        ({"kind": "letter", "state": "claimed"}, "has_left"),
        ({"kind": "letter", "state": "sent"}, "has_left"),
    ],
)
def test_only_a_letter_that_no_sender_has_claimed_is_called_off(facts: dict[str, Any], code: str) -> None:
    with pytest.raises(TransitionRefused) as refused:
        a_delivery(**facts).call_off()
    assert refused.value.error.code == code


def test_a_letter_is_called_off_once() -> None:
    letter = a_delivery(kind="letter")
    letter.call_off()
    assert (letter.state, letter.reason) == ("canceled", "called_off")
    letter.mark_saved()
    letter.call_off()
    assert letter.changed == set()


def test_an_erased_persons_letter_is_not_sent_again_since_nothing_of_it_is_left() -> None:
    with pytest.raises(TransitionRefused):
        a_delivery("failed", kind="letter", cards=None).resend(LATER)


def test_a_passing_refusal_is_tried_again_and_others_do_not_hear_of_it() -> None:
    delivery = a_delivery("handing_over", attempts=2)
    delivery.postpone(LATER, "RCPT: busy")
    assert (delivery.state, delivery.reason, delivery.detail) == ("queued", "deferred", "RCPT: busy")
    assert (delivery.not_before, delivery.is_news) == (LATER + timedelta(seconds=30), False)


def test_what_was_refused_for_a_day_has_failed() -> None:
    delivery = a_delivery("claimed", attempts=40)
    delivery.postpone(NOON + timedelta(hours=25), "busy")
    assert (delivery.state, delivery.reason, delivery.is_news) == ("failed", "deferred", True)


def test_a_sent_delivery_keeps_nothing_of_an_earlier_refusal() -> None:
    delivery = a_delivery("handing_over", reason="deferred", detail="RCPT: busy", attempts=2)
    delivery.conclude("sent", LATER)
    assert (delivery.reason, delivery.detail, delivery.sent_at) == (None, None, LATER)


def test_a_lease_that_ran_out_while_handing_over_leaves_an_unknown() -> None:
    delivery = a_delivery("handing_over")
    delivery.lapse(LATER)
    assert (delivery.state, delivery.reason) == ("unknown", "stopped_during_handover")


def test_what_ends_every_process_that_claims_it_is_given_up() -> None:
    delivery = a_delivery("claimed", lapses=model.MOST_LAPSES - 2)
    delivery.lapse(LATER)
    assert (delivery.state, delivery.is_news) == ("queued", False)
    delivery.state = "claimed"
    delivery.lapse(LATER)
    assert (delivery.state, delivery.reason) == ("failed", "stopped_before_handover")


def a_pair(live: bool) -> PairRow:
    """A pair of the home and Eva's search."""
    names = {"_id": "l:s1", "agency_id": "a", "listing_id": "l", "saved_search_id": "s1", "contact_id": "c"}
    stamps = {"listing_sequence": 2, "search_sequence": 1, "pair_sequence": 0}
    return PairRow(**names | stamps, live=live)  # type: ignore[typeddict-item]


@pytest.mark.parametrize(
    ("person", "status", "live", "agency", "decision"),
    [
        (EVA, None, True, True, Decision("queued")),
        (NO_CONSENT, None, True, True, Decision("skipped", "no_consent")),
        (EVA, {"standard_status": "pending", "sequence": 3}, True, True, Decision("canceled", "listing_pending")),
        (EVA, {"standard_status": "pending", "sequence": 2}, True, True, Decision("queued")),
        (EVA, None, False, True, Decision("canceled", "match_lost")),
        (EVA, None, True, False, Decision("waiting", "agency_unknown")),
    ],
)
def test_nothing_leaves_that_news_since_has_made_wrong(
    person: Person, status: Any, live: bool, agency: bool, decision: Decision
) -> None:
    assert model.decide_departure(a_delivery("claimed"), person, status, [a_pair(live)], agency) == decision


def test_a_letter_leaves_whatever_became_of_the_pair() -> None:
    letter = a_delivery("claimed", kind="letter")
    assert model.decide_departure(letter, EVA, None, [], True) == Decision("queued")
