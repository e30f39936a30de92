"""Signing in and out: passwords, the second step, sessions and how they end."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.gateway.accounts.credentials import fingerprint
from services.gateway.accounts.model.session import ABSOLUTE, IDLE
from services.gateway.accounts.totp import code_at
from shared.messaging.event import now
from tests.integration.gateway.gateway_client import PASSWORD, GatewayClient, sign_in, token_in

ACCOUNT = "/account/second-step"


def cookie_of(browser: Any) -> str:
    found = browser.get_cookie("lintel")
    assert found
    return str(found.value)


def test_somebody_unknown_is_led_to_the_door_and_back(gateway: GatewayClient) -> None:
    answer = gateway.browser().get("/sent?x=1")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in?next=/sent?x%3D1")
    browser = gateway.browser()
    answer = sign_in(browser, gateway.agency()["admin"]["email"], next="/mailbox")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/mailbox")


@pytest.mark.parametrize("wanted", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:x", ""])
def test_signing_in_never_leads_to_another_site(gateway: GatewayClient, wanted: str) -> None:
    answer = sign_in(gateway.browser(), gateway.agency()["admin"]["email"], next=wanted)
    assert answer.headers["Location"] == "/"


def test_the_cookie_is_closed_to_scripts_and_other_sites_and_not_kept_as_it_is(gateway: GatewayClient) -> None:
    browser = gateway.browser()
    answer = sign_in(browser, gateway.agency()["admin"]["email"])
    cookie = next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith("lintel="))
    assert {"HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert cookie_of(browser) not in str(list(gateway.room.db["sessions"].find()))


def test_by_tls_the_cookie_is_secure_and_bound_to_the_host(gateway: GatewayClient) -> None:
    lintel = gateway.room.client.application.extensions["lintel"]
    email, before = gateway.agency()["admin"]["email"], lintel["settings"]
    lintel["settings"] = replace(before, public_url="https://lintel.example")
    answer = sign_in(gateway.browser(), email)
    lintel["settings"] = before
    cookie = next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith("__Host-lintel="))
    assert "Secure" in cookie.split("; ")


@pytest.mark.parametrize("wrong", ["password", "address", "inactive"])
def test_a_refusal_says_the_same_whatever_was_wrong(gateway: GatewayClient, wrong: str) -> None:
    made = gateway.agency()
    ana = gateway.member(made["id"])
    if wrong == "inactive":
        path, headers = f"/v1/members/{ana['id']}", {"If-Match": '"1"'}
        gateway.room.call("PATCH", path, "admin", made["id"], json={"active": False}, headers=headers)
    email = "nobody@example.com" if wrong == "address" else ana["email"]
    answer = sign_in(gateway.browser(), email, "wrong password" if wrong == "password" else PASSWORD)
    assert answer.status_code == 401
    assert "The address or the password is not right." in answer.text
    assert PASSWORD not in answer.text


def test_guessing_a_password_is_slowed_down(gateway: GatewayClient) -> None:
    email = gateway.agency()["admin"]["email"]
    browser = gateway.browser()
    answers = [sign_in(browser, email, f"guess {n}").status_code for n in range(11)]
    assert answers == [401] * 10 + [429]
    assert sign_in(browser, email).status_code == 429


def test_signing_in_gives_a_new_session_and_ends_the_one_before(gateway: GatewayClient) -> None:
    email = gateway.agency()["admin"]["email"]
    browser = gateway.signed_in(email)
    first = cookie_of(browser)
    form = {"email": email, "password": PASSWORD, "csrf_token": token_in(browser.get("/account").text)}
    assert browser.post("/sign-in", data=form).status_code == 303
    assert cookie_of(browser) != first
    stolen = gateway.browser()
    stolen.set_cookie("lintel", first)
    assert stolen.get("/account").status_code == 303


def test_signing_out_ends_the_session_here_whatever_the_browser_keeps(gateway: GatewayClient) -> None:
    browser = gateway.signed_in(gateway.agency()["admin"]["email"])
    kept = cookie_of(browser)
    assert browser.post("/sign-out", data={"csrf_token": token_in(browser.get("/account").text)}).status_code == 303
    browser.set_cookie("lintel", kept)
    assert browser.get("/account").status_code == 303


@pytest.mark.parametrize("age", [{"seen_at": IDLE}, {"created_at": ABSOLUTE}], ids=["idle", "absolute"])
def test_a_session_ends_unused_and_ends_anyway(gateway: GatewayClient, age: dict[str, timedelta]) -> None:
    browser = gateway.signed_in(gateway.agency()["admin"]["email"])
    assert browser.get("/account").status_code == 200
    change = {name: now() - span for name, span in age.items()}
    gateway.room.db["sessions"].update_one({"_id": fingerprint(cookie_of(browser))}, {"$set": change})
    assert browser.get("/account").status_code == 303
    assert browser.get("/sent", headers={"HX-Request-Type": "partial"}).status_code == 401


def test_looking_on_does_not_keep_a_session_open(gateway: GatewayClient) -> None:
    browser = gateway.signed_in(gateway.agency()["admin"]["email"])
    query = {"_id": fingerprint(cookie_of(browser))}
    earlier = now() - IDLE + timedelta(minutes=5)
    gateway.room.db["sessions"].update_one(query, {"$set": {"seen_at": earlier}})
    browser.get("/services")
    assert gateway.room.db["sessions"].find_one(query)["seen_at"] == earlier
    browser.get("/account")
    assert gateway.room.db["sessions"].find_one(query)["seen_at"] > earlier


@pytest.mark.parametrize("change", [{"role": "manager"}, {"active": False}], ids=["role", "let go"])
def test_a_change_of_rights_ends_the_sessions(gateway: GatewayClient, change: dict[str, Any]) -> None:
    made = gateway.agency()
    ana = gateway.member(made["id"])
    browser = gateway.signed_in(ana["email"])
    path, headers = f"/v1/members/{ana['id']}", {"If-Match": '"1"'}
    assert gateway.room.call("PATCH", path, "admin", made["id"], json=change, headers=headers).status_code == 200
    assert browser.get("/account").status_code == 303


def test_another_password_ends_the_sessions_and_is_the_one_that_counts(gateway: GatewayClient) -> None:
    made = gateway.agency()
    ana = gateway.member(made["id"])
    browser = gateway.signed_in(ana["email"])
    path = f"/v1/members/{ana['id']}/password-changes"
    body = {"password": "another password"}
    assert gateway.room.call("POST", path, "admin", made["id"], json=body).status_code == 204
    assert browser.get("/account").status_code == 303
    assert sign_in(gateway.browser(), ana["email"]).status_code == 401
    assert sign_in(gateway.browser(), ana["email"], "another password").status_code == 303


def code_of(secret: str, steps: int = 0) -> str:
    """What the app shows now, or so many half minutes later."""
    return code_at(secret, int(time.time() // 30) + steps)


def key_in(page: str) -> str:
    """The key that the account's page shows for the app."""
    return page.partition('id="second-step-key">')[2].partition("<")[0].replace(" ", "")


def enrol(browser: Any) -> str:
    """Go through what the account's page asks for; returns the app's key."""
    form = {"csrf_token": token_in(browser.get("/account").text)}
    key = key_in(browser.post(ACCOUNT, data=form).text)
    wrong = browser.post(ACCOUNT, data={**form, "code": "000000"})
    assert (wrong.status_code, key_in(wrong.text)) == (422, key)
    assert browser.post(ACCOUNT, data={**form, "code": code_of(key)}).status_code == 303
    return key


class TestSecondStep:
    def test_the_password_alone_opens_nothing_once_a_code_is_asked_for(self, gateway: GatewayClient) -> None:
        email = gateway.agency()["admin"]["email"]
        enrol(gateway.signed_in(email))
        browser = gateway.browser()
        answer = sign_in(browser, email)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in/code?next=%2F")
        assert browser.get("/account").status_code == 303

    def test_the_code_opens_a_session_of_its_own_and_leads_on(self, gateway: GatewayClient) -> None:
        email = gateway.agency()["admin"]["email"]
        key = enrol(gateway.signed_in(email))
        browser = gateway.browser()
        sign_in(browser, email, next="/sent")
        waiting = cookie_of(browser)
        page = browser.get("/sign-in/code?next=/sent").text
        form = {"csrf_token": token_in(page), "next": "/sent"}
        wrong = browser.post("/sign-in/code", data={**form, "code": "123"})
        assert wrong.status_code == 401
        assert "not the code that the app shows now" in wrong.text
        answer = browser.post("/sign-in/code", data={**form, "code": code_of(key, 1)})
        assert (answer.status_code, answer.headers["Location"]) == (303, "/sent")
        assert cookie_of(browser) != waiting
        assert browser.get("/account").status_code == 200

    def test_a_code_counts_once(self, gateway: GatewayClient) -> None:
        email = gateway.agency()["admin"]["email"]
        key = enrol(gateway.signed_in(email))
        code = code_of(key, 1)
        for expected in (303, 401):
            browser = gateway.browser()
            sign_in(browser, email)
            form = {"csrf_token": token_in(browser.get("/sign-in/code").text), "code": code}
            assert browser.post("/sign-in/code", data=form).status_code == expected

    def test_guessing_a_code_is_slowed_down(self, gateway: GatewayClient) -> None:
        email = gateway.agency()["admin"]["email"]
        enrol(gateway.signed_in(email))
        browser = gateway.browser()
        sign_in(browser, email)
        form = {"csrf_token": token_in(browser.get("/sign-in/code").text), "code": "1"}
        answers = [browser.post("/sign-in/code", data=form).status_code for _ in range(11)]
        assert answers == [401] * 10 + [429]

    def test_without_a_password_before_it_there_is_no_code_to_ask_for(self, gateway: GatewayClient) -> None:
        browser = gateway.browser()
        assert browser.get("/sign-in/code").status_code == 303
        form = {"csrf_token": token_in(browser.get("/sign-in").text), "code": "1"}
        assert browser.post("/sign-in/code", data=form).headers["Location"] == "/sign-in"

    def test_it_is_dropped_by_a_code_and_by_nothing_less(self, gateway: GatewayClient) -> None:
        email = gateway.agency()["admin"]["email"]
        browser = gateway.signed_in(email)
        key = enrol(browser)
        form = {"csrf_token": token_in(browser.get("/account").text)}
        assert browser.post(f"{ACCOUNT}/removal", data={**form, "code": "1"}).status_code == 422
        assert browser.post(f"{ACCOUNT}/removal", data={**form, "code": code_of(key, 1)}).status_code == 303
        assert sign_in(gateway.browser(), email).headers["Location"] == "/"


class TestExpiredSession:
    def test_over_an_open_page_the_door_is_a_dialog_and_afterwards_the_page_goes_on(
        self, gateway: GatewayClient
    ) -> None:
        email = gateway.agency()["admin"]["email"]
        browser = gateway.signed_in(email)
        gateway.room.db["sessions"].delete_many({})
        part = {"HX-Request-Type": "partial"}
        answer = browser.get("/account", headers=part)
        assert (answer.status_code, answer.headers["HX-Retarget"]) == (401, "#over")
        assert "_sign_in_dialog" in answer.text
        form = {"email": email, "password": PASSWORD, "csrf_token": token_in(answer.text)}
        again = browser.post("/sign-in", data=form, headers=part)
        assert again.status_code == 200
        assert "signed-in" in again.headers["HX-Trigger"]
        assert browser.get("/account").status_code == 200


def test_language_and_theme_follow_whoever_chose_them_to_another_browser(gateway: GatewayClient) -> None:
    email = gateway.agency()["admin"]["email"]
    browser = gateway.signed_in(email)
    form = {"csrf_token": token_in(browser.get("/account").text), "language": "sl", "theme": "dark", "next": "/account"}
    assert browser.post("/look", data=form).headers["Location"] == "/account"
    page = gateway.signed_in(email).get("/account").text
    assert 'lang="sl" data-bs-theme="dark"' in page


def test_a_look_that_nobody_offers_changes_nothing(gateway: GatewayClient) -> None:
    browser = gateway.browser()
    form = {
        "csrf_token": token_in(browser.get("/sign-in").text),
        "language": "xx",
        "theme": "pink",
        "next": "//x.example",
    }
    assert browser.post("/look", data=form).headers["Location"] == "/"
    assert 'lang="en" data-bs-theme="auto"' in browser.get("/sign-in").text
