"""Whom one may write to: people known late, consent given and withdrawn, people who were erased."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations

import pytest

from services.notifications.delivery.reconsider import reconsider_next
from shared.messaging.event import now
from tests.integration.notifications.world import Desk


@pytest.mark.parametrize("order", list(permutations(("contact", "reachable", "consent", "found"))))
def test_what_is_known_of_a_person_may_come_in_any_order(desk: Desk, order: tuple[str, ...]) -> None:
    given = now() - timedelta(seconds=1)
    steps = {
        "contact": lambda: desk.hear("leads.contact.changed", desk.id("new"), {"language": "sv", "time_zone": "UTC"}),
        "reachable": lambda: desk.reach("new"),
        "consent": lambda: desk.consents("new", 1, at=given),
        "found": lambda: desk.found(desk.match("new")),
    }
    for step in order:
        assert steps[step]() == "done"
    assert desk.states() == [("queued", None)]


def test_an_unknown_person_is_waited_for(desk: Desk) -> None:
    desk.found(desk.match("stranger"))
    assert desk.states() == [("waiting", "contact_unknown")]
    desk.knows("stranger", consent=False)
    assert desk.states() == [("skipped", "no_consent")]


def test_news_of_a_person_that_came_in_the_very_moment_of_the_alert_is_not_overlooked(desk: Desk) -> None:
    desk.found(desk.match("stranger"))
    waiting = desk.rows()[0]
    desk.knows("stranger")
    desk.set(waiting, state="waiting", reason="contact_unknown")
    while reconsider_next(desk.room.inbox.deps):
        pass
    assert desk.states() == [("queued", None)]


def test_one_who_stays_unknown_is_looked_at_once_in_a_while(desk: Desk) -> None:
    desk.found(desk.match("stranger"))
    while reconsider_next(desk.room.inbox.deps):
        pass
    assert desk.states() == [("waiting", "contact_unknown")]
    assert desk.rows()[0]["not_before"] > now()


def test_nobody_is_told_without_consent_and_consent_given_later_does_not_reach_back(desk: Desk) -> None:
    desk.knows("ann", consent=False)
    desk.found(desk.match("ann"))
    assert desk.states() == [("skipped", "no_consent")]
    desk.consents("ann", 1, at=now() + timedelta(seconds=1))
    assert desk.states() == [("skipped", "no_consent")]


def test_consent_given_before_the_alert_but_heard_after_it_counts(desk: Desk) -> None:
    desk.knows("ann", consent=False)
    desk.found(desk.match("ann"))
    desk.consents("ann", 1, at=now() - timedelta(minutes=1))
    assert desk.states() == [("queued", None)]
    assert desk.told() == {"skipped": 1, "queued": 1}


@pytest.mark.parametrize("other", [{"purpose": "marketing"}, {"channel": "sms"}])
def test_consent_to_something_else_is_none(desk: Desk, other: dict[str, str]) -> None:
    desk.knows("ann", consent=False)
    desk.consents("ann", 1, at=now() - timedelta(minutes=1), **other)
    desk.found(desk.match("ann"))
    assert desk.states() == [("skipped", "no_consent")]


def test_the_latest_word_wins_in_whatever_order_it_is_heard(desk: Desk) -> None:
    desk.consents("eva", 3, "withdrawn")
    desk.consents("eva", 2, "granted")
    desk.found()
    assert desk.states() == [("skipped", "no_consent")]


def test_one_who_was_skipped_is_told_when_the_home_is_news_again_and_consent_was_given(desk: Desk) -> None:
    desk.knows("ann", consent=False)
    desk.found(desk.match("ann"))
    desk.consents("ann", 1, at=now() + timedelta(seconds=1))
    desk.found(desk.match("ann", search="s2"), entered_by="criteria")
    assert desk.states() == [("queued", None)]


def test_being_skipped_for_the_same_cause_again_is_no_news(desk: Desk) -> None:
    desk.knows("ann", consent=False)
    desk.found(desk.match("ann"))
    desk.found(desk.match("ann", search="s2"))
    assert desk.told() == {"skipped": 1}


def test_an_erased_person_gets_nothing_more_and_nothing_of_them_stays(desk: Desk) -> None:
    desk.knows("ann")
    desk.found(desk.match(), desk.match("ann", search="s2"))
    assert desk.erase() == "done"
    states = {row["contact_id"]: row["state"] for row in desk.rows()}
    assert states == {desk.id("eva"): "canceled", desk.id("ann"): "queued"}
    db, eva = desk.room.db, desk.id("eva")
    assert [name for name in ("reachable", "consents", "pairs") if db[name].find_one({"contact_id": eva})] == []
    assert db.reachable.find_one({"_id": eva}) is None
    assert desk.rows(contact_id=eva)[0]["matches"] == {}


def test_what_is_heard_of_an_erased_person_leaves_no_trace(desk: Desk) -> None:
    desk.erase()
    later = [
        desk.hear("leads.contact.changed", desk.id("eva"), {"language": "en", "time_zone": "UTC"}, 10),
        desk.reach("eva", sequence=10),
        desk.consents("eva", 10),
        desk.found(desk.match(), sequence=10),
        desk.lost(sequence=11),
    ]
    assert later == ["done"] * 5
    db, eva = desk.room.db, desk.id("eva")
    assert desk.rows() == []
    assert db.contacts.find_one({"_id": eva}).keys() == {"_id", "agency_id", "erased", "sequence", "at"}
    for name in ("reachable", "consents", "pairs"):
        assert db[name].count_documents({"$or": [{"_id": eva}, {"contact_id": eva}]}) == 0


def test_an_event_that_was_parked_when_its_person_was_erased_never_comes_back(desk: Desk) -> None:
    data = {"contact_id": desk.id("eva"), "purpose": "alerts", "channel": "email", "state": "granted", "at": "soon"}
    assert desk.hear("leads.consent.changed", desk.id("eva"), data, 6) == "parked"
    assert desk.erase() == "done"
    inbox = desk.room.inbox
    (row,) = inbox.rows.find({"contact_id": desk.id("eva"), "type": "leads.consent.changed", "state": "discarded"})
    assert "event" not in row
    inbox.rows.update_one({"_id": row["_id"]}, {"$set": {"not_before": now() - timedelta(hours=1)}})
    assert inbox.retry_due() is False
    assert desk.room.db.consents.count_documents({"contact_id": desk.id("eva")}) == 0


def test_a_couple_that_shares_a_mailbox_is_told_both(desk: Desk) -> None:
    desk.knows("ann", address="we@example.com")
    desk.knows("bob", address="we@example.com")
    desk.found(desk.match("ann", search="s1"), desk.match("bob", search="s2"))
    assert desk.states() == [("queued", None)] * 2
