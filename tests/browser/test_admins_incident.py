"""An admin's incident: an event that cannot be handled appears by itself, is given up or replayed, and is gone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import expect

from shared.messaging.event import now
from tests.browser.conftest import Pictures, Visitors
from tests.browser.running_system import AgencyAtWork, RunningSystem
from tests.browser.visitor import SIZES, Visitor
from tests.system.world import World

WHO = [("desktop", "en"), ("phone", "es")]
PATHS = ("/services?open=leads", "/dead", "/members", "/members/new", "/agency", "/clients", "/sign-ins", "/account")


def poison(agency: AgencyAtWork, contact_id: str) -> str:
    """Publish that a home fits this person, and let the time of all attempts pass; the event's subject."""
    world, home = agency.world, f"home-of-{contact_id}"[:60]
    match = {"contact_id": contact_id, "saved_search_id": "s1", "search_sequence": 1, "kind": "match", "score": 91}
    listing = {"id": home, "sequence": 1, "transaction": "sale"}
    data = {"listing": listing, "entered_by": "new", "matches": [match | {"confidence": 90, "alerts": "off"}]}
    world.tell("matching.matches.found", home, data, 1, agency.id)
    inbox = world.mongo["leads"].inbox
    parked = {"subject": home, "agency_id": agency.id, "state": "parked", "lease_owner": {"$exists": False}}
    later = {"$set": {"attempts": 6, "not_before": now()}}
    world.eventually(lambda: inbox.update_one(parked, later).modified_count)
    world.eventually(lambda: inbox.count_documents({"subject": home, "state": "dead"}))
    return home


@contextmanager
def a_refusing_database(world: World, agency: AgencyAtWork) -> Iterator[None]:
    """For the block the database of leads takes no new line into this agency's timelines."""
    rule: dict[str, Any] = {"agency_id": {"$ne": agency.id}}
    world.mongo["leads"].command("collMod", "timeline", validator=rule)
    yield
    world.mongo["leads"].command("collMod", "timeline", validator={})


def admin_at(visitors: Visitors, agency: AgencyAtWork, device: str, language: str) -> Visitor:
    visitor = visitors(device, language)
    visitor.sign_in(agency.admin)
    return visitor


@pytest.mark.parametrize(("device", "language"), WHO)
def test_a_dead_event_appears_by_itself_and_is_replayed_once_its_cause_is_gone(
    running_system: RunningSystem,
    agency: AgencyAtWork,
    visitors: Visitors,
    picture: Pictures,
    device: str,
    language: str,
) -> None:
    person = agency.person(f"Replay {device}")
    visitor = admin_at(visitors, agency, device, language)
    page = visitor.visit("/services")
    expect(page.locator("html")).to_have_attribute("lang", re.compile(language))
    letters = page.locator("article.dead")
    expect(letters).to_have_count(0)
    with a_refusing_database(running_system.world, agency):
        poison(agency, person)
        expect(letters).to_have_count(1)
        expect(letters.locator(".reason")).not_to_be_empty()
        expect(letters).to_contain_text("matching.matches.found")
        assert (visitor.axe(), visitor.is_too_wide()) == ([], False)
        if device == "desktop":
            picture(visitor, "services")
    letters.locator("form[action$='/replay'] button").click()
    expect(page.locator(".toast-line")).to_be_visible()
    expect(letters).to_have_count(0)
    rows = running_system.world.mongo["leads"].timeline
    running_system.world.eventually(lambda: rows.count_documents({"contact_id": person, "kind": "match_found"}))


@pytest.mark.parametrize(("device", "language"), WHO)
def test_a_dead_event_is_given_up_with_a_reason_that_is_kept(
    agency: AgencyAtWork, visitors: Visitors, device: str, language: str
) -> None:
    visitor = admin_at(visitors, agency, device, language)
    page = visitor.visit("/services")
    poison(agency, f"never-here-{device}")
    letters = page.locator("article.dead")
    expect(letters).to_have_count(1)
    letters.locator("a[href$='/discard']").click()
    dialog = page.locator("#_discard_dialog")
    expect(dialog.locator("input[name=reason]")).to_be_focused()
    assert visitor.axe() == []
    dialog.locator("input[name=reason]").fill("The person was never taken in.")
    dialog.locator("button[type=submit]").click()
    expect(dialog).to_have_count(0)
    expect(letters).to_have_count(0)
    visitor.visit("/dead?state=discarded")
    expect(page.locator("article.dead")).to_contain_text("The person was never taken in.")


def test_a_message_that_is_no_event_waits_for_the_operator_who_sees_none_of_its_data(
    running_system: RunningSystem, agency: AgencyAtWork, visitors: Visitors
) -> None:
    operator = visitors()
    operator.sign_in(running_system.operator())
    page = operator.visit("/services")
    running_system.world.tell(
        "leads.contact.reachable", "c1", {"full_name": "Ana Nobody", "addresses": "none"}, 1, agency.id
    )
    letters = page.locator("#_services article.dead", has_text="notifications")
    expect(letters).to_have_count(1)
    expect(letters).not_to_contain_text("Ana Nobody")
    assert operator.axe() == []
    letters.locator("a[href$='/discard']").click()
    page.locator("#_discard_dialog input[name=reason]").fill("Nobody sends this any more.")
    page.locator("#_discard_dialog button[type=submit]").click()
    expect(letters).to_have_count(0)


@pytest.mark.parametrize("device", SIZES)
def test_every_page_of_the_administration_is_in_order(agency: AgencyAtWork, visitors: Visitors, device: str) -> None:
    visitor = admin_at(visitors, agency, device, "en")
    for path in (*PATHS, f"/members/{agency.member().id}"):
        visitor.visit(path)
        assert (path, visitor.axe(), visitor.is_too_wide()) == (path, [], False)


def test_somebody_is_invited_by_mail_chooses_a_password_and_is_in(
    agency: AgencyAtWork, visitors: Visitors, picture: Pictures
) -> None:
    admin = admin_at(visitors, agency, "desktop", "en")
    page = admin.visit("/members/new")
    page.locator("#f-display_name").fill("Maja Kos")
    page.locator("#f-email").fill(agency.address_of("Maja Kos"))
    page.locator("#f-language").select_option("sl")
    page.locator("main form button[type=submit]").click()
    expect(page.locator("#invitation-link")).to_have_value(re.compile("/welcome/"))
    assert admin.axe() == []
    mail = agency.world.eventually(lambda: agency.mails_to("Maja Kos"))[0]
    link = re.search(r"/welcome/[\w-]+", mail.get_body(("plain",)).get_content())
    assert link
    guest = visitors("phone", "sl")
    page = guest.visit(link[0])
    assert (guest.axe(), guest.is_too_wide()) == ([], False)
    page.locator("#password").fill("correct horse battery")
    page.locator("#password").press("Enter")
    page.wait_for_url(lambda url: "/welcome" not in url)
    expect(page.locator("html")).to_have_attribute("lang", "sl")
    admin.visit("/members")
    expect(admin.page.locator("tr", has_text="Maja Kos").locator(".tag.pass")).to_be_visible()
    picture(admin, "members")


def test_a_clients_secret_is_shown_once(agency: AgencyAtWork, visitors: Visitors) -> None:
    visitor = admin_at(visitors, agency, "desktop", "en")
    page = visitor.visit("/clients")
    page.locator("a.btn-primary").click()
    page.locator("#f-name").fill("Website")
    page.locator("#_client_dialog button[type=submit]").click()
    secret = page.locator("#client-secret").input_value()
    assert len(secret) > 20
    assert visitor.axe() == []
    page.locator("#_client_made_dialog .btn-primary").click()
    expect(page.locator("#client-secret")).to_have_count(0)
    expect(page.locator("#_clients")).to_contain_text("Website")
    assert secret not in page.content()


def test_a_colour_is_seen_in_both_themes_before_it_is_kept(agency: AgencyAtWork, visitors: Visitors) -> None:
    visitor = admin_at(visitors, agency, "desktop", "en")
    page = visitor.visit("/agency")
    page.locator("#f-colour").fill("#B3261E")
    expect(page.locator(".colour-sample")).to_have_count(2)
    assert visitor.axe() == []
    page.locator("main form button[type=submit]").click()
    expect(page.locator("link[href^='/brand/']")).to_have_count(1)
