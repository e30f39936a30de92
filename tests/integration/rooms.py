"""One service in a test: prepared database and broker, a client with tokens, a worker to step through."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from pymongo.database import Database

from shared.messaging.event import Envelope, now
from shared.messaging.inbox import Inbox
from shared.messaging.outbox import OUTBOX, body_of
from shared.running.context import new_id
from shared.running.service import setup
from shared.running.settings import Settings
from tests.contract.published import check_contract
from tests.issuer import Issuer, test_settings


@dataclass
class Room:
    """A service under test."""

    name: str
    settings: Settings
    db: Database[Any]
    client: FlaskClient
    issuer: Issuer
    inbox: Inbox

    def events(self) -> list[dict[str, Any]]:
        """The events recorded so far, oldest first; each keeps its contract, and says nothing beyond it."""
        rows = self.db[OUTBOX].find({"status": "new"}).sort([("at", 1), ("sequence", 1)])
        events = [json.loads(body_of(row)) for row in rows]
        for event in events:
            check_contract(event["type"], event["data"])
        return events

    def hear(
        self, type_: str, subject: str, data: dict[str, Any], sequence: int = 1, agency_id: str = "agency-a"
    ) -> str:
        """Deliver an event as the bus would; returns what became of it."""
        return self.inbox.receive(an_event(type_, subject, data, sequence, agency_id).to_wire().encode())

    @contextmanager
    def serving(self) -> Iterator[None]:
        """For the block, do what the app does by itself in the process that serves."""
        following = self.client.application.extensions["lintel"].get("following")
        if following:
            following.start()
        yield
        if following:
            following.stop()

    def call(self, method: str, path: str, role: str = "agent", agency: str = "agency-a", **options: Any) -> Any:
        """An HTTP call with a token for this role and agency."""
        headers = self.issuer.headers(role, "" if role == "operator" else agency) | options.pop("headers", {})
        return self.client.open(path, method=method, headers=headers, **options)


def an_event(
    type_: str, subject: str, data: dict[str, Any], sequence: int = 1, agency_id: str = "agency-a"
) -> Envelope:
    """An event from its rightful source."""
    source = f"/{type_.split('.')[0]}"
    return Envelope(new_id(), type_, source, subject, agency_id, sequence, now().isoformat(), new_id(), data)


def open_room(name: str, folder: Path, mongo_url: str, prefix: str, amqp_url: str, **more: Any) -> Room:
    """Set a service up on the test's servers."""
    issuer = Issuer(folder)
    settings = test_settings(
        mongo_url=mongo_url, mongo_db_prefix=prefix, amqp_url=amqp_url, jwks_file=str(issuer.jwks_file), **more
    )
    app_module = importlib.import_module(f"services.{name}.app")
    setup(app_module.SERVICE, settings)
    app = app_module.create_app(settings)
    db = app.extensions["lintel"]["db"]
    consumes = importlib.import_module(f"services.{name}.consumers").CONSUMES
    deps = app.extensions["lintel"]["deps"]
    return Room(name, settings, db, app.test_client(), issuer, Inbox(db, consumes, deps, "test"))
