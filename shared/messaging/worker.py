"""The worker of a service: consumes, retries, relays; each part is a thread, and a part that fails ends the process."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pymongo.database import Database

from shared.contracts import has_consumer
from shared.messaging.bus import Broken, Delivery, Publisher, Source
from shared.messaging.changes import ChangeFeed, OnChange
from shared.messaging.faults import arm, fault
from shared.messaging.inbox import Handler, Inbox, is_outage
from shared.messaging.outbox import OUTBOX, Relay
from shared.running import processes
from shared.running.memory import settle
from shared.running.rates import HANDLED, Tally
from shared.running.settings import Settings

log = logging.getLogger(__name__)
Loop = Callable[[threading.Event], None]
LOOK_AGAIN = 0.2  # seconds


@dataclass
class Parts:
    """What one service's worker does besides consuming.

    `turns` are what is too long for one message: each call does one slice and says whether there was one. They are
    called in turn, in a thread beside the messages so that none waits for a slice, and where nothing was left once a
    second or when `wake` is set. `loops` are threads of their own; `on_change` and `on_start` go to the change feed;
    `is_ready` may hold the consumer and the turns back.
    """

    turns: Sequence[Callable[[], bool]] = ()
    wake: threading.Event = field(default_factory=threading.Event)
    loops: Mapping[str, Loop] = field(default_factory=dict)
    on_change: Mapping[str, OnChange] = field(default_factory=dict)
    on_start: Callable[[], None] = lambda: None
    is_ready: Callable[[], bool] = lambda: True


class Worker:
    """One process of one service; run() returns after SIGTERM."""

    def __init__(
        self,
        service: str,
        settings: Settings,
        db: Database[Any],
        consumes: Mapping[str, Handler],
        deps: Any,
        parts: Parts,
    ) -> None:
        self.service, self.settings, self.db, self.parts = service, settings, db, parts
        self.owner = processes.name_here()
        self.stop = threading.Event()
        self.inbox = Inbox(db, consumes, deps, self.owner)
        self.source = Source(settings.amqp_url, service)
        self.publisher = Publisher(settings.amqp_url, f"{service}.relay")
        self.tally = Tally()
        self.relay = Relay(db, self.publisher, self.owner, has_consumer, self.tally)
        self.feed = ChangeFeed(db, {OUTBOX: self._on_outbox, **parts.on_change}, parts.on_start)
        self._retry_at = 0.0

    def run(self) -> None:
        """Work until SIGTERM: finish the message in hand, give the lease back, close."""
        sys.setswitchinterval(0.0005)  # relay and messages must not wait 5 ms each time for a busy turn
        arm(self.settings.fault, self.settings.fault_dir)
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, lambda *_: self.stop.set())
        settle()
        threads = [self._start(name, loop) for name, loop in self._loops().items()]
        log.info("worker started", extra={"service": self.service})
        self._guard("consumer", self._consume)
        for thread in threads:
            thread.join(timeout=8)
        processes.forget(self.db, self.owner)

    def _loops(self) -> dict[str, Loop]:
        return {
            "changes": self.feed.run,
            "relay": self._relay,
            "presence": self._presence,
            **({"turns": self._turns} if self.parts.turns else {}),
            **self.parts.loops,
        }

    def _start(self, name: str, loop: Loop) -> threading.Thread:
        thread = threading.Thread(target=self._guard, args=(name, loop), name=name, daemon=True)
        thread.start()
        return thread

    def _guard(self, name: str, loop: Loop) -> None:
        try:
            loop(self.stop)
        except BaseException:
            log.exception("a part of the worker died", extra={"part": name})
            logging.shutdown()
            os._exit(70)

    def _on_outbox(self, _row: dict[str, Any]) -> None:
        self.relay.wake.set()

    def _relay(self, stop: threading.Event) -> None:
        while not stop.is_set():
            try:
                self.relay.run(stop)
            except Exception as error:
                if not is_outage(error):
                    raise
                stop.wait(0.5)
        self.publisher.close()

    def _presence(self, stop: threading.Event) -> None:
        presence = processes.Presence(self.db, self.owner, self.service, "worker", self.tally)
        while not stop.is_set():
            told = self._state()
            try:
                presence.announce(told)
            except Exception as error:
                if not is_outage(error):
                    raise
            self._wait_for_another_state(told, stop)

    def _wait_for_another_state(self, told: str, stop: threading.Event) -> None:
        """Wait until the next report is due, or until consuming begins, which is reported at once."""
        again = time.monotonic() + processes.EVERY_SECONDS
        while self._state() == told and time.monotonic() < again and not stop.wait(LOOK_AGAIN):
            pass

    def _state(self) -> str:
        if not self.parts.is_ready():
            return "not ready"
        return "consuming" if self.source.consuming else "paused"

    def _consume(self, stop: threading.Event) -> None:
        wait = 0.2
        while not stop.is_set():
            try:
                self.source.open()
                wait = 0.2
                while not stop.is_set():
                    self._step(stop)
            except Broken as error:
                log.warning("broker away", extra={"error": type(error).__name__})
                self.source.close(gently=False)
                stop.wait(wait)
                wait = min(wait * 2, 5.0)
        self.source.close()

    def _turns(self, stop: threading.Event) -> None:
        while not stop.is_set():
            self.parts.wake.clear()
            if not self._take_turns():
                self.parts.wake.wait(1.0)

    def _take_turns(self) -> bool:
        try:
            taken = [turn() for turn in self.parts.turns] if self.parts.is_ready() else []
            return any(taken)
        except Exception as error:
            if not is_outage(error):
                raise
            log.warning("a turn could not be taken", extra={"error": type(error).__name__})
            return False

    def _step(self, stop: threading.Event) -> None:
        """One event that is to be tried again, then one message."""
        try:
            busy = self._retry()
        except Exception as error:
            if not is_outage(error):
                raise
            self._wait_out(stop)
            return
        delivery = self.source.next(0.0 if busy else 1.0)
        if delivery is not None:
            self._handle(delivery, stop)

    def _retry(self) -> bool:
        if time.monotonic() < self._retry_at:
            return False
        found = self.inbox.retry_due()
        self._retry_at = 0.0 if found else time.monotonic() + 1.0
        return found

    def _handle(self, delivery: Delivery, stop: threading.Event) -> None:
        try:
            outcome = self.inbox.receive(delivery.body, delivery.count, delivery.from_dead_queue)
        except Exception as error:
            if not is_outage(error):
                raise
            log.warning("holding a message", extra={"error": type(error).__name__})
            self.source.put_back(delivery)
            self._wait_out(stop)
            return
        delivery.ack()
        if outcome == "done":
            self.tally.add(HANDLED)
        fault("inbox.after_ack")

    def _wait_out(self, stop: threading.Event) -> None:
        """Pause, and keep the received message until the missing dependency is back; costs no attempts."""
        log.warning("taking no messages until what is needed is back")
        self.source.pause()
        while not stop.is_set():
            self.source.keep_alive(0.5)
            if self.parts.is_ready() and self._mongo_answers():
                self.source.resume()
                log.info("taking messages again")
                return

    def _mongo_answers(self) -> bool:
        try:
            self.db.command("ping")
        except Exception as error:
            if not is_outage(error):
                raise
            return False
        return True
