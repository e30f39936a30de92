"""What is heard becomes one delivery for each person, home and price, or none; in every order of arrival."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from shared.messaging.event import now
from tests.integration.notifications.world import AgencyWorld, open_world
from tests.integration.rooms import Room


def test_however_often_and_by_however_many_searches_it_is_told_there_is_one_delivery(world: AgencyWorld) -> None:
    world.matches_found(world.match(search="s1"), world.match(search="s2"))
    world.matches_found(world.match(search="s1"), world.match(search="s2"))
    world.matches_found(world.match(search="s3"), entered_by="criteria")
    (row,) = world.rows()
    assert (row["state"], sorted(row["matches"])) == ("queued", [world.id(s) for s in ("s1", "s2", "s3")])
    assert world.published() == {"queued": 1}


def test_a_lower_price_is_a_delivery_of_its_own_and_the_old_one_that_has_not_left_gives_way(world: AgencyWorld) -> None:
    world.matches_found()
    world.matches_found(sequence=2, entered_by="price", list_price=280_000, previous_list_price=300_000)
    assert world.states() == [("canceled", "price_changed"), ("queued", None)]


def test_a_lower_price_after_the_first_alert_was_sent_is_told_too(world: AgencyWorld) -> None:
    world.matches_found()
    world.set(world.rows()[0], state="sent")
    world.matches_found(sequence=2, entered_by="price", list_price=280_000, previous_list_price=300_000)
    assert world.states() == [("sent", None), ("queued", None)]


def test_an_older_price_that_is_heard_later_is_not_told(world: AgencyWorld) -> None:
    world.matches_found(sequence=2, entered_by="price", list_price=280_000)
    world.matches_found(sequence=1)
    assert [row["listing"]["list_price"] for row in world.rows()] == [280_000]


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
    world: AgencyWorld, match: dict[str, Any], states: list[tuple[str, str | None]]
) -> None:
    world.matches_found(world.match(**match))
    assert world.states() == states


def test_what_is_held_for_a_digest_goes_out_when_another_search_wants_it_at_once(world: AgencyWorld) -> None:
    world.matches_found(world.match(search="s1", alerts="weekly"))
    world.matches_found(world.match(search="s2", alerts="instant"))
    assert world.states() == [("queued", None)]
    assert world.published() == {"queued": 1}


def test_a_lost_pair_cancels_what_has_not_left(world: AgencyWorld) -> None:
    world.matches_found()
    world.matches_lost()
    assert world.states() == [("canceled", "match_lost")]


def test_a_loss_heard_before_the_match_it_ends_keeps_it_from_being_told(world: AgencyWorld) -> None:
    world.matches_lost(sequence=2)
    world.matches_found(sequence=1)
    assert world.states() == []


def test_a_loss_heard_after_a_newer_match_cancels_nothing(world: AgencyWorld) -> None:
    world.matches_found(sequence=3)
    world.matches_lost(sequence=2)
    assert world.states() == [("queued", None)]


def test_a_loss_of_one_search_leaves_the_others(world: AgencyWorld) -> None:
    world.matches_found(world.match(search="s1"), world.match(search="s2"))
    world.matches_lost("s1", search_sequence=2, sequence=1)
    (row,) = world.rows()
    assert (row["state"], list(row["matches"])) == ("queued", [world.id("s2")])


def test_a_pair_that_is_lost_and_meets_again_before_anybody_was_told_is_told(world: AgencyWorld) -> None:
    world.matches_found(sequence=1)
    world.matches_lost(sequence=2)
    world.matches_found(sequence=3, entered_by="status")
    (row,) = world.rows()
    assert (row["state"], row["listing"]["sequence"], row["entered_by"]) == ("queued", 3, "status")


def test_a_pair_that_is_lost_and_meets_again_at_a_price_that_was_told_is_not_told_again(world: AgencyWorld) -> None:
    world.matches_found(sequence=1)
    world.set(world.rows()[0], state="sent")
    world.matches_lost(sequence=2)
    world.matches_found(sequence=3)
    assert world.states() == [("sent", None)]


@pytest.mark.parametrize("status", ["withdrawn", "pending", "closed"])
def test_a_home_that_leaves_the_market_cancels_its_alerts(world: AgencyWorld, status: str) -> None:
    world.matches_found()
    world.status(status, 2)
    assert world.states() == [("canceled", f"listing_{status}")]


def test_a_home_that_returns_at_once_is_told_after_all(world: AgencyWorld) -> None:
    world.matches_found()
    world.status("withdrawn", 2)
    world.status("active", 3)
    assert world.states() == [("queued", None)]


@pytest.mark.parametrize("back", [{"list_price": 250_000}, {"standard_status": "pending"}])
def test_a_home_that_returns_otherwise_than_it_was_told_stays_canceled(
    world: AgencyWorld, back: dict[str, Any]
) -> None:
    world.matches_found()
    world.status("withdrawn", 2)
    world.status("active", 3, **back)
    assert world.states() == [("canceled", "listing_withdrawn")]


def test_a_home_whose_pairs_were_lost_does_not_return_without_them(world: AgencyWorld) -> None:
    world.matches_found()
    world.status("withdrawn", 2)
    world.matches_lost(sequence=2)
    world.status("active", 3)
    assert world.states() == [("canceled", "listing_withdrawn")]


def test_an_old_status_heard_late_cancels_nothing(world: AgencyWorld) -> None:
    world.matches_found(sequence=3, entered_by="status")
    world.status("withdrawn", 2)
    assert world.states() == [("queued", None)]


def test_another_agencys_delivery_is_not_there(world: AgencyWorld, room: Room) -> None:
    world.matches_found()
    other = open_world(room)
    (row,) = world.rows()
    assert other.get(f"deliveries/{row['_id']}").status_code == 404
    assert other.resend(row).status_code == 404
    assert other.get("deliveries").json["items"] == []
    assert other.get("sendability", contact_id=world.id("eva"), listing_id="l", saved_search_id="s").status_code == 404
    assert world.get(f"deliveries/{row['_id']}").json["state"] == "queued"


def test_the_list_filters_and_shows_no_address(world: AgencyWorld) -> None:
    world.knows("ann", consent=False)
    world.matches_found(world.match(), world.match("ann", search="s2", alerts="daily"))
    shown = world.get("deliveries", state="queued").json["items"]
    assert [item["contact_id"] for item in shown] == [world.id("eva")]
    assert shown[0]["saved_search_ids"] == [world.id("s1")]
    assert (shown[0]["list_price"], shown[0]["currency"]) == (300_000, "EUR")
    assert [i["reason"] for i in world.get("deliveries", contact_id=world.id("ann")).json["items"]] == ["no_consent"]
    assert "example.com" not in world.get("deliveries").text


def test_pages_of_deliveries_have_no_gaps(world: AgencyWorld) -> None:
    world.matches_found(*(world.match(f"p{number}", search=f"s{number}") for number in range(7)))
    seen, cursor = [], None
    while True:
        page = world.get("deliveries", limit=3, **({"cursor": cursor} if cursor else {})).json
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert sorted(seen) == sorted(row["_id"] for row in world.rows())
    assert len(seen) == 7


@pytest.mark.parametrize(
    "state", ["queued", "held", "waiting", "claimed", "handing_over", "sent", "skipped", "canceled"]
)
def test_only_what_failed_or_is_unknown_is_sent_again(world: AgencyWorld, state: str) -> None:
    world.matches_found()
    world.set(world.rows()[0], state=state)
    assert world.resend(world.rows()[0]).status_code == 409
    assert world.rows()[0]["state"] == state


@pytest.mark.parametrize("state", ["failed", "unknown"])
def test_an_agent_may_have_it_sent_again_once_for_each_request(world: AgencyWorld, state: str) -> None:
    world.matches_found()
    world.set(world.rows()[0], state=state, attempts=9, created_at=now() - timedelta(days=3))
    key = {"Idempotency-Key": world.id(state)}
    first, again = (world.resend(world.rows()[0], headers=key) for _ in range(2))
    assert (first.status_code, first.json["state"], again.json) == (200, "queued", first.json)
    (row,) = world.rows()
    assert (row["attempts"], row["created_at"] > now() - timedelta(minutes=1)) == (0, True)
    assert world.published() == {"queued": 2}
