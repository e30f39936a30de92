"""A gateway under test: its room, an agency on demand, and a browser."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher, profiles
from flask.testing import FlaskClient

from services.gateway.accounts.credentials import Passwords
from shared.running.context import new_id
from tests.integration.rooms import Room, open_room

PASSWORD = "correct horse battery"
AGENCY = {"name": "Marea", "languages": ["es", "en"], "time_zone": "Europe/Madrid", "currency": "EUR"}


@dataclass
class GatewayClient:
    """A gateway and what tests do with it again and again."""

    room: Room

    @property
    def deps(self) -> Any:
        """The gateway's parts."""
        return self.room.client.application.extensions["lintel"]["deps"]

    def agency(self, **changes: Any) -> dict[str, Any]:
        """A new agency; its admin is in `admin`."""
        admin = {"email": f"{new_id()}@example.com", "display_name": "Inés", "password": PASSWORD}
        answer = self.room.call("POST", "/v1/agencies", "operator", json={**AGENCY, "admin": admin, **changes})
        assert answer.status_code == 201, answer.json
        return dict(answer.json)

    def member(self, agency_id: str, role: str = "agent") -> dict[str, Any]:
        """One more person of an agency."""
        body = {"email": f"{new_id()}@example.com", "display_name": "Ana", "role": role, "password": PASSWORD}
        answer = self.room.call("POST", "/v1/members", "admin", agency_id, json=body)
        assert answer.status_code == 201, answer.json
        return dict(answer.json)

    def operator(self) -> str:
        """The address of an operator."""
        from services.gateway.accounts.handlers import members

        email = f"{new_id()}@example.com"
        members.ensure_operator(self.deps, email, PASSWORD)
        return email

    def browser(self) -> FlaskClient:
        """A browser with cookies of its own."""
        return self.room.client.application.test_client()

    def signed_in(self, email: str) -> FlaskClient:
        """A browser that has signed in."""
        browser = self.browser()
        answer = sign_in(browser, email)
        assert answer.status_code == 303, answer.text
        return browser


def sign_in(browser: FlaskClient, email: str, password: str = PASSWORD, **more: str) -> Any:
    """Fill in the form as a person does."""
    form = {"email": email, "password": password, "csrf_token": token_in(browser.get("/sign-in").text), **more}
    return browser.post("/sign-in", data=form)


def token_in(page: str) -> str:
    """The form's token against forged posts."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found, page
    return found[1]


def open_gateway(folder: Path, mongo_url: str, prefix: str, amqp_url: str, **more: Any) -> GatewayClient:
    """Set a gateway up; its passwords are hashed cheaply."""
    keys = {"signing_key_file": str(folder / "signing.json")}
    room = open_room("gateway", folder, mongo_url, prefix, amqp_url, **{**keys, **more})
    lintel = room.client.application.extensions["lintel"]
    cheap = Passwords(PasswordHasher.from_parameters(profiles.CHEAPEST))
    object.__setattr__(lintel["deps"], "passwords", cheap)
    return GatewayClient(room)
