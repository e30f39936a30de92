"""RabbitMQ through kombu: topology, a publisher with its own confirm bookkeeping, a consumer loop's source.

The only file that knows kombu. Why not kombu's confirm_publish and ConsumerMixin: docs/adr/0003.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import amqp
from amqp.exceptions import AMQPError
from kombu.connection import Connection
from kombu.entity import Exchange, Queue
from kombu.exceptions import OperationalError

from shared.messaging.event import CONTENT_TYPE
from shared.messaging.faults import fault
from shared.messaging.outbox import Outgoing

EVENTS = Exchange("lintel.events", "topic", durable=True)
DEAD = Exchange("lintel.dead", "direct", durable=True)
HEARTBEAT = 30
PREFETCH = 20
Broken = (OSError, AMQPError, ConnectionError, OperationalError)  # the last is kombu's common class of them


def queue_name(service: str) -> str:
    """The one queue of a service."""
    return f"{service}.events.v1"


def dead_queue_name(service: str) -> str:
    """The queue for messages that the broker gives up by itself."""
    return f"{service}.dead.v1"


def declare(url: str, service: str, types: Iterable[str]) -> None:
    """Declare a service's part of the topology; idempotent, and bindings no longer wanted stay until removed."""
    name = queue_name(service)
    arguments = {
        "x-queue-type": "quorum",
        "x-overflow": "reject-publish",
        "x-delivery-limit": 20,
        "x-dead-letter-exchange": DEAD.name,
        "x-dead-letter-routing-key": name,
        "x-dead-letter-strategy": "at-least-once",
    }
    with _connect(url, f"{service}.setup") as connection, connection.channel() as channel:
        EVENTS(channel).declare()
        DEAD(channel).declare()
        dead = Queue(dead_queue_name(service), DEAD, name, queue_arguments={"x-queue-type": "quorum"})
        dead(channel).declare()
        queue = Queue(name, queue_arguments=arguments)(channel)
        queue.queue_declare()
        for type_ in types:
            queue.bind_to(EVENTS, routing_key=type_)


def depths(url: str, services: Iterable[str]) -> dict[str, int]:
    """Messages ready in each service's queue, by service."""
    found = {}
    with _connect(url, "lintel.depths") as connection:
        for service in services:
            with connection.channel() as channel:
                found[service] = channel.queue_declare(queue_name(service), passive=True).message_count
    return found


class Depths:
    """The number of waiting messages in each service's queue, over one kept connection; thread-safe."""

    def __init__(self, url: str, name: str) -> None:
        self._url, self._name = url, name
        self._lock = threading.Lock()
        self._connection: Connection | None = None

    def read(self, services: Iterable[str]) -> dict[str, int] | None:
        """By service; None when the broker does not reply; a service without a queue is left out."""
        with self._lock:
            try:
                if self._connection is None:
                    self._connection = _connect(self._url, self._name)
                    self._connection.ensure_connection(max_retries=1, timeout=2)
                return {name: n for name in services if (n := self._waiting(self._connection, name)) is not None}
            except Broken:
                if self._connection is not None:
                    self._connection.collect()
                self._connection = None
                return None

    @staticmethod
    def _waiting(connection: Connection, service: str) -> int | None:
        try:
            with connection.channel() as channel:
                return int(channel.queue_declare(queue_name(service), passive=True).message_count)
        except amqp.exceptions.NotFound:
            return None


def _connect(url: str, name: str) -> Connection:
    # shown in RabbitMQ's list of connections: service, host and process
    properties = {"connection_name": f"{name}@{socket.gethostname()}:{os.getpid()}"}
    return Connection(url, heartbeat=HEARTBEAT, connect_timeout=5, transport_options={"client_properties": properties})


class Publisher:
    """Publishes in batches and knows the result for each message; drops the connection on any doubt."""

    def __init__(self, url: str, name: str, deadline: float = 10.0) -> None:
        self.url, self.name, self.deadline = url, name, deadline
        self._connection: Connection | None = None
        self._channel: Any = None
        self._tag = 0
        self._pending: dict[int, str] = {}
        self._fates: dict[str, str] = {}

    def publish(self, batch: Sequence[Outgoing]) -> dict[str, str]:
        """Publish and wait for confirms; the result for each id is ack, nack, returned or unknown.

        Never raises for a broker that is away: then all are unknown.
        """
        self._fates = {}
        until = time.monotonic() + self.deadline
        try:
            self._open()
            for message in batch:
                self._send(message)
            fault("relay.after_publish")
            self._await_confirms(until)
        except Broken:
            self.close()
        return {m.id: self._fates.get(m.id, "unknown") for m in batch}

    def idle(self) -> None:
        """Keep the heartbeat of an idle connection going; a broken one is dropped and reopened when needed."""
        if self._connection is None:
            return
        try:
            self._connection.heartbeat_check()
            self._connection.drain_events(timeout=0.001)
        except TimeoutError:
            return
        except Broken:
            self.close()

    def close(self) -> None:
        """Drop the connection without closing it properly: unconfirmed messages are published again."""
        if self._connection is not None:
            self._connection.collect()
        self._connection = None

    def _open(self) -> None:
        if self._connection is not None:
            return
        connection = _connect(self.url, self.name)
        channel = connection.channel()
        channel.confirm_select()
        channel.events["basic_ack"].add(self._on_ack)
        channel.events["basic_nack"].add(self._on_nack)
        channel.events["basic_return"].add(self._on_return)
        self._connection, self._channel, self._tag, self._pending = connection, channel, 0, {}

    def _send(self, outgoing: Outgoing) -> None:
        self._tag += 1
        self._pending[self._tag] = outgoing.id
        message = amqp.Message(
            outgoing.body,
            content_type=CONTENT_TYPE,
            content_encoding="utf-8",
            delivery_mode=2,
            message_id=outgoing.id,
            type=outgoing.key,
        )
        self._channel.basic_publish(message, EVENTS.name, outgoing.key, mandatory=outgoing.mandatory)

    def _await_confirms(self, until: float) -> None:
        while self._pending:
            left = until - time.monotonic()
            if left <= 0:
                raise TimeoutError("the broker confirmed too late")
            try:
                assert self._connection is not None
                self._connection.drain_events(timeout=min(1.0, left))
            except TimeoutError:
                assert self._connection is not None
                self._connection.heartbeat_check()

    def _settle(self, tag: int, multiple: bool, fate: str) -> None:
        for settled in [t for t in self._pending if t <= tag] if multiple else [tag]:
            message_id = self._pending.pop(settled, None)
            if message_id is not None and self._fates.get(message_id) != "returned":
                self._fates[message_id] = fate

    def _on_ack(self, tag: int, multiple: bool) -> None:
        self._settle(tag, multiple, "ack")

    def _on_nack(self, tag: int, multiple: bool) -> None:
        self._settle(tag, multiple, "nack")

    def _on_return(self, _error: Any, _exchange: str, _key: str, message: Any) -> None:
        self._fates[message.properties["message_id"]] = "returned"


@dataclass
class Delivery:
    """A received message: unacknowledged until `ack`."""

    body: bytes
    count: int
    from_dead_queue: bool
    _message: Any

    def ack(self) -> None:
        """Acknowledge the message, once it is stored."""
        self._message.ack()


class Source:
    """Deliveries of a service's queues, one at a time, from one connection owned by one thread."""

    def __init__(self, url: str, service: str, prefetch: int = PREFETCH) -> None:
        self.url, self.service, self.prefetch = url, service, prefetch
        self._connection: Connection | None = None
        self._consumer: Any = None
        self._arrived: deque[Delivery] = deque()
        self._beat_at = 0.0

    @property
    def consuming(self) -> bool:
        """Whether the broker may send."""
        return self._consumer is not None

    def open(self) -> None:
        """Connect and begin to consume; topology must exist already."""
        self._connection = _connect(self.url, f"{self.service}.worker")
        self._connection.ensure_connection(max_retries=1, timeout=5)
        self.resume()

    def resume(self) -> None:
        """Resume deliveries."""
        assert self._connection is not None
        channel = self._connection.default_channel
        queues = [Queue(queue_name(self.service)), Queue(dead_queue_name(self.service))]
        consumer = self._connection.Consumer(
            queues,
            channel=channel,
            on_message=self._arrive,
            accept=None,
            prefetch_count=self.prefetch,
            no_ack=False,
            auto_declare=False,
        )
        consumer.consume()
        self._consumer = consumer

    def pause(self) -> None:
        """Pause deliveries; received messages, channel and heartbeats are kept."""
        if self._consumer is not None:
            self._consumer.cancel()
            self._consumer = None

    def next(self, timeout: float) -> Delivery | None:
        """The next delivery, waiting up to `timeout` seconds; None when nothing came."""
        if not self._arrived:
            self._drain(timeout)
        self.beat()
        return self._arrived.popleft() if self._arrived else None

    def put_back(self, delivery: Delivery) -> None:
        """Put back a delivery that could not be handled yet; it comes first again."""
        self._arrived.appendleft(delivery)

    def beat(self) -> None:
        """Send a heartbeat when one is due."""
        if time.monotonic() - self._beat_at > 5:
            assert self._connection is not None
            self._connection.heartbeat_check()
            self._beat_at = time.monotonic()

    def keep_alive(self, seconds: float) -> None:
        """Wait while paused: heartbeats go on, deliveries already on their way are kept."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self._drain(min(left, 1.0))
            self.beat()

    def close(self, gently: bool = True) -> None:
        """Close the connection; unacknowledged messages go back to the queue."""
        self._arrived.clear()
        self._consumer = None
        if self._connection is not None:
            if gently:
                self._connection.close()
            else:
                self._connection.collect()
        self._connection = None

    def _drain(self, timeout: float) -> None:
        assert self._connection is not None
        try:
            self._connection.drain_events(timeout=timeout)
        except TimeoutError:
            return

    def _arrive(self, message: Any) -> None:
        self._arrived.append(
            Delivery(
                body=message.body.encode() if isinstance(message.body, str) else bytes(message.body),
                count=int((message.headers or {}).get("x-delivery-count", 0)),
                from_dead_queue=message.delivery_info.get("exchange") == DEAD.name,
                _message=message,
            )
        )
