"""An agent's listings in a real browser: added by a form, tried at another price, imported, explained, shared."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Pictures, Visitors
from tests.browser.running_system import AgencyAtWork
from tests.browser.visitor import SIZES, Visitor

EXCERPT = Path(__file__).parents[1] / "data" / "king_county_100.csv"


def in_order(visitor: Visitor) -> None:
    """axe finds nothing, and nothing is wider than the screen."""
    assert visitor.axe() == []
    assert not visitor.is_too_wide()


def counted(agency: AgencyAtWork, home: str, kind: str) -> bool:
    """Whether the home has met somebody in this way; false before anybody has heard of it."""
    answer = agency.world.call("matching", "GET", f"/v1/listings/{home}/match-counts", agency=agency.id)
    return bool(answer.status_code == 200 and answer.json()[kind] == 1)


@pytest.mark.parametrize(("device", "language"), [("desktop", "en"), ("phone", "es")])
def test_a_home_added_by_the_form_shows_whom_it_suits(
    agency: AgencyAtWork, visitors: Visitors, picture: Pictures, device: str, language: str
) -> None:
    ana = agency.person("Ana Beltran", phone="+34612345018")
    agency.wishes(ana, list_price_max=310_000, preferences={"terrace": "strong"})
    agency.wishes(agency.person("Bojan Kralj"), list_price_max=285_000, alerts="instant")
    visitor = visitors(device, language)
    visitor.sign_in(agency.admin)
    page = visitor.visit("/listings/new")
    page.locator("#f-list_price").fill("much")
    page.locator("#f-street_name").fill("Calle Sagasta")
    page.locator(".form-foot button[type=submit]").click()
    expect(page.locator("#e-list_price")).to_be_visible()
    expect(page.locator("#f-street_name")).to_have_value("Calle Sagasta")
    in_order(visitor)
    page.locator("#f-list_price").fill("295000")
    page.locator("#f-property_sub_type").select_option("apartment")
    expect(page.locator("#_audience .gates li").first).to_contain_text("1")
    page.locator(".form-foot button[type=submit]").click()
    page.wait_for_url(re.compile(r"/listings/(?!new)"))
    made = page.url.rpartition("/")[2]
    agency.world.eventually(lambda: counted(agency, made, "match"))
    page.reload()
    expect(page.locator("#_people .person")).to_have_text(["Ana Beltran"])
    expect(page.locator("#_demand .waiting")).to_have_count(0)
    in_order(visitor)
    picture(visitor, f"listing-{device}")
    page.locator(".acts .btn-primary").click()
    page.locator("#f-list_price").fill("280000")
    expect(page.locator("#_price_effect .gates li").first).to_contain_text("1")
    assert visitor.axe() == []
    page.locator("#_price_dialog .btn-primary").click()
    expect(page.locator("#_facts .big")).to_contain_text("280")
    visitor.visit("/listings")
    expect(page.locator("[data-row]")).to_have_count(1)
    in_order(visitor)
    picture(visitor, f"listings-{device}")


def test_an_answer_of_the_owner_is_entered_in_place(agency: AgencyAtWork, visitors: Visitors) -> None:
    agency.wishes(agency.person("Ana Beltran"), must_have=["pool"])
    home = agency.home()
    agency.world.eventually(lambda: counted(agency, home, "possible"))
    visitor = visitors()
    visitor.sign_in(agency.admin)
    page = visitor.visit(f"/listings/{home}")
    page.locator("#ask-pool a").click()
    page.locator("#ask-pool button[value=yes]").click()
    expect(page.locator("#ask-pool")).to_have_count(0)
    expect(page.locator("#_facts .tags")).to_contain_text("Pool")
    in_order(visitor)


@pytest.mark.parametrize("device", SIZES)
def test_a_file_is_looked_at_previewed_and_imported(
    agency: AgencyAtWork, visitors: Visitors, picture: Pictures, device: str
) -> None:
    visitor = visitors(device)
    visitor.sign_in(agency.admin)
    page = visitor.visit("/imports")
    in_order(visitor)
    page.locator("#f-file").set_input_files(EXCERPT)
    page.locator("main form .btn-primary").click()
    expect(page.get_by_label("As King County")).to_be_checked()
    in_order(visitor)
    page.locator("input[name=how][value=page]").check()
    expect(page.locator("#f-column_0")).to_be_visible()
    in_order(visitor)
    page.get_by_label("As King County").check()
    page.locator(".form-foot .btn-primary").click()
    expect(page.locator(".verdict-line")).to_contain_text("99 new homes, 1 changed")
    in_order(visitor)
    picture(visitor, f"import-{device}")
    assert agency.get("properties", "/v1/listings/counts")["total"] == 0
    page.locator(".verdict-line .btn-primary").click()
    expect(page.locator(".verdict-line")).to_contain_text("Imported: 99 new homes")
    page.locator(".verdict-line .btn-primary").click()
    expect(page.locator("[data-row]").first).to_be_visible()
    assert agency.get("properties", "/v1/listings/counts")["total"] == 99


@pytest.mark.parametrize("device", SIZES)
def test_explain_works_by_keyboard_from_both_sides(
    agency: AgencyAtWork, visitors: Visitors, picture: Pictures, device: str
) -> None:
    ana = agency.person("Ana Beltran", phone="+34612345018")
    agency.wishes(ana, list_price_max=290_000, must_have=["lift"], preferences={"pool": "strong"})
    home = agency.home()
    agency.world.eventually(lambda: counted(agency, home, "near"))
    visitor = visitors(device)
    visitor.sign_in(agency.admin)
    page = visitor.visit("/explain")
    visitor.slow_line()  # the answer to the first field comes while the second is typed into
    for field, typed in (("#c-person", "beltran"), ("#c-home", "sagasta")):
        page.locator(field).press_sequentially(typed)
        expect(page.locator(field)).to_have_attribute("aria-expanded", "true")
        page.locator(field).press("Enter")
        expect(page.locator(f"{field} + input")).not_to_have_value("")
    expect(page.locator(".sum")).to_contain_text("One thing does not fit")
    assert f"listing_id={home}" in page.url
    expect(page.locator(".criteria .middle.near")).to_have_count(1)
    expect(page.locator("#pair-map[data-map-ready]")).to_have_count(1)
    in_order(visitor)
    picture(visitor, f"explain-{device}")
    page.go_back()
    expect(page.locator(".sum")).to_have_count(0)


@pytest.mark.parametrize("device", SIZES)
def test_everybody_sees_a_home_with_its_map_and_whom_to_ask(
    agency: AgencyAtWork, visitors: Visitors, picture: Pictures, device: str
) -> None:
    home = agency.home(public_remarks={"en": "Bright flat near the beach."})
    agency.world.eventually(agency.world.settled)
    visitor = visitors(device)
    page = visitor.visit(f"/homes/{home}")
    expect(page.locator("h1")).to_have_text("Flat, Calle Sagasta")
    expect(page.locator("#home-map[data-map-ready]")).to_have_count(1)
    in_order(visitor)
    picture(visitor, f"public-home-{device}")


@pytest.mark.parametrize("device", SIZES)
def test_the_map_shows_the_homes_of_the_table(agency: AgencyAtWork, visitors: Visitors, device: str) -> None:
    agency.home()
    visitor = visitors(device)
    visitor.sign_in(agency.admin)
    page = visitor.visit("/listings?view=map")
    expect(page.locator(".map-pin")).to_have_count(1)
    in_order(visitor)
    page.locator("#f-q").fill("nowhere")
    expect(page.locator(".map-pin")).to_have_count(0)
