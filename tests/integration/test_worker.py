"""Real worker processes of properties: asked to end, killed, and with MongoDB or RabbitMQ away for a while."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from deploy.local.servers.private_servers import Servers
from services.properties.consumers import CONSUMES
from shared.messaging import bus
from shared.messaging.inbox import INBOX
from shared.messaging.outbox import OUTBOX, Outgoing
from shared.running.services import SERVICES
from tests.integration.rooms import Room, an_event, open_room
from tests.integration.waiting import until

ROOT = Path(__file__).resolve().parents[2]
CHANGED = "gateway.agency.changed"
AGENCY = {"name": "A", "languages": ["es"], "time_zone": "Europe/Madrid", "currency": "EUR"}
HOME = {"transaction": "sale", "list_price": 295000, "currency": "EUR"}


@dataclass
class House:
    """A service with the means to run its worker."""

    room: Room
    amqp_url: str
    log: Path

    @contextmanager
    def worker(self) -> Iterator[subprocess.Popen[bytes]]:
        """A worker process that consumes; ended with the block, however it goes."""
        settings = self.room.settings
        env = {
            "PATH": os.environ["PATH"],
            "PYTHONDONTWRITEBYTECODE": "1",
            "LINTEL_MODE": "local",
            "MONGO_URL": settings.mongo_url,
            "AMQP_URL": settings.amqp_url,
            "SECRET_KEY": settings.secret_key,
            "MONGO_DB_PREFIX": settings.mongo_db_prefix,
        }
        command = [sys.executable, "-m", "services.properties", "worker"]
        with self.log.open("ab") as log, subprocess.Popen(command, cwd=ROOT, env=env, stderr=log) as process:
            try:
                until(lambda: self.is_up(process))
                yield process
            finally:
                process.kill()

    def is_up(self, process: subprocess.Popen[bytes]) -> bool:
        """Whether the process has announced itself."""
        assert process.poll() is None, self.log.read_text()
        return self.room.db.processes.find_one({"pid": process.pid}) is not None

    def declare(self) -> None:
        """What `setup` of all services does; somebody must be bound to what properties publishes, or it returns."""
        bus.declare(self.amqp_url, "properties", CONSUMES)
        for service in SERVICES:
            if service != "properties":
                bus.declare(
                    self.amqp_url, service, ["properties.listing.activated", "properties.listing.price_changed"]
                )

    def tell(self, sequence: int, body: bytes | None = None) -> str:
        """Publish news of an agency; returns the event's id."""
        event = an_event(CHANGED, f"agency-{sequence}", AGENCY, sequence, f"agency-{sequence}")
        publisher = bus.Publisher(self.amqp_url, "test")
        message = Outgoing(event.id, CHANGED, body or event.to_wire().encode(), mandatory=True)
        assert publisher.publish([message]) == {event.id: "ack"}
        publisher.close()
        return event.id

    def done(self, event_id: str) -> bool:
        """Whether an event is done, at its first attempt."""
        row = self.room.db[INBOX].find_one({"_id": event_id})
        return row is not None and (row["state"], row["attempts"]) == ("done", 0)

    def post(self, **more: Any) -> str:
        """Put a home on the market; returns its id."""
        made = self.room.call("POST", "/v1/listings", json=HOME | more)
        assert made.status_code == 201, made.json
        return str(made.json["id"])


def a_house(folder: Path, mongo_url: str, prefix: str, amqp_url: str) -> House:
    house = House(open_room("properties", folder, mongo_url, prefix, amqp_url), amqp_url, folder / "worker.log")
    house.declare()
    return house


@pytest.fixture
def house(mongo_url: str, mongo_prefix: str, amqp_url: str, tmp_path: Path) -> House:
    return a_house(tmp_path, mongo_url, mongo_prefix, amqp_url)


def test_a_worker_consumes_relays_and_ends_in_good_order(house: House) -> None:
    with house.worker() as process:
        first = house.tell(1)
        until(lambda: house.done(first))
        listing = house.post()
        until(lambda: house.room.db[OUTBOX].count_documents({"status": "sent"}) == 1)
        broken = house.tell(2, b"{nope")
        after = house.tell(3)
        until(lambda: house.done(after))
        assert house.room.db[INBOX].count_documents({"state": "dead"}) == 1
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0, house.log.read_text()
    assert house.room.db.processes.find_one({"pid": process.pid}) is None
    assert house.room.db.leases.find_one({"_id": "relay"})["owner"] is None  # type: ignore[index]
    assert broken != after
    assert bus.depths(house.amqp_url, ["properties", "matching"]) == {"properties": 0, "matching": 1}
    assert house.room.db.listings.find_one({"_id": listing}) is not None


def test_an_import_survives_the_death_of_its_worker(house: House) -> None:
    rows = [f"R-{number},{100000 + number}" for number in range(1500)]
    content = "\n".join(["ref,price", *rows, ""]).encode()
    mapping = b"""
[constants]
transaction = "sale"
currency = "EUR"
[fields.listing_id]
column = "ref"
[fields.list_price]
column = "price"
"""
    files = {"file": (io.BytesIO(content), "homes.csv"), "mapping": (io.BytesIO(mapping), "own.toml")}
    job = house.room.call("POST", "/v1/imports", data=files, content_type="multipart/form-data").json
    path = f"/v1/imports/{job['id']}"
    with house.worker() as process:
        until(lambda: house.room.call("GET", path).json["rows_done"] > 0)
        process.kill()
        process.wait()
    assert house.room.call("GET", path).json["state"] == "open", "it was killed in the middle"
    with house.worker():
        until(lambda: house.room.call("GET", path).json["state"] == "finished")
        until(lambda: house.room.db[OUTBOX].count_documents({"status": "new"}) == 0)
    assert house.room.call("GET", path).json["counts"] == {
        "created": 1500,
        "updated": 0,
        "unchanged": 0,
        "refused": 0,
    }
    assert house.room.db.listings.count_documents({}) == 1500
    assert house.room.db.import_rows.count_documents({}) == 1500
    assert len(house.room.db.import_rows.distinct("row")) == 1500
    assert house.room.db[OUTBOX].count_documents({}) == 1500


@pytest.mark.owns_servers
def test_mongodb_away_costs_no_event_an_attempt(own_servers: Servers, tmp_path: Path) -> None:
    house = a_house(tmp_path, own_servers.mongo_url, "away_", own_servers.amqp_url())
    with house.worker() as process:
        before = house.tell(1)
        until(lambda: house.done(before))
        own_servers.mongo.kill()
        during = [house.tell(sequence) for sequence in range(2, 40)]
        # it may have noticed between two messages: then it holds none
        until(lambda: "taking no messages" in house.log.read_text())
        own_servers.mongo.start()
        own_servers.wait()
        until(lambda: all(house.done(event) for event in during))
        assert process.poll() is None, "the very same process goes on"
    assert house.room.db[INBOX].count_documents({"state": {"$ne": "done"}}) == 0
    assert house.room.db.agencies.count_documents({}) == 39


@pytest.mark.owns_servers
def test_rabbitmq_away_is_waited_for(own_servers: Servers, tmp_path: Path) -> None:
    house = a_house(tmp_path, own_servers.mongo_url, "away_", own_servers.amqp_url())
    with house.worker() as process:
        time.sleep(3)  # a broker that is killed within two seconds of a declaration has not written it down yet
        own_servers.rabbitmq.kill()
        listings = {house.post() for _ in range(5)}
        until(lambda: "broker away" in house.log.read_text())
        own_servers.rabbitmq.start()
        own_servers.wait()
        until(lambda: house.room.db[OUTBOX].count_documents({"status": "new"}) == 0)
        after = house.tell(1)
        until(lambda: house.done(after))
        assert process.poll() is None, "the very same process goes on"
    assert house.room.db[OUTBOX].count_documents({"status": "sent"}) == len(listings)
