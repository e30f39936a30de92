"""An agency with an agent at a browser, among services that really answer."""

from __future__ import annotations

from dataclasses import dataclass
from html import unescape
from typing import Any

from tests.integration.gateway.house import token_in
from tests.integration.gateway.quarter import Quarter

PART = {"HX-Request-Type": "partial"}


@dataclass
class Office:
    """What tests of an agent's pages do again and again."""

    quarter: Quarter
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
        return self.quarter.home(self.agency, **facts)

    def seeker(self, name: str, *, wants: bool = True, **criteria: Any) -> tuple[str, str]:
        """Somebody and their wishes: both ids."""
        email = f"{name.lower().replace(' ', '.')}@example.com"
        contact = self.quarter.person(self.agency, name, wants=wants, email=email)
        return contact, self.quarter.wishes(self.agency, contact, **criteria)

    def listing(self, listing_id: str) -> Any:
        """A home as properties has it."""
        return self.quarter.rooms["properties"].call("GET", f"/v1/listings/{listing_id}", agency=self.agency).json


def open_office(quarter: Quarter, **facts: Any) -> Office:
    """A new agency, its admin signed in."""
    made = quarter.agency(**facts)
    return Office(quarter, made["id"], quarter.house.signed_in(made["admin"]["email"]))
