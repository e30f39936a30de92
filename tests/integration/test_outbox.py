"""The outbox and its relay, on a real MongoDB and a real RabbitMQ."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Any

import pytest
from pymongo.database import Database

from shared.messaging import bus, outbox
from shared.messaging.event import Encoded, now
from shared.messaging.outbox import LEASES, OUTBOX, Outgoing, Relay
from shared.running.service import COMMON_INDEXES
from shared.storage import mongo
from shared.storage.mongo import transaction
from tests.integration.waiting import until

CHANGED = "properties.listing.changed"
AGENCY = "agency-a"


class Broker:
    """Stands in for RabbitMQ: takes what it is told to take and remembers the order."""

    def __init__(self, fate: Callable[[Outgoing], str] = lambda _: "ack") -> None:
        self.fate = fate
        self.taken: list[str] = []

    def publish(self, batch: Sequence[Outgoing]) -> dict[str, str]:
        """The fate of each message."""
        fates = {message.id: self.fate(message) for message in batch}
        self.taken += [json.loads(message.body)["subject"] for message in batch if fates[message.id] == "ack"]
        return fates


@pytest.fixture
def db(mongo_url: str, mongo_prefix: str) -> Iterator[Database[Any]]:
    client = mongo.connect(mongo_url, "test")
    found = mongo.database(client, f"{mongo_prefix}properties")
    mongo.prepare(found, {**COMMON_INDEXES, "things": []})
    outbox.prepare_leases(found)
    yield found
    client.close()


def record(db: Database[Any], subject: str, sequence: int = 1, type_: str = CHANGED) -> str:
    return transaction(
        db.client, lambda: outbox.record(db, "properties", type_, AGENCY, subject, sequence, {"id": subject})
    )


def relay(db: Database[Any], publisher: Any, owner: str = "me") -> Relay:
    return Relay(db, publisher, owner, lambda _: True)


def states(db: Database[Any]) -> list[tuple[str, int, str]]:
    return [(row["aggregate"].split("/")[1], row["sequence"], row["status"]) for row in db[OUTBOX].find().sort("at", 1)]


def test_an_event_is_there_when_its_aggregate_is_and_only_then(db: Database[Any]) -> None:
    def work(fails: bool) -> None:
        db.things.insert_one({"_id": f"fails {fails}"})
        outbox.record(db, "properties", CHANGED, AGENCY, "a", 1, {"id": "a"})
        if fails:
            raise KeyError

    with pytest.raises(KeyError):
        transaction(db.client, lambda: work(True))
    assert (db.things.count_documents({}), db[OUTBOX].count_documents({})) == (0, 0)
    transaction(db.client, lambda: work(False))
    assert (db.things.count_documents({}), db[OUTBOX].count_documents({})) == (1, 1)


def test_what_the_broker_confirmed_is_marked_and_its_body_dropped(db: Database[Any], amqp_url: str) -> None:
    bus.declare(amqp_url, "matching", [CHANGED])
    ids = {record(db, f"l{number}") for number in range(250)}
    publisher, source = bus.Publisher(amqp_url, "test"), bus.Source(amqp_url, "matching")
    working = relay(db, publisher)
    while working.sweep():
        pass
    source.open()
    arrived = set()
    while (delivery := source.next(2.0)) is not None:
        arrived.add(json.loads(delivery.body)["id"])
        delivery.ack()
    source.close()
    publisher.close()
    assert arrived == ids
    assert db[OUTBOX].count_documents({"status": "sent", "body": {"$exists": False}}) == 250


def test_what_the_broker_returns_is_kept_until_somebody_is_bound(db: Database[Any], amqp_url: str) -> None:
    bus.declare(amqp_url, "matching", [])
    record(db, "a")
    publisher = bus.Publisher(amqp_url, "test")
    assert not relay(db, publisher).sweep()
    row = db[OUTBOX].find_one({})
    assert row is not None
    assert (row["status"], row["fate"], row["attempts"]) == ("new", "returned", 1)
    bus.declare(amqp_url, "matching", [CHANGED])
    db[OUTBOX].update_one({}, {"$set": {"not_before": now()}})
    relay(db, publisher).sweep()
    publisher.close()
    assert bus.depths(amqp_url, ["matching"]) == {"matching": 1}


def test_a_broker_that_is_away_loses_nothing(db: Database[Any]) -> None:
    record(db, "a")
    assert not relay(db, bus.Publisher("amqp://nobody:x@127.0.0.1:1//", "test")).sweep()
    row = db[OUTBOX].find_one({})
    assert row is not None
    assert (row["status"], row["fate"], row["attempts"]) == ("new", "unknown", 1)


@pytest.mark.parametrize("fate", ["nack", "returned", "unknown"])
def test_the_wait_stays_bounded_however_long_the_broker_refuses(db: Database[Any], fate: str) -> None:
    record(db, "a")
    db[OUTBOX].update_one({}, {"$set": {"attempts": 100_000}})
    before = now()
    relay(db, Broker(lambda _: fate)).sweep()
    row = db[OUTBOX].find_one({})
    assert row is not None
    assert row["not_before"] > before
    assert row["not_before"] <= now() + timedelta(seconds=30)


@pytest.mark.parametrize("fate", ["nack", "returned", "unknown"])
def test_a_later_event_waits_for_the_earlier_one_of_its_aggregate(db: Database[Any], fate: str) -> None:
    record(db, "a", 1)
    record(db, "a", 2)
    record(db, "b", 1)
    broker = Broker(lambda message: fate if json.loads(message.body)["subject"] == "a" else "ack")
    working = relay(db, broker)
    while working.sweep():
        pass
    assert states(db) == [("a", 1, "new"), ("a", 2, "new"), ("b", 1, "sent")]
    assert db[OUTBOX].find_one({"sequence": 2})["attempts"] == 0  # type: ignore[index]
    broker.fate = lambda _: "ack"
    db[OUTBOX].update_many({"not_before": {"$exists": True}}, {"$set": {"not_before": now()}})
    while working.sweep():
        pass
    assert [state for _, _, state in states(db)] == ["sent"] * 3
    assert broker.taken == ["b", "a", "a"]


def test_an_aggregate_that_is_stuck_holds_up_no_other_however_much_it_has(db: Database[Any]) -> None:
    for sequence in range(1, outbox.BATCH + 20):
        record(db, "a", sequence)
    record(db, "b")
    working = relay(db, Broker(lambda message: "ack" if json.loads(message.body)["subject"] == "b" else "nack"))
    working.sweep()
    working.sweep()
    assert db[OUTBOX].count_documents({"aggregate": f"{AGENCY}/b", "status": "sent"}) == 1


def test_parts_of_one_telling_go_together_and_others_are_not_kept_waiting(db: Database[Any]) -> None:
    heavy = {"text": "x" * (outbox.HEAVY + 1)}
    parts = [outbox.row_of("properties", CHANGED, AGENCY, "a", 1, heavy) for _ in range(outbox.PARTS + 2)]
    later = outbox.row_of("properties", CHANGED, AGENCY, "a", 2, {})
    transaction(db.client, lambda: outbox.record_all(db, [*parts, later]))
    record(db, "b")
    broker = Broker()
    working = relay(db, broker)
    assert working.sweep()
    assert sorted(broker.taken) == ["a"] * outbox.PARTS + ["b"]
    assert working.sweep()
    assert len(broker.taken) == outbox.PARTS + 3, "what was told at a later version waits for all of the earlier"
    working.sweep()
    assert [state for *_, state in states(db)] == ["sent"] * (outbox.PARTS + 4)


def test_an_event_of_the_same_version_and_another_type_waits(db: Database[Any]) -> None:
    record(db, "a", 1)
    record(db, "a", 1, "properties.listing.price_changed")
    record(db, "a", 1)
    broker = Broker()
    working = relay(db, broker)
    for told in (1, 2, 3):
        working.sweep()
        assert len(broker.taken) == told


def test_data_that_is_encoded_already_travels_like_any_other(db: Database[Any]) -> None:
    data = {"remarks": "Piso «nuevo» \N{HOUSE BUILDING}", "list": [1, None, 2.5]}
    text = Encoded(json.dumps(data, ensure_ascii=False))
    bodies = [json.loads(outbox.row_of("properties", CHANGED, AGENCY, "a", 1, one)["body"]) for one in (data, text)]
    assert [body["data"] for body in bodies] == [data, data]
    assert bodies[0].keys() == bodies[1].keys()


def test_a_heavy_body_is_kept_compressed_and_travels_as_it_was(db: Database[Any]) -> None:
    data = {"matches": [{"text": f"«Piso» {number}"} for number in range(outbox.HEAVY // 10)]}
    row = outbox.row_of("properties", CHANGED, AGENCY, "a", 1, data)
    sent: list[bytes] = []
    transaction(db.client, lambda: outbox.record_all(db, [row]))
    relay(db, Broker(lambda message: sent.append(message.body) or "ack")).sweep()
    assert json.loads(sent[0])["data"] == data
    assert len(row["body"]) < len(sent[0]) / 2


def test_of_two_relays_one_works_and_gives_the_lease_back(db: Database[Any]) -> None:
    brokers, stop = [Broker(), Broker()], threading.Event()
    relays = [relay(db, broker, f"relay {number}") for number, broker in enumerate(brokers)]
    threads = [threading.Thread(target=one.run, args=(stop,)) for one in relays]
    for thread in threads:
        thread.start()
    for number in range(20):
        record(db, f"l{number}")
        for one in relays:
            one.wake.set()
    until(lambda: db[OUTBOX].count_documents({"status": "new"}) == 0)
    stop.set()
    for thread in threads:
        thread.join()
    assert sorted(len(broker.taken) for broker in brokers) == [0, 20]
    assert db[LEASES].find_one({"_id": "relay"})["owner"] is None  # type: ignore[index]


def test_the_lease_of_a_dead_relay_is_taken_over_once_it_has_ended(db: Database[Any]) -> None:
    ends = now() + timedelta(seconds=2)
    db[LEASES].update_one({"_id": "relay"}, {"$set": {"owner": "somebody who died", "until": ends}})
    record(db, "a")
    broker, stop = Broker(lambda _: "ack" if now() >= ends else "nack"), threading.Event()
    working = relay(db, broker, "heir")
    thread = threading.Thread(target=working.run, args=(stop,))
    thread.start()
    until(lambda: broker.taken == ["a"])
    stop.set()
    thread.join()
    row = db[OUTBOX].find_one({})
    assert row is not None
    assert row["attempts"] == 0, "nobody published while the lease was another's"
