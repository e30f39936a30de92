"""How people may be reached, for one and for many."""

from __future__ import annotations

from typing import Any

from tests.integration.notifications.world import AgencyWorld, open_world


def reach(world: AgencyWorld, *contact_ids: str) -> Any:
    """The answer for these people."""
    body = {"contact_ids": list(contact_ids)}
    return world.room.call("POST", "/v1/reachability", agency=world.agency, json=body)


def test_each_person_is_answered_once_in_order_for_both_uses(world: AgencyWorld) -> None:
    ann = world.knows("ann", consent=False)
    world.consents("ann", 1, purpose="service")
    eva, nobody = world.id("eva"), world.id("nobody")
    assert reach(world, ann, eva, nobody, ann).json["items"] == [
        {
            "contact_id": ann,
            "phone": False,
            "alerts": {"state": "none", "basis": None, "reason": "no_consent"},
            "letters": {"state": "mail", "basis": "service", "reason": None},
        },
        {
            "contact_id": eva,
            "phone": False,
            "alerts": {"state": "mail", "basis": "alerts", "reason": None},
            "letters": {"state": "mail", "basis": "alerts", "reason": None},
        },
        {
            "contact_id": nobody,
            "phone": False,
            "alerts": {"state": "none", "basis": None, "reason": "contact_unknown"},
            "letters": {"state": "none", "basis": None, "reason": "contact_unknown"},
        },
    ]


def test_a_telephone_may_be_called_unless_the_person_objected(world: AgencyWorld) -> None:
    data = {"full_name": "Ann", "addresses": {"phone": {"value": "+38640123456"}}}
    world.hear("leads.contact.changed", world.id("ann"), {"language": "sl", "time_zone": "UTC"})
    world.hear("leads.contact.reachable", world.id("ann"), data)
    (before,) = reach(world, world.id("ann")).json["items"]
    assert (before["phone"], before["alerts"]["state"], before["letters"]["state"]) == (True, "phone", "phone")
    world.consents("ann", 1, "withdrawn", purpose="service", channel="phone")
    (after,) = reach(world, world.id("ann")).json["items"]
    assert (after["phone"], after["alerts"]["state"]) == (False, "none")


def test_a_consent_that_was_taken_back_is_told_from_one_that_was_never_given(world: AgencyWorld) -> None:
    world.consents("eva", 2, "withdrawn")
    assert reach(world, world.id("eva")).json["items"][0]["alerts"]["reason"] == "consent_withdrawn"


def test_another_agencys_people_are_unknown(world: AgencyWorld) -> None:
    (answer,) = reach(open_world(world.room), world.id("eva")).json["items"]
    assert answer["alerts"]["reason"] == "contact_unknown"


def test_a_list_that_is_wrong_is_refused_by_its_place(world: AgencyWorld) -> None:
    assert list(reach(world, "c", "x" * 65).json["errors"]["contact_ids"]) == ["1"]
    assert reach(world).status_code == 422
