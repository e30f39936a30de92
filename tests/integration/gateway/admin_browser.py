"""An agency's admin at a browser."""

from __future__ import annotations

from typing import Any

from tests.integration.gateway.gateway_client import GatewayClient, token_in


class AdminBrowser:
    """An agency's admin at a browser."""

    def __init__(self, gateway: GatewayClient) -> None:
        self.gateway, self.agency = gateway, gateway.agency()
        self.id, self.admin = str(self.agency["id"]), dict(self.agency["admin"])
        self.browser = gateway.signed_in(self.admin["email"])

    def post(self, path: str, browser: Any = None, **typed: Any) -> Any:
        chosen = browser or self.browser
        return chosen.post(path, data={**typed, "csrf_token": token_in(chosen.get("/account").text)})
