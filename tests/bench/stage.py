"""A few real processes on given servers, in databases and a virtual host of their own."""

from __future__ import annotations

import sys
import threading
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import requests
from pymongo import MongoClient
from pymongo.database import Database

from deploy.local import plan
from deploy.local.checkout import Checkout
from deploy.local.processes.process import Program, Running
from deploy.local.servers import ports
from deploy.local.servers.private_servers import Servers
from shared.messaging.bus import Publisher
from shared.messaging.outbox import Outgoing
from shared.running.services import SERVICES
from tests.integration.rooms import an_event
from tests.issuer import Issuer

SECONDS_TO_START = 60
HOURS = 6 * 3600


class Stage:
    """What a part of the measurements starts; leave it and everything it started has ended."""

    def __init__(self, folder: Path, servers: Servers, name: str) -> None:
        self.folder = folder / name
        self.folder.mkdir()
        checkout = Checkout(self.folder)
        checkout.prepare()
        self.issuer = Issuer(checkout.keys)
        addresses = dict(zip(SERVICES, ports.free(len(SERVICES)), strict=True))
        self.place = plan.Place(checkout, servers.mongo_url, servers.amqp_url(name), addresses, 0, f"{name}_")
        self.mongo: MongoClient[Any] = MongoClient(servers.mongo_url, tz_aware=True)
        self._processes: list[Running] = []
        self._publisher = Publisher(self.place.amqp_url, "bench")
        self._telling = threading.Lock()  # a publisher is one thread's

    def __enter__(self) -> Stage:
        return self

    def __exit__(self, *_error: object) -> None:
        self._publisher.close()
        for running in reversed(self._processes):
            running.stop()
        self.mongo.close()

    def db(self, service: str) -> Database[Any]:
        """A service's database."""
        return self.mongo[self.place.mongo_db_prefix + service]

    def headers(self, agency: str) -> dict[str, str]:
        """A token of an agency's admin that outlives the run."""
        return self.issuer.headers("admin", agency, seconds=HOURS)

    def setup(self, *services: str) -> None:
        """Prepare databases, exchange and queues; of all services that something is published to."""
        for service in services:
            running = Running(self._program(service, "setup"))
            running.start()
            if running.wait(SECONDS_TO_START):
                raise RuntimeError(running.program.last_words())

    def web(self, service: str) -> str:
        """Start a service's web process; its URL, once it is ready."""
        running = self._start(self._program(service, "web"))
        url = self.place.url(service)
        running.wait_until(lambda: _is_ready(url + "/readyz"), SECONDS_TO_START)
        return url

    def worker(self, service: str) -> None:
        """Start a service's worker; returns when it consumes."""
        running = self._start(self._program(service, "worker"))
        rows = self.db(service).processes
        alive = {"state": "consuming", "pid": running.pid}
        running.wait_until(lambda: rows.find_one(alive) is not None, SECONDS_TO_START)

    def program(self, name: str, service: str, *words: str, **env: str) -> Program:
        """Another Python program with the variables of a service."""
        program = self._program(service, "web")
        log = program.log.with_name(f"{name}.log")
        return replace(program, name=name, argv=(sys.executable, *words), log=log, env={**program.env, **env})

    def start(self, program: Program) -> Running:
        """Start such a program."""
        return self._start(program)

    def tell(self, type_: str, subject: str, data: Mapping[str, Any], agency: str, sequence: int = 1) -> None:
        """Publish an event as its producer would; returns when the broker has it."""
        event = an_event(type_, subject, dict(data), sequence, agency)
        with self._telling:
            fate = self._publisher.publish([Outgoing(event.id, type_, event.to_wire().encode(), True)])
        if fate[event.id] != "ack":
            raise RuntimeError(f"{type_}: {fate[event.id]}")

    def _program(self, service: str, kind: str) -> Program:
        return replace(plan.program(self.place, service, kind), cwd=plan.root())

    def _start(self, program: Program) -> Running:
        running = Running(program)
        running.start()
        self._processes.append(running)
        return running


def _is_ready(url: str) -> bool:
    try:
        return requests.get(url, timeout=2).ok
    except requests.RequestException:
        return False
