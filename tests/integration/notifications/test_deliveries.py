"""What is heard becomes one delivery for each person, home and price, or none; in every order of arrival."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from services.notifications.handlers import look_again_at_next
from shared.event import now
from tests.integration.notifications.desk import Desk, open_desk
from tests.integration.rooms import Room, open_room


@pytest.fixture(scope="module")
def room(
    mongo_url: str, module_mongo_prefix: str, module_amqp_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Room:
    folder: Path = tmp_path_factory.mktemp("notifications")
    return open_room("notifications", folder, mongo_url, module_mongo_prefix, module_amqp_url)


@pytest.fixture
def desk(room: Room) -> Desk:
    return open_desk(room, ["eva"])


def test_however_often_and_by_however_many_searches_it_is_told_there_is_one_delivery(desk: Desk) -> None:
    desk.found(desk.match(search="s1"), desk.match(search="s2"))
    desk.found(desk.match(search="s1"), desk.match(search="s2"))
    desk.found(desk.match(search="s3"), entered_by="criteria")
    (row,) = desk.rows()
    assert (row["state"], sorted(row["matches"])) == ("queued", [desk.id(s) for s in ("s1", "s2", "s3")])
    assert desk.told() == {"queued": 1}


def test_a_lower_price_is_a_delivery_of_its_own_and_the_old_one_that_has_not_left_gives_way(desk: Desk) -> None:
    desk.found()
    desk.found(sequence=2, entered_by="price", list_price=280_000, previous_list_price=300_000)
    assert desk.states() == [("canceled", "price_changed"), ("queued", None)]


def test_a_lower_price_after_the_first_alert_was_sent_is_told_too(desk: Desk) -> None:
    desk.found()
    desk.set(desk.rows()[0], state="sent")
    desk.found(sequence=2, entered_by="price", list_price=280_000, previous_list_price=300_000)
    assert desk.states() == [("sent", None), ("queued", None)]


def test_an_older_price_that_is_heard_later_is_not_told(desk: Desk) -> None:
    desk.found(sequence=2, entered_by="price", list_price=280_000)
    desk.found(sequence=1)
    assert [row["listing"]["list_price"] for row in desk.rows()] == [280_000]


@pytest.mark.parametrize(
    ("match", "states"),
    [
        ({"kind": "near"}, []),
        ({"kind": "near", "alert_possible": True}, []),
        ({"kind": "possible"}, []),
        ({"kind": "possible", "alert_possible": True}, [("queued", None)]),
        ({"alerts": "off"}, []),
        ({"alerts": "daily"}, [("held", "daily")]),
        ({"alerts": "weekly"}, [("held", "weekly")]),
    ],
)
def test_each_kind_and_frequency_gets_what_was_asked_for(
    desk: Desk, match: dict[str, Any], states: list[tuple[str, str | None]]
) -> None:
    desk.found(desk.match(**match))
    assert desk.states() == states


def test_what_is_held_for_a_digest_goes_out_when_another_search_wants_it_at_once(desk: Desk) -> None:
    desk.found(desk.match(search="s1", alerts="weekly"))
    desk.found(desk.match(search="s2", alerts="instant"))
    assert desk.states() == [("queued", None)]
    assert desk.told() == {"queued": 1}


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
    while look_again_at_next(desk.room.inbox.deps):
        pass
    assert desk.states() == [("queued", None)]


def test_one_who_stays_unknown_is_looked_at_once_in_a_while(desk: Desk) -> None:
    desk.found(desk.match("stranger"))
    while look_again_at_next(desk.room.inbox.deps):
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


def test_a_lost_pair_cancels_what_has_not_left(desk: Desk) -> None:
    desk.found()
    desk.lost()
    assert desk.states() == [("canceled", "match_lost")]


def test_a_loss_heard_before_the_match_it_ends_keeps_it_from_being_told(desk: Desk) -> None:
    desk.lost(sequence=2)
    desk.found(sequence=1)
    assert desk.states() == []


def test_a_loss_heard_after_a_newer_match_cancels_nothing(desk: Desk) -> None:
    desk.found(sequence=3)
    desk.lost(sequence=2)
    assert desk.states() == [("queued", None)]


def test_a_loss_of_one_search_leaves_the_others(desk: Desk) -> None:
    desk.found(desk.match(search="s1"), desk.match(search="s2"))
    desk.lost("s1", search_sequence=2, sequence=1)
    (row,) = desk.rows()
    assert (row["state"], list(row["matches"])) == ("queued", [desk.id("s2")])


def test_a_pair_that_is_lost_and_meets_again_before_anybody_was_told_is_told(desk: Desk) -> None:
    desk.found(sequence=1)
    desk.lost(sequence=2)
    desk.found(sequence=3, entered_by="status")
    (row,) = desk.rows()
    assert (row["state"], row["listing"]["sequence"], row["entered_by"]) == ("queued", 3, "status")


def test_a_pair_that_is_lost_and_meets_again_at_a_price_that_was_told_is_not_told_again(desk: Desk) -> None:
    desk.found(sequence=1)
    desk.set(desk.rows()[0], state="sent")
    desk.lost(sequence=2)
    desk.found(sequence=3)
    assert desk.states() == [("sent", None)]


@pytest.mark.parametrize("status", ["withdrawn", "pending", "closed"])
def test_a_home_that_leaves_the_market_cancels_its_alerts(desk: Desk, status: str) -> None:
    desk.found()
    desk.status(status, 2)
    assert desk.states() == [("canceled", f"listing_{status}")]


def test_a_home_that_returns_at_once_is_told_after_all(desk: Desk) -> None:
    desk.found()
    desk.status("withdrawn", 2)
    desk.status("active", 3)
    assert desk.states() == [("queued", None)]


@pytest.mark.parametrize("back", [{"list_price": 250_000}, {"standard_status": "pending"}])
def test_a_home_that_returns_otherwise_than_it_was_told_stays_canceled(desk: Desk, back: dict[str, Any]) -> None:
    desk.found()
    desk.status("withdrawn", 2)
    desk.status("active", 3, **back)
    assert desk.states() == [("canceled", "listing_withdrawn")]


def test_a_home_whose_pairs_were_lost_does_not_return_without_them(desk: Desk) -> None:
    desk.found()
    desk.status("withdrawn", 2)
    desk.lost(sequence=2)
    desk.status("active", 3)
    assert desk.states() == [("canceled", "listing_withdrawn")]


def test_an_old_status_heard_late_cancels_nothing(desk: Desk) -> None:
    desk.found(sequence=3, entered_by="status")
    desk.status("withdrawn", 2)
    assert desk.states() == [("queued", None)]


def test_an_erased_person_gets_nothing_more_and_nothing_of_them_stays(desk: Desk) -> None:
    desk.knows("ann")
    desk.found(desk.match(), desk.match("ann", search="s2"))
    assert desk.erase() == "done"
    assert [(row["contact_id"], row["state"]) for row in desk.rows()] == [
        (desk.id("eva"), "canceled"),
        (desk.id("ann"), "queued"),
    ]
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


def test_another_agencys_delivery_is_not_there(desk: Desk, room: Room) -> None:
    desk.found()
    other = open_desk(room)
    (row,) = desk.rows()
    assert other.get(f"deliveries/{row['_id']}").status_code == 404
    assert other.resend(row).status_code == 404
    assert other.get("deliveries").json["items"] == []
    assert other.get("sendability", contact_id=desk.id("eva"), listing_id="l", saved_search_id="s").status_code == 404
    assert desk.get(f"deliveries/{row['_id']}").json["state"] == "queued"


def test_the_list_filters_and_shows_no_address(desk: Desk) -> None:
    desk.knows("ann", consent=False)
    desk.found(desk.match(), desk.match("ann", search="s2", alerts="daily"))
    shown = desk.get("deliveries", state="queued").json["items"]
    assert [item["contact_id"] for item in shown] == [desk.id("eva")]
    assert shown[0]["saved_search_ids"] == [desk.id("s1")]
    assert (shown[0]["list_price"], shown[0]["currency"]) == (300_000, "EUR")
    assert [i["reason"] for i in desk.get("deliveries", contact_id=desk.id("ann")).json["items"]] == ["no_consent"]
    assert "example.com" not in desk.get("deliveries").text


def test_pages_of_deliveries_have_no_gaps(desk: Desk) -> None:
    desk.found(*(desk.match(f"p{number}", search=f"s{number}") for number in range(7)))
    seen, cursor = [], None
    while True:
        page = desk.get("deliveries", limit=3, **({"cursor": cursor} if cursor else {})).json
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert sorted(seen) == sorted(row["_id"] for row in desk.rows())
    assert len(seen) == 7


@pytest.mark.parametrize(
    "state", ["queued", "held", "waiting", "claimed", "handing_over", "sent", "skipped", "canceled"]
)
def test_only_what_failed_or_is_unknown_is_sent_again(desk: Desk, state: str) -> None:
    desk.found()
    desk.set(desk.rows()[0], state=state)
    assert desk.resend(desk.rows()[0]).status_code == 409
    assert desk.rows()[0]["state"] == state


@pytest.mark.parametrize("state", ["failed", "unknown"])
def test_an_agent_may_have_it_sent_again_once_for_each_request(desk: Desk, state: str) -> None:
    desk.found()
    desk.set(desk.rows()[0], state=state, attempts=9, created_at=now() - timedelta(days=3))
    key = {"Idempotency-Key": desk.id(state)}
    first, again = (desk.resend(desk.rows()[0], headers=key) for _ in range(2))
    assert (first.status_code, first.json["state"], again.json) == (200, "queued", first.json)
    (row,) = desk.rows()
    assert (row["attempts"], row["created_at"] > now() - timedelta(minutes=1)) == (0, True)
    assert desk.told() == {"queued": 2}


def gates(desk: Desk, name: str = "eva") -> dict[str, bool]:
    pair = {"contact_id": desk.id(name), "listing_id": desk.id("home"), "saved_search_id": desk.id("s1")}
    answer = desk.get("sendability", **pair).json
    told = {gate["code"]: gate["open"] for gate in answer["gates"]}
    assert answer["sendable"] is all(told.values())
    return told


def test_sendability_names_each_gate(desk: Desk) -> None:
    desk.found()
    assert all(gates(desk).values())
    desk.consents("eva", 2, "withdrawn")
    desk.status("pending", 2)
    desk.lost()
    assert {code for code, is_open in gates(desk).items() if not is_open} == {"consent", "listing_active", "pair_lives"}
    desk.room.inbox.deps.people.suppress(f"eva.{desk.agency}@example.com", "test")
    assert gates(desk)["not_suppressed"] is False
    desk.erase()
    assert gates(desk)["not_erased"] is False
