"""Whom one may write to: people known late, consent given and withdrawn, people who were erased."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations

import pytest

from services.notifications.delivery.reconsider import reconsider_next
from shared.messaging.event import now
from tests.integration.notifications.world import AgencyWorld


@pytest.mark.parametrize("order", list(permutations(("contact", "reachable", "consent", "found"))))
def test_what_is_known_of_a_person_may_come_in_any_order(world: AgencyWorld, order: tuple[str, ...]) -> None:
    given = now() - timedelta(seconds=1)
    steps = {
        "contact": lambda: world.hear("leads.contact.changed", world.id("new"), {"language": "sv", "time_zone": "UTC"}),
        "reachable": lambda: world.reach("new"),
        "consent": lambda: world.consents("new", 1, at=given),
        "found": lambda: world.matches_found(world.match("new")),
    }
    for step in order:
        assert steps[step]() == "done"
    assert world.states() == [("queued", None)]


def test_an_unknown_person_is_waited_for(world: AgencyWorld) -> None:
    world.matches_found(world.match("stranger"))
    assert world.states() == [("waiting", "contact_unknown")]
    world.knows("stranger", consent=False)
    assert world.states() == [("skipped", "no_consent")]


def test_news_of_a_person_that_came_in_the_very_moment_of_the_alert_is_not_overlooked(world: AgencyWorld) -> None:
    world.matches_found(world.match("stranger"))
    waiting = world.rows()[0]
    world.knows("stranger")
    world.set(waiting, state="waiting", reason="contact_unknown")
    while reconsider_next(world.room.inbox.deps.deliveries, world.room.inbox.deps.people):
        pass
    assert world.states() == [("queued", None)]


def test_one_who_stays_unknown_is_looked_at_once_in_a_while(world: AgencyWorld) -> None:
    world.matches_found(world.match("stranger"))
    while reconsider_next(world.room.inbox.deps.deliveries, world.room.inbox.deps.people):
        pass
    assert world.states() == [("waiting", "contact_unknown")]
    assert world.rows()[0]["not_before"] > now()


def test_nobody_is_told_without_consent_and_consent_given_later_does_not_reach_back(world: AgencyWorld) -> None:
    world.knows("ann", consent=False)
    world.matches_found(world.match("ann"))
    assert world.states() == [("skipped", "no_consent")]
    world.consents("ann", 1, at=now() + timedelta(seconds=1))
    assert world.states() == [("skipped", "no_consent")]


def test_consent_given_before_the_alert_but_heard_after_it_counts(world: AgencyWorld) -> None:
    world.knows("ann", consent=False)
    world.matches_found(world.match("ann"))
    world.consents("ann", 1, at=now() - timedelta(minutes=1))
    assert world.states() == [("queued", None)]
    assert world.published() == {"skipped": 1, "queued": 1}


@pytest.mark.parametrize("other", [{"purpose": "marketing"}, {"channel": "sms"}])
def test_consent_to_something_else_is_none(world: AgencyWorld, other: dict[str, str]) -> None:
    world.knows("ann", consent=False)
    world.consents("ann", 1, at=now() - timedelta(minutes=1), **other)
    world.matches_found(world.match("ann"))
    assert world.states() == [("skipped", "no_consent")]


def test_the_latest_word_wins_in_whatever_order_it_is_heard(world: AgencyWorld) -> None:
    world.consents("eva", 3, "withdrawn")
    world.consents("eva", 2, "granted")
    world.matches_found()
    assert world.states() == [("skipped", "no_consent")]


def test_one_who_was_skipped_is_told_when_the_home_is_news_again_and_consent_was_given(world: AgencyWorld) -> None:
    world.knows("ann", consent=False)
    world.matches_found(world.match("ann"))
    world.consents("ann", 1, at=now() + timedelta(seconds=1))
    world.matches_found(world.match("ann", search="s2"), entered_by="criteria")
    assert world.states() == [("queued", None)]


def test_being_skipped_for_the_same_cause_again_is_no_news(world: AgencyWorld) -> None:
    world.knows("ann", consent=False)
    world.matches_found(world.match("ann"))
    world.matches_found(world.match("ann", search="s2"))
    assert world.published() == {"skipped": 1}


def test_an_erased_person_gets_nothing_more_and_nothing_of_them_stays(world: AgencyWorld) -> None:
    world.knows("ann")
    world.matches_found(world.match(), world.match("ann", search="s2"))
    assert world.erase() == "done"
    states = {row["contact_id"]: row["state"] for row in world.rows()}
    assert states == {world.id("eva"): "canceled", world.id("ann"): "queued"}
    db, eva = world.room.db, world.id("eva")
    assert [name for name in ("reachable", "consents", "pairs") if db[name].find_one({"contact_id": eva})] == []
    assert db.reachable.find_one({"_id": eva}) is None
    assert world.rows(contact_id=eva)[0]["matches"] == {}


def test_what_is_heard_of_an_erased_person_leaves_no_trace(world: AgencyWorld) -> None:
    world.erase()
    later = [
        world.hear("leads.contact.changed", world.id("eva"), {"language": "en", "time_zone": "UTC"}, 10),
        world.reach("eva", sequence=10),
        world.consents("eva", 10),
        world.matches_found(world.match(), sequence=10),
        world.matches_lost(sequence=11),
    ]
    assert later == ["done"] * 5
    db, eva = world.room.db, world.id("eva")
    assert world.rows() == []
    assert db.contacts.find_one({"_id": eva}).keys() == {"_id", "agency_id", "erased", "sequence", "at"}
    for name in ("reachable", "consents", "pairs"):
        assert db[name].count_documents({"$or": [{"_id": eva}, {"contact_id": eva}]}) == 0


def test_an_event_that_was_parked_when_its_person_was_erased_never_comes_back(world: AgencyWorld) -> None:
    data = {"contact_id": world.id("eva"), "purpose": "alerts", "channel": "email", "state": "granted", "at": "soon"}
    assert world.hear("leads.consent.changed", world.id("eva"), data, 6) == "parked"
    assert world.erase() == "done"
    inbox = world.room.inbox
    (row,) = inbox.rows.find({"contact_id": world.id("eva"), "type": "leads.consent.changed", "state": "discarded"})
    assert "event" not in row
    inbox.rows.update_one({"_id": row["_id"]}, {"$set": {"not_before": now() - timedelta(hours=1)}})
    assert inbox.retry_due() is False
    assert world.room.db.consents.count_documents({"contact_id": world.id("eva")}) == 0


def test_a_couple_that_shares_a_mailbox_is_told_both(world: AgencyWorld) -> None:
    world.knows("ann", address="we@example.com")
    world.knows("bob", address="we@example.com")
    world.matches_found(world.match("ann", search="s1"), world.match("bob", search="s2"))
    assert world.states() == [("queued", None)] * 2
