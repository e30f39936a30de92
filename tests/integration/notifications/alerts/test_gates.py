"""Every gate of an alert, and how many people an alert would be mailed to."""

from __future__ import annotations

from typing import Any

import pytest

from services.notifications.people import groups
from tests.integration.notifications.world import HOME, AgencyWorld, open_world

PRICE = {"list_price": HOME["list_price"], "currency": HOME["currency"]}


def gates(world: AgencyWorld, name: str = "eva", **price: Any) -> dict[str, str | None]:
    """The reason of each closed gate, None of each open one."""
    pair = {"contact_id": world.id(name), "listing_id": world.id("home"), "saved_search_id": world.id("s1")}
    answer = world.get("sendability", **pair, **price).json
    reasons = {gate["code"]: gate["reason"] for gate in answer["gates"]}
    assert answer["sendable"] is all(gate["open"] for gate in answer["gates"])
    assert {gate["code"] for gate in answer["gates"] if gate["open"]} == {c for c, why in reasons.items() if not why}
    return reasons


def closed(world: AgencyWorld, **price: Any) -> dict[str, str | None]:
    return {code: reason for code, reason in gates(world, **price).items() if reason}


def test_each_gate_says_why_it_is_closed(world: AgencyWorld) -> None:
    world.matches_found()
    assert list(gates(world)) == [
        *("not_erased", "known", "consent", "address", "not_suppressed"),
        *("pair_lives", "listing_active", "agency_known", "not_sent"),
    ]
    assert closed(world) == {}
    world.consents("eva", 2, "withdrawn")
    world.status("pending", 2)
    world.matches_lost()
    found = {"consent": "no_consent", "listing_active": "listing_pending", "pair_lives": "match_lost"}
    assert closed(world) == found
    world.room.inbox.deps.people.suppress(f"eva.{world.agency}@example.com", "test")
    assert gates(world)["not_suppressed"] == "suppressed"
    world.erase()
    assert gates(world)["not_erased"] == "erased"


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        *[("sent", "sent_before"), ("failed", "sent_before"), ("unknown", "sent_before"), ("claimed", "sent_before")],
        *[("queued", None), ("held", None), ("canceled", None), ("skipped", None)],
    ],
)
def test_an_alert_at_this_price_that_left_before_closes_a_gate(
    world: AgencyWorld, state: str, reason: str | None
) -> None:
    world.matches_found()
    world.set(world.rows()[0], state=state)
    assert gates(world, **PRICE)["not_sent"] == reason
    assert gates(world, list_price=280_000, currency="EUR")["not_sent"] is None


def count(world: AgencyWorld, *pairs: tuple[str, str], **offer: Any) -> Any:
    """The answer for pairs of a person's name and a frequency."""
    shown = [
        {"contact_id": world.id(name), "saved_search_id": f"s{n}", "kind": "match", "alerts": alerts}
        | {"entered_by": "price", "alert_possible": False}
        for n, (name, alerts) in enumerate(pairs)
    ]
    body = {"listing_id": world.id("home"), **PRICE, "pairs": shown} | offer
    answer = world.room.call("POST", "/v1/alert-audience", agency=world.agency, json=body)
    assert answer.status_code == 200, answer.text
    return answer.json


def test_each_person_is_counted_once_by_the_most_urgent_search(world: AgencyWorld) -> None:
    world.knows("ann")
    pairs = [("eva", "daily"), ("eva", "instant"), ("eva", "off"), ("ann", "weekly")]
    assert count(world, *pairs) == {"people": 2, "mailed": 1, "held": {"weekly": 1}, "reasons": {}}


def test_those_who_get_no_mail_are_counted_by_reason(world: AgencyWorld) -> None:
    world.knows("ann", consent=False)
    world.consents("ann", 1, purpose="service")
    world.knows("bob", address="dead@example.com")
    world.room.inbox.deps.people.suppress("dead@example.com", "test")
    pairs = [(name, "instant") for name in ("eva", "ann", "bob", "nobody")] + [("off", "off")]
    assert count(world, *pairs) == {
        "people": 5,
        "mailed": 1,
        "held": {},
        "reasons": {"no_consent": 1, "suppressed": 1, "contact_unknown": 1, "alerts_off": 1},
    }


def test_who_was_alerted_at_this_price_before_gets_no_second_mail(world: AgencyWorld) -> None:
    world.matches_found()
    world.set(world.rows()[0], state="sent")
    assert count(world, ("eva", "instant"))["reasons"] == {"sent_before": 1}
    assert count(world, ("eva", "instant"), list_price=280_000)["mailed"] == 1
    assert count(world, ("eva", "instant"), listing_id=None)["mailed"] == 1


def test_all_are_counted_however_many_are_read_at_once(world: AgencyWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "BATCH", 2)
    names = ["ann", "bob", "cid", "dan"]
    for name in names:
        world.knows(name)
    pairs = [(name, "instant") for name in ("eva", *names)]
    assert count(world, *pairs)["mailed"] == 5


def test_other_agencies_people_are_unknown_here(world: AgencyWorld) -> None:
    stranger = open_world(world.room)
    pair = {"contact_id": world.id("eva"), "kind": "match", "alerts": "instant"}
    body = {"pairs": [pair]}
    answer = world.room.call("POST", "/v1/alert-audience", agency=stranger.agency, json=body).json
    assert (answer["mailed"], answer["reasons"]) == (0, {"contact_unknown": 1})


@pytest.mark.parametrize(
    "pair",
    [
        {"contact_id": "c", "kind": "match"},
        {"contact_id": "c", "kind": "match", "alerts": "hourly"},
        {"contact_id": "", "kind": "match", "alerts": "instant"},
        {"contact_id": "c", "kind": "match", "alerts": "instant", "more": 1},
        "c",
    ],
)
def test_a_pair_of_another_shape_is_refused_by_its_place(world: AgencyWorld, pair: Any) -> None:
    good = {"contact_id": "c", "kind": "match", "alerts": "instant"}
    answer = world.room.call("POST", "/v1/alert-audience", agency=world.agency, json={"pairs": [good, pair]})
    assert answer.status_code == 422
    assert list(answer.json["errors"]["pairs"]) == ["1"]
