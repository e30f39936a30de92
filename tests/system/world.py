"""All of Lintel as real processes on servers of its own, to be used, watched and killed."""

from __future__ import annotations

import json
import mailbox
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import requests
from pymongo import MongoClient

from deploy.local import plan
from deploy.local.checkout import Checkout
from deploy.local.processes.process import Running
from deploy.local.servers import ports
from deploy.local.servers.private_servers import Servers
from shared.contracts import CONTRACTS
from shared.messaging.bus import Publisher
from shared.messaging.outbox import Outgoing
from shared.running.services import SERVICES
from tests.integration.rooms import an_event
from tests.issuer import Issuer

AGENCY = "agency-a"
ANCIENT = datetime(2000, 1, 1, tzinfo=UTC)
THE_AGENCY = {
    "name": "Hiša & Dom",
    "languages": ["en", "es"],
    "time_zone": "Europe/Madrid",
    "currency": "EUR",
    "from_name": "Hiša & Dom",
    "from_address": "homes@example.com",
    "reply_to": "desk@example.com",
    "postal_address": "Calle Mayor 1, Madrid",
}


class World:
    """Services, servers and mail catcher of one story; `start` brings them up, `stop` leaves nothing behind."""

    def __init__(self, folder: Path, servers: Servers, services: tuple[str, ...] = SERVICES) -> None:
        self.folder, self.servers, self.services = folder, servers, services
        self.checkout = Checkout(folder)
        self.checkout.prepare()
        self.issuer = Issuer(self.checkout.keys)
        *found, mail, stream = ports.free(len(SERVICES) + 2)
        addresses = dict(zip(SERVICES, found, strict=True))
        self.place = plan.Place(
            self.checkout, servers.mongo_url, servers.amqp_url(), addresses, mail, stream_port=stream
        )
        self.processes: dict[str, Running] = {}
        self.mongo: MongoClient[Any] = MongoClient(servers.mongo_url, tz_aware=True)
        self.http = requests.Session()
        self._arrived_until: dict[str, Any] = dict.fromkeys(services, ANCIENT)

    def start(self, **env: str) -> None:
        """Catcher, setups, then every web and worker; returns when all are ready."""
        self._run("mail", plan.mail_catcher(self.place))
        setups = [Running(self._program(service, "setup", env)) for service in self.services]
        for setup in setups:
            setup.start()
        for setup in setups:
            assert setup.wait(60) == 0, setup.program.last_words()
        for service in self.services:
            for kind in ("web", "worker"):
                self._run(f"{service}-{kind}", self._program(service, kind, env))
        for service in self.services:
            self.processes[f"{service}-web"].wait_until(lambda s=service: self._is_ready(s), 60)
        self.eventually(self._all_consume, 60)

    def start_stream(self) -> None:
        """What tells open pages of changes."""
        self._run("gateway-stream", plan.program(self.place, *plan.STREAM))
        address = f"http://127.0.0.1:{self.place.stream_port}/healthz"
        self.processes["gateway-stream"].wait_until(lambda: _answers(address), 60)

    def command(self, service: str, *words: str, **env: str) -> None:
        """Run one of a service's own commands to its end."""
        program = self._program(service, words[0], env)
        running = Running(replace(program, argv=(*program.argv, *words[1:])))
        running.start()
        assert running.wait(60) == 0, program.last_words()

    def stop(self) -> None:
        """End every process of this world; its servers belong to the test."""
        workers = {name for name in self.processes if "-worker" in name}
        for names in (workers, self.processes.keys() - workers):
            with ThreadPoolExecutor(len(self.processes)) as pool:
                list(pool.map(lambda name: self.processes[name].stop(), names))
        self.mongo.close()

    def abandon(self) -> None:
        """End every process at once: where the servers go too, nobody need tidy up first."""
        for running in self.processes.values():
            running.kill()
        self.mongo.close()

    def restart(self, name: str) -> None:
        """Start a process again after it ended, without the fault that ended it."""
        running = self.processes[name]
        running.stop()
        env = {k: v for k, v in running.program.env.items() if k not in ("FAULT", "FAULT_DIR")}
        self._run(name, replace(running.program, env=env))

    def revive(self) -> None:
        """Start what has died again, as a supervisor would."""
        for name, running in list(self.processes.items()):
            if not running.is_alive:
                self._run(name, running.program)

    def start_one(self, service: str, kind: str, **env: str) -> None:
        """Start one process that was stopped, with more in its environment; returns when it does its work."""
        name = f"{service}-{kind}"
        self._run(name, self._program(service, kind, env))
        if kind == "web":
            self.processes[name].wait_until(lambda: self._is_ready(service), 60)
        else:
            self.eventually(lambda: not self.processes[name].is_alive or self._consumes(service, name), 60)

    def is_owner_alive(self, owner: str) -> bool:
        """Whether the process that a lease names (host:pid:...) is one of ours and lives."""
        pid = int(owner.split(":")[1])
        return any(p.is_alive and p.pid == pid for p in self.processes.values())

    def add_worker(self, service: str, number: int, **env: str) -> None:
        """One more worker of a service."""
        self._run(f"{service}-worker-{number}", self._program(service, "worker", env))

    def call(self, service: str, method: str, path: str, role: str = "admin", agency: str = AGENCY, **more: Any) -> Any:
        """An HTTP call with a token for this role; tries again while the service restarts."""
        url = self.place.url(service) + path
        headers = self.issuer.headers(role, agency) | more.pop("headers", {})
        deadline = time.monotonic() + 60
        while True:
            try:
                answer = self.http.request(method, url, headers=headers, timeout=20, **more)
                if answer.status_code != 503 and not self._is_still_handled(answer):
                    return answer
            except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError):
                if time.monotonic() > deadline:
                    raise
            time.sleep(0.1)

    def post(
        self, service: str, path: str, body: Mapping[str, Any], key: str | None = None, agency: str = AGENCY
    ) -> dict[str, Any]:
        """A POST that must succeed; with an Idempotency-Key it may be repeated after a crash."""
        headers = {"Idempotency-Key": key} if key else {}
        answer = self.call(service, "POST", path, agency=agency, json=body, headers=headers)
        assert answer.status_code in (200, 201), answer.text
        made: dict[str, Any] = answer.json()
        return made

    def tell(self, type_: str, subject: str, data: dict[str, Any], sequence: int = 1, agency: str = AGENCY) -> None:
        """Publish an event as its producer would."""
        publisher = Publisher(self.place.amqp_url, "story")
        event = an_event(type_, subject, data, sequence, agency)
        assert publisher.publish([Outgoing(event.id, type_, event.to_wire().encode(), True)]) == {event.id: "ack"}
        publisher.close()

    def mails(self) -> list[mailbox.MaildirMessage]:
        """What the catcher has."""
        return list(mailbox.Maildir(self.checkout.mail, create=True))

    def rows(self, service: str, collection: str, **query: Any) -> list[dict[str, Any]]:
        """Documents of a service's database."""
        return list(self.mongo[service][collection].find(query))

    def eventually(self, true: Callable[[], Any], seconds: float = 30) -> Any:
        """Wait until something holds; fails with the logs' ends when it does not."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if found := true():
                return found
            time.sleep(0.05)
        raise AssertionError(f"not within {seconds} s\n" + self.last_words())

    def settled(self) -> bool:
        """Whether nothing is under way any more: outboxes, inboxes, queues, crossings, deliveries.

        These are looked at one after the other; what moves meanwhile from one not yet seen to one seen already would
        be overlooked. Whatever moves writes a row, so it counts only when nothing was written while looking.
        """
        before = self._written()
        if self._is_under_way():
            return False
        until = {service: self._arrived(service) for service in self.services}
        if None in until.values() or self._written() != before:
            return False
        self._arrived_until |= until
        return True

    def _written(self) -> list[int]:
        """How many rows there are, committed ones alone: the server's estimate counts open transactions' too."""
        names = ("outbox", "inbox", "deliveries", "crossings")
        rows = [self.mongo[service][name] for service in self.services for name in names]
        return [each.count_documents({}, hint="_id_") for each in rows]

    def _is_under_way(self) -> bool:
        for service in self.services:
            db = self.mongo[service]
            if db.outbox.count_documents({"status": "new"}) or db.inbox.count_documents({"state": "parked"}):
                return True
        under_way = {"state": {"$in": ["queued", "claimed", "handing_over", "waiting"]}}
        if self.mongo["notifications"].deliveries.count_documents(under_way):
            return True
        return bool(self.mongo["matching"].crossings.count_documents({}))

    def last_words(self) -> str:
        """The end of every log."""
        return "\n".join(f"--- {name}\n{p.program.last_words(8)}" for name, p in self.processes.items())

    @staticmethod
    def _is_still_handled(answer: requests.Response) -> bool:
        """Whether a dead process's transaction with the same key is still open."""
        return answer.status_code == 409 and "still being handled" in answer.text

    def _arrived(self, service: str) -> datetime | None:
        """Until when every event that a service published is done at every consumer; None while one is between the two.

        What is known to have arrived is not asked about again: whatever is sent later is marked with a later time.
        """
        until = self._arrived_until[service]
        sent: dict[str, list[str]] = {}
        for row in self.rows(service, "outbox", status="sent", sent_at={"$gt": until}):
            until = max(until, row["sent_at"])
            for consumer in set(CONTRACTS[row["type"]].consumers) & set(self.services):
                sent.setdefault(consumer, []).append(row["_id"])
        arrived = all(
            self.mongo[consumer].inbox.count_documents({"_id": {"$in": ids}}) == len(ids)
            for consumer, ids in sent.items()
        )
        return until if arrived else None

    def _run(self, name: str, program: Any) -> None:
        running = Running(replace(program, cwd=plan.root()))
        running.start()
        self.processes[name] = running

    def _program(self, service: str, kind: str, env: Mapping[str, str]) -> Any:
        program = plan.program(self.place, service, kind)
        return replace(program, env={**program.env, **env}, cwd=plan.root())

    def _is_ready(self, service: str) -> bool:
        return _answers(self.place.url(service) + "/readyz")

    def _consumes(self, service: str, name: str) -> bool:
        return bool(self.rows(service, "processes", state="consuming", pid=self.processes[name].pid))

    def _all_consume(self) -> bool:
        return all(self.rows(service, "processes", state="consuming") for service in self.services)


@contextmanager
def a_world(folder: Path, services: tuple[str, ...] = SERVICES, **env: str) -> Iterator[World]:
    """A world with servers of its own."""
    servers = Servers(folder / "servers")
    servers.start()
    world = World(folder, servers, services)
    try:
        world.start(**env)
        yield world
    finally:
        world.abandon()
        servers.remove()


def _answers(address: str) -> bool:
    try:
        return bool(requests.get(address, timeout=2).ok)
    except requests.RequestException:
        return False


def told(message: mailbox.MaildirMessage) -> dict[str, str]:
    """Headers of a mail that stories look at."""
    return {name: str(message[name]) for name in ("To", "Subject", "Message-ID", "List-Unsubscribe")}


def dump(value: Any) -> str:
    """For a failing assertion."""
    return json.dumps(value, default=str, indent=1)
