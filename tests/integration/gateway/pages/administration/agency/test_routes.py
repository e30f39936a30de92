"""The agency's settings."""

from __future__ import annotations

import re

import pytest

from tests.integration.gateway.admin_browser import AdminBrowser

FACE = {
    "name": "Marea Homes",
    "colour": "#FFD400",
    "languages": ["en", "sv"],
    "first_language": "sv",
    "time_zone": "Europe/Stockholm",
    "currency": "sek",
    "version": "1",
}


def test_an_agencys_face_is_kept_and_its_colour_colours_the_pages(admin: AdminBrowser) -> None:
    assert admin.post("/agency", **FACE).status_code == 303
    kept = admin.gateway.deps.agencies.of(admin.id).get(admin.id)
    assert (kept.languages, kept.currency, kept.time_zone) == (["sv", "en"], "SEK", "Europe/Stockholm")
    page = admin.browser.get("/agency").text
    brand = re.search(r'href="(/brand/[^"]+)"', page)
    assert brand
    assert "light-dark(" in admin.browser.get(brand[1]).text
    assert "Marea Homes" in page


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"colour": "yellow"}, "colour"),
        ({"name": ""}, "name"),
        ({"time_zone": "Europe/Nowhere"}, "time_zone"),
        ({"currency": "EURO"}, "currency"),
        ({"from_address": "nobody"}, "from_address"),
        ({"public_url": "javascript:x"}, "public_url"),
    ],
)
def test_a_face_that_is_not_right_names_the_field_and_loses_nothing(
    admin: AdminBrowser, typed: dict[str, str], field: str
) -> None:
    answer = admin.post("/agency", **{**FACE, "postal_address": "Typed street 1", **typed})
    assert answer.status_code == 422
    assert f'id="e-{field}"' in answer.text
    assert "Typed street 1" in answer.text
    assert admin.gateway.deps.agencies.of(admin.id).get(admin.id).version == 1


def test_who_was_slower_overwrites_nothing(admin: AdminBrowser) -> None:
    assert admin.post("/agency", **FACE).status_code == 303
    answer = admin.post("/agency", **{**FACE, "name": "Too late"})
    assert answer.status_code == 422
    assert admin.gateway.deps.agencies.of(admin.id).get(admin.id).name == "Marea Homes"


@pytest.mark.parametrize("colour", ["#FFD400", "#000000", "#FFFFFF", "#1F5F5B", "#C0FFEE", "#7F7F7F", "#FF0000"])
def test_any_colour_is_shown_in_both_themes_with_contrasts_that_hold(admin: AdminBrowser, colour: str) -> None:
    page = admin.browser.get("/agency/colour", query_string={"colour": colour}, headers={"X-Partial": "1"}).text
    told = re.findall(r"(?:Light|Dark): text ([\d.]+) : 1, link ([\d.]+) : 1", page)
    assert len(told) == 2
    assert all(float(figure) >= 4.5 for pair in told for figure in pair)
