"""Who signed in, when, how and from where."""

from __future__ import annotations

from tests.integration.gateway.admin_browser import AdminBrowser
from tests.integration.gateway.gateway_client import PASSWORD, GatewayClient, sign_in


def test_every_attempt_of_a_member_is_written_down_with_a_shortened_address(
    admin: AdminBrowser, gateway: GatewayClient
) -> None:
    browser = gateway.browser()
    browser.environ_base.update(REMOTE_ADDR="203.0.113.77", HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux) Firefox/140.0")
    ana = gateway.member(admin.id)
    sign_in(browser, ana["email"], "wrong password")
    sign_in(browser, ana["email"])
    page = admin.browser.get("/sign-ins").text
    assert "Refused: wrong password" in page
    assert "Signed in with the password" in page
    assert "203.0.113.0" in page
    assert "203.0.113.77" not in page
    assert "Firefox, Linux" in page
    assert PASSWORD not in str(list(gateway.room.db["sign_ins"].find()))
    failed = admin.browser.get(f"/sign-ins?only=failed&who={ana['id']}").text
    assert "Refused" in failed
    assert "Signed in with the password" not in failed


def test_too_many_attempts_are_written_down_and_an_unknown_address_is_not(
    admin: AdminBrowser, gateway: GatewayClient
) -> None:
    ana = gateway.member(admin.id)
    for n in range(11):
        sign_in(gateway.browser(), ana["email"], f"guess number {n}")
    assert "Refused: too many failed attempts" in admin.browser.get("/sign-ins").text
    before = gateway.room.db["sign_ins"].count_documents({})
    sign_in(gateway.browser(), "nobody-here@example.com")
    assert gateway.room.db["sign_ins"].count_documents({}) == before


def test_another_agencys_sign_ins_are_not_there(admin: AdminBrowser, gateway: GatewayClient) -> None:
    other = AdminBrowser(gateway)
    page = admin.browser.get(f"/sign-ins?who={other.admin['id']}").text
    assert "No such sign-ins" in page
