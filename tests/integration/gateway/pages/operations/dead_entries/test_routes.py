"""Events that could not be handled, as an admin and the operator see them."""

from __future__ import annotations

from typing import Any

from shared.messaging.inbox import INBOX
from tests.integration.gateway.pages.operations.dead_entries.buried import SECRET, bury, bury_unread, post
from tests.integration.gateway.services_world import ServicesWorld


def test_a_dead_event_is_shown_with_its_cause_in_words_to_its_own_agency(
    services_world: ServicesWorld, admin: tuple[str, Any], operator: Any
) -> None:
    entry = bury(services_world, admin[0])
    for path in ("/services", "/dead", "/dead/leads", f"/dead/leads/{entry}"):
        page = admin[1].get(path).text
        assert "It refers to something that has not arrived." in page
        assert "NotYetKnown" in page
        assert 'href="/listings/home-7"' in page
        assert "7 times" in page
    other = services_world.gateway.signed_in(services_world.agency()["admin"]["email"])
    for browser in (other, operator):
        assert entry not in browser.get("/services").text
        assert browser.get(f"/dead/leads/{entry}").status_code == 404
        assert post(browser, f"/dead/leads/{entry}/replay").status_code == 404
        assert post(browser, f"/dead/leads/{entry}/discard", reason="not mine").status_code == 404


def test_replaying_and_discarding_are_kept_with_who_did_it_and_why(
    services_world: ServicesWorld, admin: tuple[str, Any]
) -> None:
    again, gone = bury(services_world, admin[0]), bury(services_world, admin[0])
    assert post(admin[1], f"/dead/leads/{again}/replay").status_code == 303
    nothing = post(admin[1], f"/dead/leads/{gone}/discard", reason=" ")
    assert nothing.status_code == 422
    assert "State the reason" in nothing.text
    assert post(admin[1], f"/dead/leads/{gone}/discard", reason="an old test").status_code == 303
    rows = services_world.rooms["leads"].db[INBOX]
    assert rows.find_one({"_id": again})["state"] == "parked"  # type: ignore[index]
    assert rows.find_one({"_id": gone})["state"] == "discarded"  # type: ignore[index]
    assert again in admin[1].get("/dead?state=replayed").text
    discarded = admin[1].get("/dead/leads?state=discarded").text
    assert "an old test" in discarded
    assert "Inés" in discarded
    other = services_world.gateway.signed_in(services_world.agency()["admin"]["email"])
    assert "an old test" not in other.get("/dead?state=discarded").text


def test_the_operator_sees_what_nobody_could_read_without_a_word_of_it(
    services_world: ServicesWorld, admin: tuple[str, Any], operator: Any
) -> None:
    entry = bury_unread(services_world)
    page = operator.get("/services").text
    assert entry in page
    assert "text of 26" in page
    assert SECRET not in page
    assert entry not in admin[1].get("/dead").text
    assert post(operator, f"/dead/leads/{entry}/replay").status_code == 404
    assert post(operator, f"/dead/leads/{entry}/discard", reason="nobody sends this any more").status_code == 303
    assert entry not in operator.get("/services").text
