"""The floor under an alert: the same primitive steps on the same servers, and nothing else.

After the 201 no alert can do with less than: the event to the broker and to a consumer; the listing stored; the match,
its event and the mark of the first event stored; that event to the broker and to a consumer; the delivery, its event
and the mark of the second event stored; the mail handed over.
"""

from __future__ import annotations

import json
import smtplib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import amqp
from pymongo import MongoClient

from deploy.local.servers import rabbitmq
from shared.running.context import new_id
from shared.storage import mongo

QUEUE = "floor"
COLLECTIONS = ("listings", "matches", "inbox", "outbox", "deliveries")
Document = dict[str, Any]


@dataclass(frozen=True)
class Samples:
    """Documents and a mail of the size that Lintel itself writes."""

    listing: Document
    match: Document
    delivery: Document
    inbox: Document
    mail: bytes

    def body(self, of: Document) -> bytes:
        """A message about a document."""
        return json.dumps(of, default=str).encode()


class Floor:
    """Open connections to everything, so that a round pays for the steps alone."""

    def __init__(self, mongo_url: str, amqp_url: str, smtp_port: int, samples: Samples) -> None:
        self.samples = samples
        self.client: MongoClient[Document] = mongo.connect(mongo_url, "floor")
        self.db = mongo.database(self.client, "floor")
        mongo.prepare(self.db, {name: [] for name in COLLECTIONS})
        self._publishing, self._consuming = (amqp.Connection(**rabbitmq.parts(amqp_url)) for _ in range(2))
        self._publishing.connect()
        self._consuming.connect()
        self._out, self._in = self._publishing.channel(), self._consuming.channel()
        self._in.queue_declare(QUEUE, durable=True, auto_delete=False, arguments={"x-queue-type": "quorum"})
        self._arrived: list[Any] = []
        self._in.basic_qos(0, 20, False)
        self._in.basic_consume(QUEUE, callback=self._arrived.append)
        self._mail = smtplib.SMTP("127.0.0.1", smtp_port, timeout=20)
        self._mail.ehlo()

    def close(self) -> None:
        """Leave every server."""
        self._mail.quit()
        self._publishing.close()
        self._consuming.close()
        self.client.close()

    def once(self) -> Mapping[str, float]:
        """One round; the seconds that transactions, messages and the mail took."""
        samples, took = self.samples, dict.fromkeys(("transactions", "messages", "mail"), 0.0)
        home, event = new_id(), samples.body(samples.listing)
        steps = (
            ("messages", lambda: self._message(event)),
            ("transactions", lambda: self._commit(lambda: self._store_listing(home))),
            ("transactions", lambda: self._commit(lambda: self._store_event("matches", samples.match, event))),
            ("messages", lambda: self._message(samples.body(samples.delivery))),
            ("transactions", lambda: self._commit(lambda: self._store_event("deliveries", samples.delivery, event))),
            ("mail", self._send),
        )
        for name, step in steps:
            began = time.perf_counter()
            step()
            took[name] += time.perf_counter() - began
        return took

    def _message(self, body: bytes) -> None:
        """Publish, wait for the confirm, take the delivery and acknowledge it."""
        self._out.basic_publish_confirm(amqp.Message(body, delivery_mode=2), "", QUEUE)
        while not self._arrived:
            self._consuming.drain_events(timeout=10)
        self._in.basic_ack(self._arrived.pop().delivery_tag)

    def _commit(self, work: Any) -> None:
        mongo.transaction(self.client, work)

    def _store_listing(self, home: str) -> None:
        self.db.listings.find_one({"_id": home}, {"sequence": 1})
        self.db.listings.replace_one({"_id": home}, {**self.samples.listing, "_id": home}, upsert=True)

    def _store_event(self, collection: str, document: Document, body: bytes) -> None:
        self.db.inbox.insert_one({**self.samples.inbox, "_id": new_id()})
        self.db[collection].insert_one({**document, "_id": new_id()})
        self.db.outbox.insert_one({"_id": new_id(), "status": "new", "sequence": 1, "body": body.decode()})

    def _send(self) -> None:
        self._mail.sendmail("homes@example.com", ["floor@example.com"], self.samples.mail)
