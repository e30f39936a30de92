"""A link by mail lets prospects in: once, for ten minutes, and it tells nobody whom we know."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from services.gateway.accounts.credentials import fingerprint
from services.gateway.accounts.model.session import PROSPECT_ABSOLUTE, PROSPECT_IDLE
from shared.http.links import address_print
from shared.messaging.event import now
from tests.integration.gateway.gateway_client import GatewayClient, token_in
from tests.integration.gateway.prospects import a_link, press, prospect_browser


def ask(browser: Any, email: str, **more: Any) -> Any:
    form = {"email": email, "csrf_token": token_in(browser.get("/me/sign-in").text)}
    return browser.post("/me/sign-in", data=form, **more)


def requests(gateway: GatewayClient) -> list[dict[str, Any]]:
    return [event for event in gateway.room.events() if event["type"] == "gateway.link.requested"]


def test_any_address_gets_the_same_answer_and_only_its_print_travels(gateway: GatewayClient) -> None:
    before = len(requests(gateway))
    known, unknown = gateway.agency()["admin"]["email"], "nobody@example.com"
    answers = [ask(gateway.browser(), email) for email in (known, unknown)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert all('class="notice pass"' in answer.text for answer in answers)
    asked = requests(gateway)[before:]
    secret = gateway.room.settings.secret_key
    assert [event["data"]["address_print"] for event in asked] == [address_print(secret, e) for e in (known, unknown)]
    assert unknown not in str(asked)
    until = datetime.fromisoformat(asked[0]["data"]["until"])
    assert timedelta(minutes=9) < until - now() <= timedelta(minutes=10)


def test_an_address_that_is_none_is_said_so_and_stays_in_its_field(gateway: GatewayClient) -> None:
    before = len(requests(gateway))
    answer = ask(gateway.browser(), "eva at example")
    assert answer.status_code == 422
    assert 'id="e-email"' in answer.text
    assert 'value="eva at example"' in answer.text
    assert len(requests(gateway)) == before


def test_one_address_is_sent_few_links_whoever_asks_and_nobody_sees_that(gateway: GatewayClient) -> None:
    before = len(requests(gateway))
    places = [{"environ_base": {"REMOTE_ADDR": f"10.0.0.{n}"}} for n in range(7)]
    answers = [ask(gateway.browser(), "Often@Example.com ", **place) for place in places]
    assert {answer.status_code for answer in answers} == {200}
    assert len(requests(gateway)) - before == 5


def test_one_place_may_not_ask_for_ever(gateway: GatewayClient) -> None:
    place = {"environ_base": {"REMOTE_ADDR": "10.9.9.9"}}
    answers = [ask(gateway.browser(), f"p{n}@example.com", **place).status_code for n in range(31)]
    assert answers == [200] * 30 + [429]


def test_looking_at_a_link_uses_nothing_up_and_its_button_opens_a_session_once(gateway: GatewayClient) -> None:
    made = gateway.agency()
    link = a_link(gateway, made["id"], "eva", "sl")
    for _ in range(3):
        page = gateway.browser().get(link)
        assert page.status_code == 200
        assert 'lang="sl"' in page.text
        assert made["name"] in page.text
    browser, second = gateway.browser(), gateway.browser()
    form = {"csrf_token": token_in(second.get(link).text)}
    answer = press(browser, link)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/me")
    assert second.get(link).status_code == 404
    again = second.post(link, data=form)
    assert again.status_code == 404
    assert 'role="alert"' in again.text
    assert second.get("/me").headers["Location"] == "/me/sign-in"


def test_a_link_is_over_after_ten_minutes(gateway: GatewayClient) -> None:
    link = a_link(gateway, gateway.agency()["id"], "eva", minutes=10)
    assert gateway.browser().get(link).status_code == 404


@pytest.mark.parametrize("token", ["forged", "", "x" * 3000])
def test_a_link_that_is_not_ours_opens_nothing(gateway: GatewayClient, token: str) -> None:
    assert gateway.browser().get(f"/me/sign-in/{token}").status_code == 404


def test_a_link_of_another_purpose_opens_nothing(gateway: GatewayClient) -> None:
    from shared.http.links import sign

    told = {"agency_id": "a", "contact_id": "eva", "request_id": "r", "until": int(now().timestamp()) + 600}
    token = sign(gateway.room.settings.secret_key, "exits", told)
    assert gateway.browser().get(f"/me/sign-in/{token}").status_code == 404


def test_a_link_needs_the_pages_own_button(gateway: GatewayClient) -> None:
    link = a_link(gateway, gateway.agency()["id"], "eva")
    browser = gateway.browser()
    assert browser.post(link).status_code == 400
    assert press(browser, link).status_code == 303


def test_signing_in_replaces_whatever_session_the_browser_held(gateway: GatewayClient) -> None:
    made = gateway.agency()
    browser = gateway.signed_in(made["admin"]["email"])
    before = browser.get_cookie("lintel").value
    press(browser, a_link(gateway, made["id"], "eva"))
    stolen = gateway.browser()
    stolen.set_cookie("lintel", before)
    assert stolen.get("/").headers["Location"].startswith("/sign-in")


@pytest.mark.parametrize("path", ["/contacts", "/listings", "/today", "/sent", "/services", "/account", "/stream"])
def test_a_prospect_opens_no_page_of_the_agencys(gateway: GatewayClient, path: str) -> None:
    browser = prospect_browser(gateway, gateway.agency()["id"])
    assert browser.get(path).status_code in (403, 404)


def test_everybody_lands_on_their_own_first_page(gateway: GatewayClient) -> None:
    made = gateway.agency()
    prospect, agent = prospect_browser(gateway, made["id"]), gateway.signed_in(made["admin"]["email"])
    assert prospect.get("/").headers["Location"] == "/me"
    assert prospect.get("/me/sign-in").headers["Location"] == "/me"
    assert agent.get("/me").headers["Location"] == "/"
    assert gateway.browser().get("/me").headers["Location"] == "/me/sign-in"


@pytest.mark.parametrize("age", [{"seen_at": PROSPECT_IDLE}, {"created_at": PROSPECT_ABSOLUTE}], ids=["idle", "old"])
def test_a_prospects_session_ends_unused_and_ends_anyway(gateway: GatewayClient, age: dict[str, timedelta]) -> None:
    browser = prospect_browser(gateway, gateway.agency()["id"])
    change = {name: now() - span for name, span in age.items()}
    key = fingerprint(browser.get_cookie("lintel").value)
    gateway.room.db["sessions"].update_one({"_id": key}, {"$set": change})
    assert browser.get("/me").headers["Location"] == "/me/sign-in"
    over = browser.get("/me", headers={"X-Partial": "1"})
    assert over.status_code == 401
    assert 'hx-post="/me/sign-in"' in over.text


def test_signing_out_ends_the_session_here(gateway: GatewayClient) -> None:
    browser = prospect_browser(gateway, gateway.agency()["id"])
    kept = browser.get_cookie("lintel").value
    token = token_in(browser.get("/sign-in").text)
    assert browser.post("/me/sign-out", data={"csrf_token": token}).headers["Location"] == "/me/sign-in"
    fresh = gateway.browser()
    fresh.set_cookie("lintel", kept)
    assert fresh.get("/me").status_code == 303


def test_somebody_erased_is_out_at_once_and_no_link_lets_them_in_again(gateway: GatewayClient) -> None:
    made = gateway.agency()
    browser, other = prospect_browser(gateway, made["id"], "gone"), prospect_browser(gateway, made["id"], "stays")
    link = a_link(gateway, made["id"], "gone")
    assert gateway.room.hear("leads.contact.erased", "gone", {}, 2, made["id"]) == "done"
    assert browser.get("/me").headers["Location"] == "/me/sign-in"
    assert gateway.browser().get(link).status_code == 404
    assert other.get("/").headers["Location"] == "/me"
