"""An agent's morning: a home comes in, the people whom it suits appear, one mail goes out, everybody can see it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Pictures, Visitors
from tests.browser.running_system import AgencyAtWork, RunningSystem
from tests.browser.visitor import SIZES, Visitor

WORDS = {
    "en": {"send": "Send to", "note": "Call me, Inés.", "undo": "Undo", "home": "Flat, Calle Sagasta"},
    "es": {"send": "Enviar a", "note": "Llámame, Inés.", "undo": "Deshacer", "home": "Piso, Calle Sagasta"},
}


def people_of(agency: AgencyAtWork) -> None:
    """Ana wants it and may be written to; Bojan has less of a reason; Carla may not be written to."""
    for name, wants, most in (
        ("Ana Beltran", True, 310_000),
        ("Bojan Kralj", True, 296_000),
        ("Carla Pires", False, 305_000),
    ):
        contact = agency.person(name, wants=wants, language="es", phone="+34612345018")
        agency.wishes(contact, list_price_max=most, preferences={"terrace": "would"})


def comes_in(agency: AgencyAtWork, visitor: Visitor) -> str:
    """A home is added elsewhere while the page lies open: it shows by itself."""
    expect(visitor.page.locator("[data-live-dot]")).not_to_have_class("late")
    visitor.page.evaluate("window.sameDocument = true")
    home = agency.home()
    expect(visitor.page.locator(".pair")).to_have_count(3)
    assert visitor.page.evaluate("window.sameDocument")
    return home


@pytest.mark.parametrize(("device", "language"), [("desktop", "en"), ("phone", "es")])
def test_a_home_comes_in_and_one_mail_goes_to_each_whom_it_suits(
    agency: AgencyAtWork, visitors: Visitors, picture: Pictures, device: str, language: str
) -> None:
    people_of(agency)
    visitor = visitors(device, language)
    visitor.sign_in(agency.admin)
    page = visitor.visit("/?whose=team")
    home = comes_in(agency, visitor)
    expect(page.locator(".person").first).to_contain_text("Ana Beltran")
    assert visitor.axe() == []
    assert not visitor.is_too_wide()
    page.locator(".news").get_by_role("button").filter(has_text="2").first.click()
    dialog = page.locator("#_send_dialog")
    expect(dialog.locator("input[name=contact_id]:checked")).to_have_count(2)
    page.locator("textarea[name=note]").fill(WORDS[language]["note"])
    assert visitor.axe() == []
    picture(visitor, f"send-{device}")
    dialog.locator("button[type=submit]").click()
    expect(dialog).to_have_count(0)
    expect(page.locator("#toasts")).to_contain_text("2")
    agency.world.eventually(lambda: agency.mails_to("Ana Beltran") and agency.mails_to("Bojan Kralj"), 60)
    (mail,) = agency.mails_to("Ana Beltran")
    assert WORDS[language]["note"] in mail.get_body(("plain",)).get_content()
    assert "por debajo del presupuesto" in mail.get_body(("html",)).get_content()
    assert agency.mails_to("Carla Pires") == []
    agency.world.eventually(agency.world.settled)
    page = visitor.visit(f"/listings/{home}")
    expect(page.locator("#_people tbody tr").first.locator(".opinion-or-delivery")).to_contain_text(":")
    page.locator("#_people .person", has_text="Ana Beltran").click()
    expect(page.locator("#_timeline")).to_contain_text("Calle Sagasta")
    expect(page.locator("#_timeline .i-s").first).to_be_visible()


def test_rows_do_not_move_under_the_pointer(agency: AgencyAtWork, visitors: Visitors) -> None:
    people_of(agency)
    visitor = visitors()
    visitor.sign_in(agency.admin)
    page = visitor.visit("/")
    comes_in(agency, visitor)
    page.locator(".pair").first.hover()
    agency.home(street_name="Rua da Graça")
    bar = page.locator("[data-news]")
    expect(bar).to_be_visible()
    expect(page.locator(".news")).to_have_count(1)
    assert visitor.axe() == []
    page.locator("h1").hover()
    expect(page.locator(".news")).to_have_count(2)
    expect(bar).to_be_hidden()


BUYERS = (
    ("Ana Beltrán", "es", "+34612345018", True, {"list_price_max": 460_000, "preferences": {"garage": "would"}}),
    ("Oskar Lindgren", "sv", "+46701740612", True, {"list_price_max": 500_000, "bedrooms_min": 3}),
    (
        "Klara Novak",
        "sl",
        "+38631234506",
        False,
        {"list_price_max": 455_000, "preferences": {"pets_allowed": "strong"}},
    ),
    ("Sofia Marques", "pt", "+351912345678", True, {"list_price_max": 470_000, "living_area_min": 95}),
    ("Hannah Whitcombe", "en", "+441174960044", True, {"list_price_max": 452_000, "must_have": ["terrace"]}),
)
HOMES = (
    {"street_name": "Carrer de Cuba", "list_price": 449_000, "bedrooms_total": 3, "living_area": 118},
    {"street_name": "Calle Sagasta", "list_price": 428_000, "bedrooms_total": 3, "living_area": 104},
    {
        "street_name": "Puerto Rico",
        "list_price": 439_000,
        "bedrooms_total": 4,
        "living_area": 131,
        "features": ["lift"],
    },
)


def busy(running_system: RunningSystem) -> AgencyAtWork:
    """An agency in the middle of its morning: three homes, one of them cheaper, five people, two answers."""
    agency = running_system.agency(name="Marea Homes")
    people = [
        (agency.person(name, wants=wants, language=language, phone=phone), criteria)
        for name, language, phone, wants, criteria in BUYERS
    ]
    for contact, criteria in people:
        agency.wishes(contact, **criteria)
    homes = [agency.home(**facts) for facts in HOMES]
    agency.world.eventually(lambda: all(agency.matches_of(home) for home in homes))
    agency.post("properties", f"/v1/listings/{homes[1]}/price-changes", {"list_price": 398_000})
    for (contact, _criteria), said in zip(
        people, ({"preference": "favorite"}, {"preference": "discard", "reason": "noise"}), strict=False
    ):
        path = f"/v1/contacts/{contact}/listings/{homes[2]}"
        assert agency.world.call("matching", "PUT", path, agency=agency.id, json=said).status_code == 200
    agency.world.eventually(agency.world.settled)
    return agency


@pytest.mark.parametrize("device", SIZES)
def test_a_busy_morning_is_in_order(
    running_system: RunningSystem, visitors: Visitors, picture: Pictures, device: str
) -> None:
    agency = busy(running_system)
    visitor = visitors(device)
    visitor.sign_in(agency.admin)
    page = visitor.page
    expect(page.locator(".news")).to_have_count(3)
    expect(page.locator(".what", has_text="Price down 7%")).to_have_count(1)
    expect(page.locator("aside")).to_contain_text("no thanks")
    assert visitor.axe() == []
    assert not visitor.is_too_wide()
    picture(visitor, f"today-{device}")
    page.keyboard.press("j")
    first = page.locator(".pair").first
    expect(first).to_have_attribute("aria-current", "true")
    gone = first.get_attribute("id")
    first.locator("button").last.click()
    expect(page.locator(f"#{gone}")).to_have_count(0)
    expect(page.locator("#toasts")).to_contain_text("Not shown again")
    page.locator(".person", has_text="Oskar Lindgren").first.click()
    expect(page.locator("h1")).to_contain_text("Oskar Lindgren")
    assert visitor.axe() == []
    picture(visitor, f"contact-{device}")
