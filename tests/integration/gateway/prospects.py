"""Prospects in tests of the gateway: links as notifications makes them, browsers behind them, and a small world."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient

from services.notifications.channels.email.links import sign_in_link
from shared.messaging.event import now
from shared.running.context import new_id
from tests.integration.gateway.gateway_client import GatewayClient, token_in
from tests.integration.gateway.services_world import ServicesWorld

PART = {"HX-Request-Type": "partial"}
PORTAL_PATHS = (
    *("/me", "/me?list=all", "/me?list=almost", "/me?list=no", "/me/saved"),
    *("/me/wishes", "/me/wishes/new", "/me/you", "/me/you/erasure"),
)


def a_link(gateway: GatewayClient, agency_id: str, contact_id: str, language: str = "en", **age: Any) -> str:
    """The path of a fresh link, or of one that ends so much earlier or later."""
    until = now() + timedelta(minutes=10) - timedelta(**age)
    who = {"agency_id": agency_id, "contact_id": contact_id, "language": language, "request_id": new_id()}
    return sign_in_link(gateway.room.settings.secret_key, "", until.timestamp(), **who)


def press(browser: FlaskClient, link: str) -> Any:
    """Open the link and press its button."""
    page = browser.get(link)
    assert page.status_code == 200, page.text
    return browser.post(link, data={"csrf_token": token_in(page.text)})


def prospect_browser(
    gateway: GatewayClient, agency_id: str, contact_id: str = "eva", language: str = "en"
) -> FlaskClient:
    """A browser in which this person has signed in."""
    browser = gateway.browser()
    assert press(browser, a_link(gateway, agency_id, contact_id, language)).status_code == 303
    return browser


@dataclass
class PortalWorld:
    """Eva at her browser, her wishes and two homes that fit them; Ana is somebody else of the same agency."""

    services_world: ServicesWorld
    agency: str
    browser: FlaskClient
    eva: str
    ana: str
    wish: str
    home: str
    other: str

    def send(self, path: str, partial: bool = False, **form: str) -> Any:
        """A form of hers."""
        form["csrf_token"] = token_in(self.browser.get("/me/you").text)
        answer = self.browser.post(path, data=form, headers=PART if partial else {})
        self.services_world.deliver()
        return answer

    def say(self, preference: str, partial: bool = True, **form: str) -> Any:
        """Her answer to the home."""
        return self.send(f"/me/homes/{self.home}/answer", partial, preference=preference, wish=self.wish, **form)

    def page(self, path: str) -> str:
        """A page that must open."""
        answer = self.browser.get(path)
        assert answer.status_code == 200, answer.text
        return answer.text

    def service(self, name: str, path: str) -> Any:
        """What a service answers an agent."""
        return self.services_world.rooms[name].call("GET", path, agency=self.agency)


def open_portal_world(services_world: ServicesWorld) -> PortalWorld:
    """A new agency with Eva, signed in at her browser."""
    agency = services_world.agency()["id"]
    eva = services_world.person(agency, "Eva Novak", email="eva@example.com", language="en")
    ana = services_world.person(agency, "Ana Beltrán", wants=False)
    wish = services_world.wishes(agency, eva, must_have=["lift"])
    homes = [services_world.home(agency, listing_id=name, street_name=f"Calle {name}") for name in ("Uno", "Dos")]
    return PortalWorld(
        services_world, agency, prospect_browser(services_world.gateway, agency, eva), eva, ana, wish, *homes
    )
