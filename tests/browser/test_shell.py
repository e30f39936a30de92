"""What every page shares: the keyboard, the session's end, a lost connection, double presses, the way back, errors."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitors
from tests.browser.running_system import PASSWORD, AgencyAtWork, RunningSystem
from tests.browser.visitor import SIZES, Visitor


def with_ana(agency: AgencyAtWork, visitor: Visitor) -> str:
    """Somebody at a browser, and Ana among the contacts; her id."""
    ana = agency.person("Ana Beltran", phone="+34612345018")
    visitor.sign_in(agency.admin)
    return ana


@pytest.mark.parametrize("device", SIZES)
def test_a_session_that_ended_asks_over_the_page_and_nothing_typed_is_lost(
    running_system: RunningSystem, agency: AgencyAtWork, visitors: Visitors, device: str
) -> None:
    visitor = visitors(device)
    with_ana(agency, visitor)
    page = visitor.visit("/contacts/new")
    page.locator("[name=full_name]").fill("Klara Novak")
    running_system.world.mongo["gateway"].sessions.delete_many({"member_id": agency.admin.id})
    visitor.expects(401)
    page.locator("[name=phone]").fill("612345018")
    page.locator("[name=email]").focus()
    dialog = page.locator("#_sign_in_dialog")
    expect(dialog).to_be_visible()
    assert visitor.axe() == []
    dialog.locator("[name=email]").fill(agency.admin.email)
    dialog.locator("[name=password]").fill(PASSWORD)
    dialog.locator("[name=password]").press("Enter")
    expect(dialog).to_have_count(0)
    expect(page.locator("[name=full_name]")).to_have_value("Klara Novak")
    page.locator("[name=phone]").fill("")
    page.locator("form.box button[type=submit]").click()
    expect(page.locator("h1")).to_contain_text("Klara Novak")


def test_a_lost_stream_is_told_and_found_again_without_a_reload(
    running_system: RunningSystem, agency: AgencyAtWork, visitors: Visitors
) -> None:
    visitor = visitors()
    visitor.sign_in(agency.admin)
    page = visitor.visit("/")
    dot = page.locator("[data-live-dot]")
    expect(dot).to_have_text("Live")
    visitor.expects("ERR_CONNECTION_REFUSED", "ERR_INCOMPLETE_CHUNKED_ENCODING", "ERR_CONNECTION_RESET")
    running_system.world.processes["gateway-stream"].kill()
    expect(dot).to_have_class(re.compile("late"))
    expect(dot).to_contain_text("Not live since")
    assert visitor.axe() == []
    running_system.world.start_stream()
    expect(dot).to_have_text("Live")


def test_pressing_twice_makes_one_person(agency: AgencyAtWork, visitors: Visitors) -> None:
    visitor = visitors()
    visitor.sign_in(agency.admin)
    page = visitor.visit("/contacts/new")
    page.locator("[name=full_name]").fill("Klara Novak")
    page.locator("form.box button[type=submit]").dblclick()
    expect(page.locator("h1")).to_contain_text("Klara Novak")
    assert len(agency.get("leads", "/v1/contacts?q=klara")["items"]) == 1


def test_the_way_back_leads_to_the_list_as_it_was(agency: AgencyAtWork, visitors: Visitors) -> None:
    visitor = visitors()
    with_ana(agency, visitor)
    agency.person("Oskar Lindgren")
    page = visitor.visit("/contacts")
    page.locator("#f-q").press_sequentially("beltr")
    expect(page.locator("#_contacts tbody tr")).to_have_count(1)
    page.locator("#_contacts .person").click()
    expect(page.locator("h1")).to_contain_text("Ana Beltran")
    page.go_back()
    expect(page.locator("#f-q")).to_have_value("beltr")
    expect(page.locator("#_contacts tbody tr")).to_have_count(1)


def test_the_keyboard_finds_somebody_and_writes_a_call_down(agency: AgencyAtWork, visitors: Visitors) -> None:
    visitor = visitors()
    with_ana(agency, visitor)
    page = visitor.visit("/")
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_visible()
    page.keyboard.type("beltran", delay=30)
    expect(page.locator("#_search_results [data-found]").first).to_contain_text("Ana Beltran")
    assert visitor.axe() == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Ana Beltran")
    page.keyboard.press("c")
    dialog = page.locator("#_call_dialog")
    expect(dialog).to_be_visible()
    assert visitor.axe() == []
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.keyboard.press("g")
    page.keyboard.press("l")
    expect(page.locator("h1")).to_have_text("Listings")


@pytest.mark.parametrize("device", SIZES)
def test_what_is_not_there_or_not_for_this_role_is_a_page_of_ours(
    agency: AgencyAtWork, visitors: Visitors, device: str
) -> None:
    visitor = visitors(device)
    visitor.expects(404, 403)
    visitor.sign_in(agency.member("agent"))
    for path, words in (("/nothing-here", "does not exist"), ("/contacts/nobody", "contact"), ("/services", "role")):
        page = visitor.visit(path)
        expect(page.locator("h1")).to_contain_text(words)
        assert visitor.axe() == []
        assert not visitor.is_too_wide()


@pytest.mark.parametrize("device", SIZES)
def test_a_person_with_wishes_homes_and_words_is_in_order(
    agency: AgencyAtWork, visitors: Visitors, device: str
) -> None:
    visitor = visitors(device)
    ana = with_ana(agency, visitor)
    agency.wishes(ana)
    home = agency.home()
    agency.world.eventually(lambda: agency.matches_of(home))
    agency.world.eventually(agency.world.settled)
    page = visitor.visit(f"/contacts/{ana}")
    for tab in ("mail", "notes", "consent", "homes"):
        page.locator(f'[role=tab][href$="/{tab}"]').click()
        expect(page.locator(f'[role=tab][href$="/{tab}"]')).to_have_attribute("aria-selected", "true")
        assert (tab, visitor.axe(), visitor.is_too_wide()) == (tab, [], False)
    page.get_by_role("button", name="Record a change").first.click()
    dialog = page.locator("#_consent_dialog")
    expect(dialog).to_be_visible()
    assert visitor.axe() == []
    dialog.locator("button[type=submit]").click()
    expect(dialog.locator("#e-source")).to_be_visible()
    dialog.locator("[name=source]").fill("on the phone")
    dialog.locator("[name=state]").select_option("withdrawn")
    dialog.locator("button[type=submit]").click()
    expect(page.locator("#_contact_tab, .consents").first).to_be_visible()
    expect(page.locator(".side .tag", has_text="Declined").first).to_be_visible()
