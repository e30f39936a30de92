"""A prospect's evening: a link by mail, an area drawn, homes with why, a no that stays; then being forgotten."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Pictures, Visitors
from tests.browser.running_system import HOME, AgencyAtWork
from tests.browser.visitor import SIZES, Visitor

LINK = re.compile(r"https?://\S+/me/sign-in/\S+")
MIDDLE = (HOME["latitude"], HOME["longitude"])
FAR = (MIDDLE[0] + 0.4, MIDDLE[1])
NAMES = {"sl": "Maja Zupan", "es": "Lucia Romero"}


def homes_of(agency: AgencyAtWork) -> None:
    """Two homes around a square, and one far from it."""
    for name, (latitude, longitude) in (("Calle Uno", MIDDLE), ("Calle Dos", MIDDLE), ("Calle Lejos", FAR)):
        agency.home(street_name=name, latitude=latitude, longitude=longitude)


def comes_in(agency: AgencyAtWork, visitor: Visitor, full_name: str) -> str:
    """Ask for a link, find it in the catcher, press its button; returns the link's path."""
    page = visitor.visit("/me/sign-in")
    assert (visitor.axe(), visitor.is_too_wide()) == ([], False)
    page.locator("#email").fill(agency.address_of(full_name))
    page.locator("#email").press("Enter")
    expect(page.locator(".notice.pass")).to_be_visible()

    def link() -> str | None:
        texts = [str(mail.get_body(("plain",)).get_content()) for mail in agency.mails_to(full_name)]  # type: ignore[union-attr]
        return next((found[0] for text in reversed(texts) if (found := LINK.search(text))), None)

    path = urlsplit(agency.world.eventually(link)).path
    visitor.visit(path)
    assert (visitor.axe(), visitor.is_too_wide()) == ([], False)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(lambda url: urlsplit(url).path == "/me")
    return path


def draws_around_the_square(page: Page) -> None:
    """Draw a circle with its middle on the square, pulled outwards with the mouse or a finger."""
    page.locator("#where[data-map-ready]").scroll_into_view_if_needed()
    page.locator("[data-tool=circle]").click()
    box = page.locator("#where").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.45)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.45, steps=5)
    page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + box["height"] * 0.45, steps=5)
    page.mouse.up()
    expect(page.locator("#_areas [data-area]")).to_have_count(1)


@pytest.mark.parametrize(("device", "language"), [("phone", "sl"), ("desktop", "es")])
def test_a_link_opens_the_homes_an_area_narrows_them_and_a_no_stays_gone(
    agency: AgencyAtWork, visitors: Visitors, picture: Pictures, device: str, language: str
) -> None:
    name = NAMES[language]
    homes_of(agency)
    circle = {"circle": {"latitude": MIDDLE[0], "longitude": MIDDLE[1], "radius_km": 80}}
    wish = agency.wishes(agency.person(name, language=language), areas=[circle])
    agency.world.eventually(agency.world.settled)
    visitor = visitors(device, language)
    link = comes_in(agency, visitor, name)
    page = visitor.page
    expect(page.locator(".home-card")).to_have_count(3)
    assert (visitor.axe(), visitor.is_too_wide()) == ([], False)
    picture(visitor, f"my-homes-{device}-{language}")

    page.locator(".wish-pill[aria-current]").click()
    page.locator("#_areas [data-area] button").click()
    expect(page.locator("#_areas [data-area]")).to_have_count(0)
    page.evaluate("(at) => void document.getElementById('where').lintelMap.leaflet.setView(at, 13)", MIDDLE)
    draws_around_the_square(page)
    page.locator(".my-foot .btn-primary").click()
    expect(page.locator("#toasts .toast-line, .toast-line")).to_be_visible()
    agency.world.eventually(lambda: agency.world.settled() and len(homes_that_fit(agency, wish)) == 2)

    page = visitor.visit("/me?list=all")
    expect(page.locator(".home-card")).to_have_count(2)
    first = page.locator(".home-card", has_text="Calle Uno")
    first.locator("button.discard").click()
    expect(page.locator("dialog[open] .reasons")).to_be_visible()
    assert visitor.axe() == []
    picture(visitor, f"no-thanks-{device}-{language}")
    page.locator(".reasons button[value=too_dark]").click()
    expect(page.locator(".reasons button[value=too_dark]")).to_have_attribute("aria-pressed", "true")
    page.locator("dialog[open] .sheet-foot a").click()
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator(".gone-line button")).to_be_focused()
    expect(page.locator(".home-card h2:visible")).to_have_count(1)
    page = visitor.visit("/me?list=all")
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("h1")).to_contain_text(name.split()[0])
    expect(page.locator("h1")).to_contain_text("1")
    expect(page.locator(".home-card", has_text="Calle Uno")).to_have_count(0)

    visitor.expects(404)
    page.goto(link)
    expect(page.locator(".notice.fail")).to_be_visible()


def homes_that_fit(agency: AgencyAtWork, wish: str) -> list[str]:
    """The homes that meet the wishes, as the engine tells them."""
    return [one["listing_id"] for one in agency.get("matching", f"/v1/saved-searches/{wish}/matches")["items"]]


@pytest.mark.parametrize("device", SIZES)
def test_every_page_of_a_prospect_is_in_order_until_they_are_forgotten(
    agency: AgencyAtWork, visitors: Visitors, picture: Pictures, device: str
) -> None:
    name = f"Hannah {device.title()}"
    homes_of(agency)
    agency.wishes(agency.person(name))
    agency.world.eventually(agency.world.settled)
    visitor = visitors(device)
    comes_in(agency, visitor, name)
    page = visitor.page
    page.locator(".home-card .favorite").first.click()
    expect(page.locator(".home-card .favorite[aria-pressed=true]")).to_be_focused()
    page.locator(".home-card h2 a").first.click()
    expect(page.locator("#h-why")).to_be_visible()
    assert (visitor.axe(), visitor.is_too_wide()) == ([], False)
    picture(visitor, f"my-home-{device}")
    for path in ("/me?list=almost", "/me?list=no", "/me/saved", "/me/you", "/me/you/erasure"):
        visitor.visit(path)
        assert (path, visitor.axe(), visitor.is_too_wide()) == (path, [], False)
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".notice.fail")).to_be_visible()
    page.locator("input[name=sure]").check()
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/me/farewell")
    assert visitor.axe() == []
    page = visitor.visit("/me")
    assert urlsplit(page.url).path == "/me/sign-in"


def test_an_answer_without_a_network_is_kept_and_sent_on_return(agency: AgencyAtWork, visitors: Visitors) -> None:
    homes_of(agency)
    person = agency.person("Olga Offline")
    agency.wishes(person)
    agency.world.eventually(agency.world.settled)
    visitor = visitors("phone")
    comes_in(agency, visitor, "Olga Offline")
    page = visitor.page
    visitor.goes_offline()
    page.locator(".home-card .possibility").first.click()
    expect(page.locator(".home-card .possibility[aria-pressed=true]")).to_have_count(1)
    expect(page.locator(".kept:visible")).to_have_count(1)
    assert agency.get("matching", f"/v1/contacts/{person}/listings")["items"] == []
    visitor.comes_back()
    expect(page.locator("#toasts .toast-line")).to_be_visible()
    said = agency.get("matching", f"/v1/contacts/{person}/listings")["items"]
    assert [one["preference"] for one in said] == ["possibility"]


def test_a_mails_links_ask_before_they_act(agency: AgencyAtWork, visitors: Visitors) -> None:
    person = agency.person("Petra Post")
    agency.wishes(person, alerts="instant")
    agency.home(street_name="Calle Correo")
    agency.world.eventually(lambda: agency.mails_to("Petra Post"), 60)
    (mail,) = agency.mails_to("Petra Post")
    text = str(mail.get_body(("plain",)).get_content())  # type: ignore[union-attr]
    visitor = visitors("phone")
    favourite = next(found for found in re.findall(r"https?://\S+", text) if "say=favorite" in found)
    page = visitor.visit(favourite)
    assert agency.get("matching", f"/v1/contacts/{person}/listings")["items"] == []
    assert (visitor.axe(), visitor.is_too_wide()) == ([], False)
    page.locator(".answers .favorite").click()
    expect(page.locator(".notice.pass")).to_be_visible()
    assert len(agency.get("matching", f"/v1/contacts/{person}/listings")["items"]) == 1
    for found in [each for each in re.findall(r"https?://\S+", text) if "/u/" in each]:
        visitor.visit(found)
        assert (visitor.axe(), visitor.is_too_wide()) == ([], False)
    page.locator("main form button").first.click()
    expect(page.locator("main h1")).to_be_visible()
    assert visitor.axe() == []
