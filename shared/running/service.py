"""A service as the command line prepares and runs it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pymongo import IndexModel
from pymongo.database import Database

from shared.http import idempotency
from shared.messaging import bus, dead_entries, inbox, outbox
from shared.running import processes, rates
from shared.running.settings import Settings
from shared.storage import mongo

COMMON_INDEXES: dict[str, list[IndexModel]] = {
    **outbox.INDEXES,
    **inbox.INDEXES,
    **dead_entries.INDEXES,
    **idempotency.INDEXES,
    **processes.INDEXES,
    **rates.INDEXES,
}


@dataclass(frozen=True)
class Service:
    """The parts of a service that the command line uses."""

    name: str
    consumes: Iterable[str]
    indexes: Mapping[str, Iterable[IndexModel]]
    create_worker: Callable[[Settings], Any]
    prepare: Callable[[Settings, Database[Any]], None] = lambda _settings, _db: None
    commands: Mapping[str, Callable[..., Any]] = field(default_factory=dict)


def setup(service: Service, settings: Settings) -> None:
    """Declare collections, indexes, lease rows, exchange, queue and bindings; idempotent, and the only place that
    does so.
    """
    client = mongo.connect(settings.mongo_url, f"{service.name}.setup")
    db = mongo.database(client, settings.database(service.name))
    mongo.prepare(db, {**COMMON_INDEXES, **service.indexes})
    outbox.prepare_leases(db)
    bus.declare(settings.amqp_url, service.name, service.consumes)
    service.prepare(settings, db)
    client.close()
