"""One's own sessions."""

from __future__ import annotations

import re

from tests.integration.gateway.admin_browser import AdminBrowser
from tests.integration.gateway.gateway_client import GatewayClient


def test_one_sees_ones_own_sessions_and_ends_them(admin: AdminBrowser, gateway: GatewayClient) -> None:
    elsewhere, third = gateway.signed_in(admin.admin["email"]), gateway.signed_in(admin.admin["email"])
    page = admin.browser.get("/account").text
    ends = re.findall(r"/account/sessions/(\w+)/end", page)
    assert len(ends) == 2
    assert "this one" in page
    stranger = gateway.signed_in(gateway.member(admin.id)["email"])
    assert admin.post(f"/account/sessions/{ends[0]}/end", stranger).status_code == 303
    assert len(re.findall(r"/account/sessions/\w+/end\"", admin.browser.get("/account").text)) == 2
    assert admin.post(f"/account/sessions/{ends[0]}/end").status_code == 303
    assert [each.get("/").status_code for each in (elsewhere, third)].count(303) == 1
    admin.post("/account/sessions/end-others")
    assert [each.get("/").status_code for each in (elsewhere, third)] == [303, 303]
    assert admin.browser.get("/account").status_code == 200
