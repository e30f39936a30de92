"""Wishes drawn and typed in a browser: a member at a desk, a person who looks for a home on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Pictures, Visitors
from tests.browser.running_system import AgencyAtWork
from tests.browser.visitor import SIZES, Visitor

MIDDLE = (37.3838, -6.0062)  # a square in Triana, of which there is an outline
AROUND = {"circle": {"latitude": MIDDLE[0], "longitude": MIDDLE[1], "radius_km": 1.2}}
LINK = re.compile(r"https?://\S+/me/sign-in/\S+")


def a_street(agency: AgencyAtWork) -> None:
    """Six homes around a square, two of them too dear, one without a lift."""
    for at, (price, features) in enumerate(
        [
            (250_000, ["lift"]),
            (270_000, ["lift"]),
            (290_000, []),
            (305_000, ["lift"]),
            (318_000, ["lift"]),
            (480_000, []),
        ]
    ):
        place = {
            "latitude": round(MIDDLE[0] + 0.002 * at - 0.004, 5),
            "longitude": round(MIDDLE[1] + 0.001 * at - 0.002, 5),
        }
        lacks = {"features_absent": [] if features else ["lift"]}
        agency.home(
            list_price=price, features=features, street_name=f"Calle Betis {at + 1}", city="Sevilla", **place, **lacks
        )
    agency.world.eventually(agency.world.settled)


def fits(page: Page) -> int:
    """How many homes the page says fit."""
    return int(re.findall(r"\d+", page.locator(".fits .big").inner_text())[0])


def at_the_map(page: Page) -> Callable[[float, float], tuple[float, float]]:
    """Where a share of the map's width and height is on the screen."""
    page.locator("#where[data-map-ready]").scroll_into_view_if_needed()
    box = page.locator("#where").bounding_box()
    assert box
    return lambda x, y: (box["x"] + box["width"] * x, box["y"] + box["height"] * y)


def pull(page: Page, start: tuple[float, float], *path: tuple[float, float]) -> None:
    """Press, move along, let go."""
    page.mouse.move(*start)
    page.mouse.down()
    for point in path:
        page.mouse.move(*point, steps=6)
    page.mouse.up()


def signed_in_person(agency: AgencyAtWork, visitor: Visitor, full_name: str) -> None:
    """Come in by a link that was mailed."""
    page = visitor.visit("/me/sign-in")
    page.locator("input[name=email]").fill(agency.address_of(full_name))
    page.locator("input[name=email]").press("Enter")

    def link() -> str | None:
        texts = (str(mail.get_body(("plain",)).get_content()) for mail in agency.mails_to(full_name))  # type: ignore[union-attr]
        return next((found[0] for text in texts if (found := LINK.search(text))), None)

    visitor.visit(urlsplit(agency.world.eventually(link)).path)
    page.locator("main button[type=submit], form button[type=submit]").first.click()
    page.wait_for_url(lambda url: url.endswith("/me"))


def draws_a_circle(page: Page) -> None:
    """Pull a circle up with the mouse, then make it smaller by its edge."""
    spot = at_the_map(page)
    page.locator("[data-tool=circle]").click()
    pull(page, spot(0.5, 0.5), spot(0.6, 0.5), spot(0.9, 0.5))
    expect(page.locator("#_areas [data-area]")).to_have_count(1)
    expect(page.locator("[data-tool=circle]")).to_have_attribute("aria-pressed", "false")
    radius = page.locator("input[name=area_radius]").input_value()
    edge = page.locator(".map-handle:not(.centre)").first.bounding_box()
    assert edge
    held = (edge["x"] + edge["width"] / 2, edge["y"] + edge["height"] / 2)
    assert min(edge["width"], edge["height"]) >= 24
    pull(page, held, (held[0] - 90, held[1]))
    expect(page.locator("input[name=area_radius]")).not_to_have_value(radius)


def draws_an_area(page: Page) -> None:
    """Press four corners, and the first again."""
    page.locator("[data-tool=area]").click()
    spot = at_the_map(page)
    corners = [(0.1, 0.15), (0.45, 0.15), (0.45, 0.35), (0.1, 0.35)]
    for corner in (*corners, corners[0]):
        page.mouse.click(*spot(*corner))
    expect(page.locator("#_areas [data-area]")).to_have_count(2)


@pytest.mark.parametrize("language", ["en", "sv"])
def test_a_member_draws_wishes_tries_a_way_out_and_saves(
    agency: AgencyAtWork, visitors: Visitors, picture: Pictures, language: str
) -> None:
    a_street(agency)
    person = agency.person("Sofia Marques", country="ES")
    visitor = visitors("desktop", language)
    visitor.sign_in(agency.member())
    page = visitor.visit(f"/contacts/{person}/wishes/new")
    assert (visitor.axe(), visitor.is_too_wide()) == ([], False)
    page.locator("#f-list_price_max").fill("300000")
    expect(page.locator(".fits .big")).to_contain_text("3")
    page.evaluate("document.getElementById('where').lintelMap.look()")

    draws_a_circle(page)
    draws_an_area(page)
    page.locator("#f-add_word").fill({"en": "lift", "sv": "hiss"}[language])
    page.locator("#f-add_word").press("Enter")
    with page.expect_response("**/wishes/preview"):
        page.locator("[data-level]").select_option("must")
    expect(page.locator(".funnel li").last).to_contain_text({"en": "lift", "sv": "hiss"}[language])
    expect(page.locator(".opens button").first).to_be_visible()
    before = fits(page)
    assert visitor.axe() == []
    picture(visitor, f"wishes-{language}")
    page.locator(".opens button").first.click()
    expect(page.locator("#toasts .toast-line")).to_be_visible()
    expect(page.locator(".fits .big")).not_to_contain_text(str(before))
    page.locator("#toasts button").click()
    expect(page.locator(".fits .big")).to_contain_text(str(before))

    page.locator("#f-name").fill("By the square")
    page.locator(".wishes-top .btn-primary").click()
    page.wait_for_url(lambda url: "/wishes/" in url and not url.endswith("/new"))
    expect(page.locator("#f-name")).to_have_value("By the square")
    expect(page.locator("#_areas [data-area]")).to_have_count(2)
    expect(page.locator(".map-area")).to_have_count(2)
    assert fits(page) == before


@pytest.mark.parametrize("device", SIZES)
def test_what_cannot_be_read_is_told_at_its_field_and_the_last_answer_stays(
    agency: AgencyAtWork, visitors: Visitors, device: str
) -> None:
    a_street(agency)
    visitor = visitors(device)
    visitor.sign_in(agency.member())
    search = agency.wishes(agency.person("Rok Horvat"), areas=[AROUND], list_price_max=300_000)
    page = visitor.visit(f"/wishes/{search}")
    before = fits(page)
    page.locator("#f-list_price_max").fill("much")
    expect(page.locator("[data-fault=list_price_max]")).to_have_text("This is not a number.")
    expect(page.locator("#_found")).to_have_class(re.compile("is-stale"))
    assert fits(page) == before
    assert visitor.axe() == []
    page.locator("#f-list_price_max").fill("260,000")
    expect(page.locator("[data-fault=list_price_max]")).to_be_hidden()
    expect(page.locator(".fits .big")).to_contain_text("1")
    assert (visitor.axe(), visitor.is_too_wide()) == ([], False)


def test_a_circle_is_moved_and_sized_by_keys(agency: AgencyAtWork, visitors: Visitors) -> None:
    visitor = visitors()
    visitor.sign_in(agency.member())
    search = agency.wishes(agency.person("Rok Horvat"), areas=[AROUND])
    page = visitor.visit(f"/wishes/{search}")
    page.get_by_label("Change the circle's size").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("input[name=area_radius]")).not_to_have_value("1.2")
    page.locator("input[name=area_radius]").fill("2")
    expect(page.locator(".map-radius")).to_have_text("2\u00a0km")


@pytest.mark.parametrize(
    ("device", "language", "name"), [("phone", "sl", "Vesna Kralj"), ("desktop", "es", "Marta Soler")]
)
def test_a_person_draws_an_area_with_a_finger_and_keeps_it(
    agency: AgencyAtWork, visitors: Visitors, picture: Pictures, device: str, language: str, name: str
) -> None:
    a_street(agency)
    agency.person(name, country="ES", language=language)
    visitor = visitors(device, language)
    signed_in_person(agency, visitor, name)
    page = visitor.visit("/me/wishes")
    assert (visitor.axe(), visitor.is_too_wide()) == ([], False)
    page = visitor.visit("/me/wishes/new")
    page.locator("#f-list_price_max").fill("310000")
    expect(page.locator(".my-count")).to_contain_text("4")
    page.evaluate("document.getElementById('where').lintelMap.look()")
    spot = at_the_map(page)
    page.locator("[data-tool=area]").click()
    pull(page, spot(0.1, 0.1), spot(0.9, 0.1), spot(0.9, 0.65), spot(0.1, 0.65), spot(0.1, 0.12))
    expect(page.locator("#_areas [data-area]")).to_have_count(1)
    assert (visitor.axe(), visitor.is_too_wide()) == ([], False)
    picture(visitor, f"my-wishes-{device}-{language}")
    page.locator(".my-foot .btn-primary").click()
    page.wait_for_url(lambda url: not url.endswith("/new"))
    expect(page.locator(".map-area")).to_have_count(1)
    expect(page.locator(".my-count")).to_be_visible()
