"""API clients, as an agency's admin keeps them."""

from __future__ import annotations

import re

from tests.integration.gateway.admin_browser import AdminBrowser
from tests.integration.gateway.gateway_client import GatewayClient

SECRET = re.compile(r'id="client-secret" readonly value="([^"]+)"')


def test_a_clients_secret_is_shown_once_opens_tokens_and_ends_when_shut_out(
    admin: AdminBrowser, gateway: GatewayClient
) -> None:
    made = admin.post("/clients", name="Website", role="agent")
    secret = SECRET.search(made.text)
    assert secret
    client = gateway.room.db["api_clients"].find_one({"agency_id": admin.id})
    assert client
    assert secret[1] not in str(client)
    page = admin.browser.get("/clients").text
    assert secret[1] not in page
    assert "never" in page
    form = {"grant_type": "client_credentials", "client_id": client["_id"], "client_secret": secret[1]}
    assert gateway.browser().post("/oauth/token", data=form).status_code == 200
    assert "never" not in admin.browser.get("/clients").text
    assert admin.post(f"/clients/{client['_id']}/revocation").status_code == 303
    assert gateway.browser().post("/oauth/token", data=form).status_code == 401
    assert "revoked" in admin.browser.get("/clients").text


def test_a_client_needs_a_name_and_a_role_of_an_agency(admin: AdminBrowser) -> None:
    for typed in ({"name": "", "role": "agent"}, {"name": "X", "role": "operator"}):
        answer = admin.post("/clients", **typed)
        assert answer.status_code == 422
        assert "aria-invalid" in answer.text
    assert admin.gateway.room.db["api_clients"].count_documents({"agency_id": admin.id}) == 0


def test_another_agencys_client_is_not_there(admin: AdminBrowser, gateway: GatewayClient) -> None:
    other = AdminBrowser(gateway)
    other.post("/clients", name="Theirs", role="agent")
    theirs = gateway.room.db["api_clients"].find_one({"agency_id": other.id})
    assert theirs
    assert admin.browser.get(f"/clients/{theirs['_id']}/revocation").status_code == 404
    assert admin.post(f"/clients/{theirs['_id']}/revocation").status_code == 404
    assert "Theirs" not in admin.browser.get("/clients").text
