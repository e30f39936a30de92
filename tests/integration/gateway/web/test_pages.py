"""Pages, as a browser meets them: their headers, what is not there, what is for everybody."""

from __future__ import annotations

import re

import pytest

from services.gateway.accounts.credentials import fingerprint
from tests.integration.gateway.gateway_client import GatewayClient, token_in

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
def test_a_post_without_the_pages_token_does_nothing(gateway: GatewayClient, path: str) -> None:
    browser = gateway.signed_in(gateway.agency()["admin"]["email"])
    assert browser.post(path, data={"email": "x", "password": "y"}).status_code == 400
    assert browser.get("/account").status_code == 200
    token = token_in(browser.get("/account").text)
    foreign = browser.post(path, data={"csrf_token": token}, headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 403
    assert browser.get("/account").status_code == 200


@pytest.mark.parametrize("path", ["/", "/sign-in", "/mailbox", "/u/forged", "/homes/none", "/nothing-here"])
def test_every_page_is_closed_to_inline_scripts_frames_and_other_sites(gateway: GatewayClient, path: str) -> None:
    browser = gateway.signed_in(gateway.agency()["admin"]["email"])
    answer = browser.get(path, headers={"Accept": "text/html"})
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=|https?://", answer.text)


def test_a_page_that_is_not_there_is_a_page_for_browsers_and_a_problem_for_programs(gateway: GatewayClient) -> None:
    page = gateway.browser().get("/nothing-here", headers={"Accept": "text/html", "Accept-Language": "sl"})
    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert 'lang="sl"' in page.text
    problem = gateway.browser().get("/v1/nothing-here", headers={"Accept": "text/html"})
    assert (problem.status_code, problem.mimetype) == (404, "application/problem+json")


def test_what_breaks_is_a_page_with_a_number_to_tell_and_nothing_of_the_inside(gateway: GatewayClient) -> None:
    browser = gateway.signed_in(gateway.agency()["admin"]["email"])
    cookie = browser.get_cookie("lintel")
    assert cookie
    broken = {"$set": {"seen_at": "yesterday"}}
    gateway.room.db["sessions"].update_one({"_id": fingerprint(str(cookie.value))}, broken)
    answer = browser.get("/account")
    assert (answer.status_code, answer.mimetype) == (500, "text/html")
    assert "Something went wrong" in answer.text
    assert answer.headers["X-Correlation-ID"] in answer.text
    assert "Traceback" not in answer.text
    assert "yesterday" not in answer.text
    part = browser.get("/account", headers={"HX-Request-Type": "partial"})
    assert part.status_code == 500
    assert "<html" not in part.text


def test_our_own_files_may_be_kept_for_ever_under_their_stamp(gateway: GatewayClient) -> None:
    page = gateway.browser().get("/sign-in").text
    for address in re.findall(r'(?:href|src)="(/assets/[^"]+)"', page):
        answer = gateway.browser().get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
    assert gateway.browser().get("/assets/..%2fapp.py").status_code == 404


class TestHomes:
    def test_a_home_on_the_market_is_there_for_everybody_in_their_language(self, gateway: GatewayClient) -> None:
        made = gateway.agency()
        gateway.room.hear("properties.listing.activated", "open-1", {**HOME, "id": "open-1"}, 1, made["id"])
        spanish = gateway.browser().get("/homes/open-1", headers={"Accept-Language": "es-ES,en;q=0.5"}).text
        assert 'lang="es"' in spanish
        assert "Luminoso" in spanish
        assert "295.000\u00a0€" in spanish
        assert "vistas al mar" in spanish
        english = gateway.browser().get("/homes/open-1").text
        assert "Bright &lt;b&gt;" in english
        assert "Marea" in english

    def test_a_home_that_left_the_market_is_there_for_whom_we_wrote_to(self, gateway: GatewayClient) -> None:
        from shared.http.links import sign

        made = gateway.agency()
        gone = {**HOME, "id": "gone-1", "standard_status": "closed"}
        gateway.room.hear("properties.listing.status_changed", "gone-1", gone, 3, made["id"])
        assert gateway.browser().get("/homes/gone-1").status_code == 404
        who = {"agency_id": made["id"], "contact_id": "c1", "listing_id": "gone-1", "language": "sv"}
        token = sign(gateway.room.settings.secret_key, "home", who)
        page = gateway.browser().get(f"/homes/gone-1?t={token}")
        assert page.status_code == 200
        assert 'lang="sv"' in page.text
        other = sign(gateway.room.settings.secret_key, "home", {**who, "listing_id": "home-1"})
        assert gateway.browser().get(f"/homes/gone-1?t={other}").status_code == 404
        assert gateway.browser().get("/homes/gone-1?t=forged").status_code == 404
