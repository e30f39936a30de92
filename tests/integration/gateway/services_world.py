"""A gateway among services that really answer over HTTP, with their events delivered by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shared.contracts import CONTRACTS
from shared.messaging.event import now
from shared.messaging.outbox import OUTBOX, body_of
from tests.integration.gateway.gateway_client import GatewayClient, open_gateway
from tests.integration.matching.conftest import followed
from tests.integration.rooms import Room, open_room
from tests.integration.serving import served

OTHERS = ("leads", "properties", "matching", "notifications")
CONSENT = {"purpose": "alerts", "channel": "email", "state": "granted", "wording_version": "1", "source": "form"}
HOME = {
    "transaction": "sale",
    "property_sub_type": "apartment",
    "list_price": 295_000,
    "currency": "EUR",
    "bedrooms_total": 3,
    "street_name": "Calle Sagasta",
    "city": "Cádiz",
    "country": "ES",
    "features": ["lift"],
}


@dataclass
class ServicesWorld:
    """The gateway and its neighbours."""

    gateway: GatewayClient
    rooms: Mapping[str, Room]
    urls: dict[str, str]

    def deliver(self) -> None:
        """Hand every event to those who listen to it, until nobody says anything more."""
        while told := [(room, row) for room in self._everybody() for row in _unsent(room)]:
            for room, row in told:
                room.db[OUTBOX].update_one({"_id": row["_id"]}, {"$set": {"status": "sent", "sent_at": now()}})
                for name in set(CONTRACTS[row["type"]].consumers) & {*self.rooms, "gateway"}:
                    listener = self.gateway.room if name == "gateway" else self.rooms[name]
                    assert listener.inbox.receive(body_of(row)) in ("done", "duplicate"), row["type"]

    def agency(self, **changes: Any) -> dict[str, Any]:
        """A new agency of which everybody has heard."""
        made = self.gateway.agency(**changes)
        self.deliver()
        return made

    def post(self, service: str, path: str, agency_id: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """A POST in an agent's name that must succeed, and what follows from it."""
        answer = self.rooms[service].call("POST", path, agency=agency_id, json=body)
        assert answer.status_code in (200, 201), answer.json
        self.deliver()
        return dict(answer.json)

    def person(self, agency_id: str, full_name: str = "Ana Beltrán", *, wants: bool = True, **facts: Any) -> str:
        """Somebody with an address and a telephone; `wants` agrees to alerts by mail."""
        body = {"full_name": full_name, "email": "ana@example.com", "phone": "+34612345018", "language": "es"}
        body |= {"time_zone": "Europe/Madrid", "consents": [CONSENT] if wants else [], **facts}
        return str(self.post("leads", "/v1/contacts", agency_id, body)["id"])

    def wishes(self, agency_id: str, contact_id: str, **criteria: Any) -> str:
        """What somebody looks for."""
        body = {"contact_id": contact_id, "name": "Piso", "transaction": "sale", "currency": "EUR", "alerts": "off"}
        body |= {"list_price_max": 310_000, **criteria}
        return str(self.post("matching", "/v1/saved-searches", agency_id, body)["id"])

    def home(self, agency_id: str, **facts: Any) -> str:
        """A home on the market."""
        return str(self.post("properties", "/v1/listings", agency_id, {**HOME, **facts})["id"])

    @contextmanager
    def without(self, *names: str) -> Iterator[None]:
        """For the block these services give no answer."""
        upstream = self.gateway.deps.upstream
        before, upstream._urls = upstream._urls, {**self.urls, **dict.fromkeys(names, "http://127.0.0.1:1")}
        yield
        upstream._urls = before

    def _everybody(self) -> list[Room]:
        return [*self.rooms.values(), self.gateway.room]


@contextmanager
def open_services_world(
    folder: Path, mongo_url: str, prefix: str, amqp_url: str, names: tuple[str, ...] = OTHERS
) -> Iterator[ServicesWorld]:
    """Set the gateway and these services up; they trust the gateway's tokens and their own tests'."""
    with ExitStack() as stack:
        rooms = {name: open_room(name, _folder(folder, name), mongo_url, prefix, amqp_url) for name in names}
        if "matching" in rooms:
            stack.enter_context(followed(rooms["matching"]))
        urls = {name: stack.enter_context(served(room.client.application)) for name, room in rooms.items()}
        gateway = open_gateway(_folder(folder, "gateway"), mongo_url, prefix, amqp_url, service_urls=urls)
        ours = json.loads(gateway.room.issuer.jwks_file.read_text())["keys"][-1]
        for room in rooms.values():
            keys = json.loads(room.issuer.jwks_file.read_text())["keys"]
            room.issuer.jwks_file.write_text(json.dumps({"keys": [*keys, ours]}))
        yield ServicesWorld(gateway, rooms, urls)


def _folder(folder: Path, name: str) -> Path:
    (folder / name).mkdir()
    return folder / name


def _unsent(room: Room) -> list[dict[str, Any]]:
    return list(room.db[OUTBOX].find({"status": "new"}).sort([("at", 1), ("sequence", 1)]))
