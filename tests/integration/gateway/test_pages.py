"""Pages, as a browser meets them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from services.gateway.credentials import fingerprint
from services.gateway.model import ABSOLUTE, IDLE
from shared.event import now
from tests.integration.gateway.house import PASSWORD, House, sign_in, token_in

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


def cookie_of(browser: Any) -> str:
    found = browser.get_cookie("lintel")
    assert found
    return str(found.value)


def test_somebody_unknown_is_led_to_the_door_and_back(house: House) -> None:
    answer = house.browser().get("/live?x=1")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in?next=/live?x%3D1")
    browser = house.browser()
    answer = sign_in(browser, house.agency()["admin"]["email"], next="/mailbox")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/mailbox")


@pytest.mark.parametrize("wanted", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:x", ""])
def test_signing_in_never_leads_to_another_site(house: House, wanted: str) -> None:
    answer = sign_in(house.browser(), house.agency()["admin"]["email"], next=wanted)
    assert answer.headers["Location"] == "/"


def test_the_cookie_is_closed_to_scripts_and_other_sites_and_not_kept_as_it_is(house: House) -> None:
    browser = house.browser()
    answer = sign_in(browser, house.agency()["admin"]["email"])
    cookie = next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith("lintel="))
    assert {"HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert cookie_of(browser) not in str(list(house.room.db["sessions"].find()))


def test_by_tls_the_cookie_is_secure_and_bound_to_the_host(house: House) -> None:
    lintel = house.room.client.application.extensions["lintel"]
    email, before = house.agency()["admin"]["email"], lintel["settings"]
    from dataclasses import replace

    lintel["settings"] = replace(before, public_url="https://lintel.example")
    answer = sign_in(house.browser(), email)
    lintel["settings"] = before
    cookie = next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith("__Host-lintel="))
    assert "Secure" in cookie.split("; ")


@pytest.mark.parametrize("wrong", ["password", "address", "inactive"])
def test_a_refusal_says_the_same_whatever_was_wrong(house: House, wrong: str) -> None:
    made = house.agency()
    ana = house.member(made["id"])
    if wrong == "inactive":
        path, headers = f"/v1/members/{ana['id']}", {"If-Match": '"1"'}
        house.room.call("PATCH", path, "admin", made["id"], json={"active": False}, headers=headers)
    email = "nobody@example.com" if wrong == "address" else ana["email"]
    answer = sign_in(house.browser(), email, "wrong password" if wrong == "password" else PASSWORD)
    assert answer.status_code == 401
    assert "The address or the password is not right." in answer.text
    assert PASSWORD not in answer.text


def test_guessing_a_password_is_slowed_down(house: House) -> None:
    email = house.agency()["admin"]["email"]
    browser = house.browser()
    answers = [sign_in(browser, email, f"guess {n}").status_code for n in range(11)]
    assert answers == [401] * 10 + [429]
    assert sign_in(browser, email).status_code == 429


def test_signing_in_gives_a_new_session_and_ends_the_one_before(house: House) -> None:
    email = house.agency()["admin"]["email"]
    browser = house.signed_in(email)
    first = cookie_of(browser)
    form = {"email": email, "password": PASSWORD, "csrf_token": token_in(browser.get("/").text)}
    assert browser.post("/sign-in", data=form).status_code == 303
    assert cookie_of(browser) != first
    stolen = house.browser()
    stolen.set_cookie("lintel", first)
    assert stolen.get("/").status_code == 303


def test_signing_out_ends_the_session_here_whatever_the_browser_keeps(house: House) -> None:
    browser = house.signed_in(house.agency()["admin"]["email"])
    kept = cookie_of(browser)
    assert browser.post("/sign-out", data={"csrf_token": token_in(browser.get("/").text)}).status_code == 303
    browser.set_cookie("lintel", kept)
    assert browser.get("/").status_code == 303


@pytest.mark.parametrize("age", [{"seen_at": IDLE}, {"created_at": ABSOLUTE}], ids=["idle", "absolute"])
def test_a_session_ends_unused_and_ends_anyway(house: House, age: dict[str, timedelta]) -> None:
    browser = house.signed_in(house.agency()["admin"]["email"])
    assert browser.get("/").status_code == 200
    change = {name: now() - span for name, span in age.items()}
    house.room.db["sessions"].update_one({"_id": fingerprint(cookie_of(browser))}, {"$set": change})
    assert browser.get("/").status_code == 303
    assert browser.get("/live", headers={"X-Partial": "1"}).status_code == 401


def test_looking_on_does_not_keep_a_session_open(house: House) -> None:
    browser = house.signed_in(house.agency()["admin"]["email"])
    query = {"_id": fingerprint(cookie_of(browser))}
    earlier = now() - IDLE + timedelta(minutes=5)
    house.room.db["sessions"].update_one(query, {"$set": {"seen_at": earlier}})
    browser.get("/live")
    assert house.room.db["sessions"].find_one(query)["seen_at"] == earlier
    browser.get("/")
    assert house.room.db["sessions"].find_one(query)["seen_at"] > earlier


@pytest.mark.parametrize("change", [{"role": "manager"}, {"active": False}], ids=["role", "let go"])
def test_a_change_of_rights_ends_the_sessions(house: House, change: dict[str, Any]) -> None:
    made = house.agency()
    ana = house.member(made["id"])
    browser = house.signed_in(ana["email"])
    path, headers = f"/v1/members/{ana['id']}", {"If-Match": '"1"'}
    assert house.room.call("PATCH", path, "admin", made["id"], json=change, headers=headers).status_code == 200
    assert browser.get("/").status_code == 303


def test_another_password_ends_the_sessions_and_is_the_one_that_counts(house: House) -> None:
    made = house.agency()
    ana = house.member(made["id"])
    browser = house.signed_in(ana["email"])
    path = f"/v1/members/{ana['id']}/password-changes"
    body = {"password": "another password"}
    assert house.room.call("POST", path, "admin", made["id"], json=body).status_code == 204
    assert browser.get("/").status_code == 303
    assert sign_in(house.browser(), ana["email"]).status_code == 401
    assert sign_in(house.browser(), ana["email"], "another password").status_code == 303


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/dead/leads/x/replay", "/dead/leads/x/discard"])
def test_a_post_without_the_pages_token_does_nothing(house: House, path: str) -> None:
    browser = house.signed_in(house.agency()["admin"]["email"])
    assert browser.post(path, data={"email": "x", "password": "y"}).status_code == 400
    assert browser.get("/").status_code == 200
    token = token_in(browser.get("/").text)
    foreign = browser.post(path, data={"csrf_token": token}, headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 403
    assert browser.get("/").status_code == 200


def test_the_live_page_shows_what_the_events_told_and_nothing_of_another_agency(house: House) -> None:
    mine, other = house.agency(), house.agency()
    room = house.room
    room.hear("properties.listing.activated", "home-1", HOME, 1, mine["id"])
    foreign = {**HOME, "id": "home-2", "city": "Lisboa"}
    room.hear("properties.listing.activated", "home-2", foreign, 1, other["id"])
    cheaper = {**HOME, "list_price": 280000, "previous_list_price": 295000}
    room.hear("properties.listing.price_changed", "home-1", cheaper, 2, mine["id"])
    room.hear("properties.listing.activated", "home-1", HOME, 1, mine["id"])
    match = {"contact_id": "canary-1", "saved_search_id": "s1", "search_sequence": 1, "kind": "match", "score": 93}
    match |= {"confidence": 90, "alerts": "instant"}
    found = {"listing": {"id": "home-1", "sequence": 2, "transaction": "sale"}, "entered_by": "price"}
    found |= {"matches": [match, {**match, "contact_id": "c2", "kind": "near", "score": 70}]}
    assert room.hear("matching.matches.found", "home-1", found, 2, mine["id"]) == "done"
    delivery = {"contact_id": "canary-1", "listing_id": "home-1", "channel": "email"}
    room.hear("notifications.delivery.sent", "d1", delivery, 2, mine["id"])
    room.hear("notifications.delivery.queued", "d1", delivery, 1, mine["id"])
    page = house.signed_in(mine["admin"]["email"]).get("/").text
    assert "Apartment, Cádiz" in page
    assert "€280,000" in page
    assert "<s>€295,000</s>" in page
    assert 'best <b class="n">93</b> of 100' in page
    assert "1 near" in page
    assert ">sent</span>" in page
    assert ">queued</span>" not in page
    assert "Lisboa" not in page
    assert "canary-1" not in page


def unmoved(browser: Any) -> Any:
    """The part at a moment when nothing moves: the age of what waits may tick over between two looks."""
    for _ in range(20):
        seen = browser.get("/live")
        if browser.get("/live", headers={"If-None-Match": seen.headers["ETag"]}).status_code == 304:
            return seen
    raise AssertionError("the same part was sent again twenty times")


def test_the_moving_part_is_sent_only_when_it_has_moved(house: House) -> None:
    made = house.agency()
    browser = house.signed_in(made["admin"]["email"])
    first = browser.get("/live")
    assert first.status_code == 200
    assert "<html" not in first.text
    first = unmoved(browser)
    house.room.hear("properties.listing.activated", "home-9", {**HOME, "id": "home-9"}, 1, made["id"])
    moved = browser.get("/live", headers={"If-None-Match": first.headers["ETag"]})
    assert moved.status_code == 200
    assert "home-9" in moved.text


def test_an_operator_sees_the_services_and_nothing_of_any_agency(house: House) -> None:
    made = house.agency()
    house.room.hear("properties.listing.activated", "home-5", {**HOME, "id": "home-5"}, 1, made["id"])
    page = house.signed_in(house.operator()).get("/").text
    assert "properties" in page
    assert "Dead letters" in page
    assert "home-5" not in page
    assert "Cádiz" not in page


def test_a_service_that_is_away_is_told_and_spoils_nothing(house: House) -> None:
    page = house.signed_in(house.agency()["admin"]["email"]).get("/").text
    assert "The address of leads is not known here (LEADS_URL)." in page
    assert 'scope="row">gateway' in page
    assert "no worker" in page


def test_an_agent_has_no_dead_letters_to_see_or_act_on(house: House) -> None:
    made = house.agency()
    browser = house.signed_in(house.member(made["id"])["email"])
    page = browser.get("/").text
    assert "Dead letters" not in page
    data = {"csrf_token": token_in(page)}
    assert browser.post("/dead/leads/x/replay", data=data).status_code == 403


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
        from shared.links import sign

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
