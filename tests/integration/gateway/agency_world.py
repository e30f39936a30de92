"""An agency with an agent at a browser, among services that really answer."""

from __future__ import annotations

from dataclasses import dataclass
from html import unescape
from typing import Any

from tests.integration.gateway.gateway_client import token_in
from tests.integration.gateway.services_world import ServicesWorld

PART = {"HX-Request-Type": "partial"}


@dataclass
class AgencyWorld:
    """What tests of an agent's pages do again and again."""

    services_world: ServicesWorld
    agency: str
    browser: Any

    def page(self, path: str, **more: Any) -> str:
        """A page that must be there, as people read it."""
        answer = self.browser.get(path, **more)
        assert answer.status_code == 200, (path, answer.text[-900:])
        return unescape(answer.text)

    def part(self, path: str) -> str:
        """The part of a page that a script asks for."""
        return self.page(path, headers=PART)

    def send(self, path: str, form: dict[str, Any], *, asked: str = "", part: bool = False) -> Any:
        """Fill in the form at `asked` (or at the same address) and send it."""
        token = token_in(self.browser.get(asked or path).text)
        return self.browser.post(path, data={"csrf_token": token, **form}, headers=PART if part else {})

    def home(self, **facts: Any) -> str:
        """A home on the market."""
        return self.services_world.home(self.agency, **facts)

    def seeker(self, name: str, *, wants: bool = True, **criteria: Any) -> tuple[str, str]:
        """Somebody and their wishes: both ids."""
        email = f"{name.lower().replace(' ', '.')}@example.com"
        contact = self.services_world.person(self.agency, name, wants=wants, email=email)
        return contact, self.services_world.wishes(self.agency, contact, **criteria)

    def listing(self, listing_id: str) -> Any:
        """A home as properties has it."""
        return (
            self.services_world.rooms["properties"].call("GET", f"/v1/listings/{listing_id}", agency=self.agency).json
        )


def open_agency_world(services_world: ServicesWorld, **facts: Any) -> AgencyWorld:
    """A new agency, its admin signed in."""
    made = services_world.agency(**facts)
    return AgencyWorld(services_world, made["id"], services_world.gateway.signed_in(made["admin"]["email"]))
