"""Pages, as a browser meets them: their headers, what is not there, what is for everybody."""

from __future__ import annotations

import re

import pytest

from services.gateway.accounts.credentials import fingerprint
from tests.integration.gateway.house import House, token_in

HOME = {
    "id": "home-1",
    "standard_status": "active",
    "transaction": "sale",
    "property_sub_type": "apartment",
    "list_price": 295000,
    "currency": "EUR",
    "city": "Cádiz",
    "features": ["lift", "sea_view"],
    "public_remarks": {"es": "Luminoso", "en": "Bright <b>"},
}


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/dead/leads/x/replay", "/dead/leads/x/discard"])
def test_a_post_without_the_pages_token_does_nothing(house: House, path: str) -> None:
    browser = house.signed_in(house.agency()["admin"]["email"])
    assert browser.post(path, data={"email": "x", "password": "y"}).status_code == 400
    assert browser.get("/account").status_code == 200
    token = token_in(browser.get("/account").text)
    foreign = browser.post(path, data={"csrf_token": token}, headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 403
    assert browser.get("/account").status_code == 200


@pytest.mark.parametrize("path", ["/", "/sign-in", "/mailbox", "/u/forged", "/homes/none", "/nothing-here"])
def test_every_page_is_closed_to_inline_scripts_frames_and_other_sites(house: House, path: str) -> None:
    browser = house.signed_in(house.agency()["admin"]["email"])
    answer = browser.get(path, headers={"Accept": "text/html"})
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=|https?://", answer.text)


def test_a_page_that_is_not_there_is_a_page_for_browsers_and_a_problem_for_programs(house: House) -> None:
    page = house.browser().get("/nothing-here", headers={"Accept": "text/html", "Accept-Language": "sl"})
    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert 'lang="sl"' in page.text
    problem = house.browser().get("/v1/nothing-here", headers={"Accept": "text/html"})
    assert (problem.status_code, problem.mimetype) == (404, "application/problem+json")


def test_what_breaks_is_a_page_with_a_number_to_tell_and_nothing_of_the_inside(house: House) -> None:
    browser = house.signed_in(house.agency()["admin"]["email"])
    cookie = browser.get_cookie("lintel")
    assert cookie
    broken = {"$set": {"seen_at": "yesterday"}}
    house.room.db["sessions"].update_one({"_id": fingerprint(str(cookie.value))}, broken)
    answer = browser.get("/account")
    assert (answer.status_code, answer.mimetype) == (500, "text/html")
    assert "Something broke here" in answer.text
    assert answer.headers["X-Correlation-ID"] in answer.text
    assert "Traceback" not in answer.text
    assert "yesterday" not in answer.text
    part = browser.get("/account", headers={"HX-Request-Type": "partial"})
    assert part.status_code == 500
    assert "<html" not in part.text


def test_our_own_files_may_be_kept_for_ever_under_their_stamp(house: House) -> None:
    page = house.browser().get("/sign-in").text
    for address in re.findall(r'(?:href|src)="(/assets/[^"]+)"', page):
        answer = house.browser().get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
    assert house.browser().get("/assets/..%2fapp.py").status_code == 404


class TestHomes:
    def test_a_home_on_the_market_is_there_for_everybody_in_their_language(self, house: House) -> None:
        made = house.agency()
        house.room.hear("properties.listing.activated", "open-1", {**HOME, "id": "open-1"}, 1, made["id"])
        spanish = house.browser().get("/homes/open-1", headers={"Accept-Language": "es-ES,en;q=0.5"}).text
        assert 'lang="es"' in spanish
        assert "Luminoso" in spanish
        assert "295.000\u00a0€" in spanish
        assert "vistas al mar" in spanish
        english = house.browser().get("/homes/open-1").text
        assert "Bright &lt;b&gt;" in english
        assert "Marea" in english

    def test_a_home_that_left_the_market_is_there_for_whom_we_wrote_to(self, house: House) -> None:
        from shared.http.links import sign

        made = house.agency()
        gone = {**HOME, "id": "gone-1", "standard_status": "closed"}
        house.room.hear("properties.listing.status_changed", "gone-1", gone, 3, made["id"])
        assert house.browser().get("/homes/gone-1").status_code == 404
        who = {"agency_id": made["id"], "contact_id": "c1", "listing_id": "gone-1", "language": "sv"}
        token = sign(house.room.settings.secret_key, "home", who)
        page = house.browser().get(f"/homes/gone-1?t={token}")
        assert page.status_code == 200
        assert 'lang="sv"' in page.text
        other = sign(house.room.settings.secret_key, "home", {**who, "listing_id": "home-1"})
        assert house.browser().get(f"/homes/gone-1?t={other}").status_code == 404
        assert house.browser().get("/homes/gone-1?t=forged").status_code == 404
