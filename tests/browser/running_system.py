"""A running Lintel with agencies that work in it: people, homes and wishes on demand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path
from typing import Any

from shared.running.context import new_id
from tests.system.world import THE_AGENCY, World, a_world

PASSWORD = "correct horse battery"
MAIL_CONSENT = {"purpose": "alerts", "channel": "email", "state": "granted", "wording_version": "1", "source": "form"}
HOME = {
    "transaction": "sale",
    "property_sub_type": "apartment",
    "list_price": 295_000,
    "currency": "EUR",
    "bedrooms_total": 3,
    "bathrooms_total": 2,
    "living_area": 98,
    "street_name": "Calle Sagasta",
    "city": "Cádiz",
    "country": "ES",
    "latitude": 36.5297,
    "longitude": -6.2927,
    "features": ["lift", "terrace"],
    "features_absent": ["garage"],
}
WISHES = {"name": "A flat in Cádiz", "transaction": "sale", "currency": "EUR", "list_price_max": 310_000}
Row = dict[str, Any]


@dataclass(frozen=True)
class Account:
    """Somebody who signs in with an address and PASSWORD."""

    id: str
    email: str
    display_name: str
    role: str


class AgencyAtWork:
    """One agency of the system; every test opens its own, so that tests never meet."""

    def __init__(self, world: World, facts: Row) -> None:
        self.world, self.id = world, str(facts["id"])
        self.admin = Account(**{name: facts["admin"][name] for name in ("id", "email", "display_name", "role")})
        self.post("leads", "/v1/contacts", {"full_name": "Nobody", "language": "en", "time_zone": "Europe/Madrid"})
        self._wait_for_members()

    def member(self, role: str = "agent", display_name: str = "Inés Carrasco") -> Account:
        """One more person who works here; the other services have heard of them."""
        email = f"{new_id()}@example.com"
        body = {"email": email, "display_name": display_name, "role": role, "password": PASSWORD}
        made = self.post("gateway", "/v1/members", body)
        self._wait_for_members()
        return Account(made["id"], email, display_name, role)

    def person(self, full_name: str, *, wants: bool = True, **facts: Any) -> str:
        """Somebody who looks for a home, with an address of their own; `wants` agrees to alerts by mail."""
        body = {"full_name": full_name, "email": self.address_of(full_name), "language": "en", **facts}
        body |= {"time_zone": "Europe/Madrid", "consents": [MAIL_CONSENT] if wants else []}
        return str(self.post("leads", "/v1/contacts", body)["id"])

    def address_of(self, full_name: str) -> str:
        """The address that a person of this name has at this agency."""
        name = ".".join(full_name.lower().split()).encode("ascii", "ignore").decode()
        return f"{name}.{self.id[-8:]}@example.com"

    def wishes(self, contact_id: str, **criteria: Any) -> str:
        """What somebody looks for; alerts are off unless stated, so that only people write."""
        body = {**WISHES, "alerts": "off", "contact_id": contact_id, **criteria}
        return str(self.post("matching", "/v1/saved-searches", body)["id"])

    def home(self, **facts: Any) -> str:
        """A home on the market."""
        return str(self.post("properties", "/v1/listings", {**HOME, **facts})["id"])

    def post(self, service: str, path: str, body: Row, **more: Any) -> Row:
        """A POST in an admin's name that must succeed."""
        return self.world.post(service, path, body, agency=self.id, **more)

    def get(self, service: str, path: str) -> Any:
        """A GET in an admin's name."""
        return self.world.call(service, "GET", path, agency=self.id).json()

    def mails_to(self, full_name: str) -> list[EmailMessage]:
        """What the catcher has for somebody."""
        read = BytesParser(policy=default).parsebytes
        mails = [read(bytes(mail)) for mail in self.world.mails()]
        return [mail for mail in mails if self.address_of(full_name) in str(mail["To"])]

    def matches_of(self, listing_id: str) -> list[Row]:
        """The people whose wishes a home meets, as the engine tells them; nobody while it has not heard of the home."""
        return list(self.get("matching", f"/v1/listings/{listing_id}/matches").get("items", []))

    def _wait_for_members(self) -> None:
        self.world.eventually(self.world.settled)


class RunningSystem:
    """All of Lintel, and the agencies that tests open in it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.url = world.place.url("gateway")

    def agency(self, **facts: Any) -> AgencyAtWork:
        """A new agency with an admin."""
        admin = {"email": f"{new_id()}@example.com", "display_name": "Amparo Ríos", "password": PASSWORD}
        answer = self.world.call(
            "gateway", "POST", "/v1/agencies", "operator", "", json={**THE_AGENCY, "admin": admin, **facts}
        )
        assert answer.status_code == 201, answer.text
        made = answer.json()
        self.world.eventually(self.world.settled)
        return AgencyAtWork(self.world, made)

    def operator(self) -> Account:
        """Who runs the platform."""
        email = f"{new_id()}@example.com"
        self.world.command("gateway", "create-operator", "--email", email, OPERATOR_PASSWORD=PASSWORD)
        return Account("", email, "Operator", "operator")


@contextmanager
def a_running_system(folder: Path) -> Iterator[RunningSystem]:
    """Every service, its worker, the stream and the mail catcher, on servers of their own."""
    with a_world(folder) as world:
        world.start_stream()
        yield RunningSystem(world)
