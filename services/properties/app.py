"""Composition root of properties: the only place that builds its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pymongo.database import Database

from services.properties.consumers import CONSUMES
from services.properties.feeds.cli import import_file
from services.properties.feeds.importer import Importer
from services.properties.handlers import Deps
from services.properties.store import INDEXES, AgencyStore, FileStore, ImportStore, ListingStore
from shared.messaging.worker import Parts, Worker
from shared.running.context import new_id
from shared.running.service import Service
from shared.running.settings import Settings
from shared.storage import mongo

if TYPE_CHECKING:
    from flask import Flask

NAME = "properties"


def build(settings: Settings) -> tuple[Database[Any], Deps]:
    """Database and dependencies; connects lazily."""
    db = mongo.database(mongo.connect(settings.mongo_url, NAME), settings.database(NAME))
    return db, Deps(listings=ListingStore(db), agencies=AgencyStore(db), imports=ImportStore(db), files=FileStore(db))


def create_app(settings: Settings | None = None) -> Flask:
    """The web process."""
    # imported here, since a worker needs a quarter less memory without the web libraries
    from services.properties.api import BLUEPRINTS
    from shared.http import dead_entries
    from shared.http.web import create_service_app

    settings = settings or Settings.from_env()
    db, deps = build(settings)
    return create_service_app(NAME, settings, db, deps, [*BLUEPRINTS, dead_entries.blp])


def create_worker(settings: Settings) -> Worker:
    """The worker process."""
    db, deps = build(settings)
    return Worker(NAME, settings, db, CONSUMES, deps, Parts(turns=(Importer(deps, new_id()).turn,)))


SERVICE = Service(NAME, CONSUMES, INDEXES, create_worker, commands={"import": import_file})
