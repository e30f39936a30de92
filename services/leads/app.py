"""Composition root of leads: the only place that builds its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pymongo.database import Database

from services.leads.consumers import CONSUMES
from services.leads.handlers import Deps
from services.leads.store import (
    INDEXES,
    AgencyStore,
    ContactStore,
    HomeStore,
    LedgerStore,
    MemberStore,
    TimelineStore,
)
from shared.messaging.worker import Parts, Worker
from shared.running.service import Service
from shared.running.settings import Settings
from shared.storage import mongo

if TYPE_CHECKING:
    from flask import Flask

NAME = "leads"


def build(settings: Settings) -> tuple[Database[Any], Deps]:
    """Database and dependencies; connects lazily."""
    db = mongo.database(mongo.connect(settings.mongo_url, NAME), settings.database(NAME))
    deps = Deps(
        contacts=ContactStore(db),
        ledger=LedgerStore(db),
        timeline=TimelineStore(db),
        agencies=AgencyStore(db),
        members=MemberStore(db),
        homes=HomeStore(db),
    )
    return db, deps


def create_app(settings: Settings | None = None) -> Flask:
    """The web process."""
    # imported here, since a worker needs a quarter less memory without the web libraries
    from services.leads import api
    from shared.http import dead_entries
    from shared.http.web import create_service_app

    settings = settings or Settings.from_env()
    db, deps = build(settings)
    return create_service_app(NAME, settings, db, deps, [api.blp, dead_entries.blp])


def create_worker(settings: Settings) -> Worker:
    """The worker process."""
    db, deps = build(settings)
    return Worker(NAME, settings, db, CONSUMES, deps, Parts())


SERVICE = Service(NAME, CONSUMES, INDEXES, create_worker)
