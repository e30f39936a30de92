"""What tests of the prospect's pages do again and again: links as notifications makes them, browsers behind them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient

from services.notifications.channels.email.links import sign_in_link
from shared.messaging.event import now
from shared.running.context import new_id
from tests.integration.gateway.house import House, token_in


def a_link(house: House, agency_id: str, contact_id: str, language: str = "en", **age: Any) -> str:
    """The path of a fresh link, or of one that ends so much earlier or later."""
    until = now() + timedelta(minutes=10) - timedelta(**age)
    who = {"agency_id": agency_id, "contact_id": contact_id, "language": language, "request_id": new_id()}
    return sign_in_link(house.room.settings.secret_key, "", until.timestamp(), **who)


def press(browser: FlaskClient, link: str) -> Any:
    """Open the link and press its button."""
    page = browser.get(link)
    assert page.status_code == 200, page.text
    return browser.post(link, data={"csrf_token": token_in(page.text)})


def prospect_browser(house: House, agency_id: str, contact_id: str = "eva", language: str = "en") -> FlaskClient:
    """A browser in which this person has signed in."""
    browser = house.browser()
    assert press(browser, a_link(house, agency_id, contact_id, language)).status_code == 303
    return browser
