"""Composition root of matching: the only place that builds its parts."""

from __future__ import annotations

import os
import socket
from typing import Any

from flask import Flask
from pymongo.database import Database

from services.matching import api
from services.matching.consumers import CONSUMES
from services.matching.crossing import Crosser
from services.matching.engine.scan import ScanIndex
from services.matching.engine.world import Rates
from services.matching.follower import LISTINGS, SEARCHES, Follower
from services.matching.handlers import Deps
from services.matching.store import (
    INDEXES,
    AgencyStore,
    ContactStore,
    CrossingStore,
    ListingStore,
    MatchStore,
    SearchStore,
)
from services.matching.turns import Turns
from shared import dead_api, mongo
from shared.cli import Service
from shared.settings import Settings
from shared.web import create_service_app
from shared.worker import Parts, Worker

NAME = "matching"


def build(settings: Settings) -> tuple[Database[Any], Deps]:
    """Database and dependencies; connects lazily."""
    db = mongo.database(mongo.connect(settings.mongo_url, NAME), settings.database(NAME))
    contacts, crossings, searches, listings = ContactStore(db), CrossingStore(db), SearchStore(db), ListingStore(db)
    index = ScanIndex()
    follower = Follower(listings, searches, index)
    crosser = Crosser(
        index=index,
        rates=Rates.from_settings(settings.rates),
        searches=searches,
        listings=listings,
        matches=MatchStore(db),
        crossings=crossings,
        languages=lambda agency_id, ids: contacts.of(agency_id).languages(ids),
        require=follower.require,
        discarded=lambda _agency_id, _by, _subject: frozenset(),
    )
    return db, Deps(searches, listings, contacts, AgencyStore(db), crossings, crosser, follower)


def create_app(settings: Settings | None = None) -> Flask:
    """The web process."""
    settings = settings or Settings.from_env()
    db, deps = build(settings)
    return create_service_app(NAME, settings, db, deps, [api.searches, api.matches, dead_api.blp])


def create_worker(settings: Settings) -> Worker:
    """The worker process: follows both collections, crosses, serves long crossings in turn."""
    db, deps = build(settings)
    turns = Turns(deps.crosser, f"{socket.gethostname()}:{os.getpid()}")
    parts = Parts(
        turns=[turns.serve],
        on_change={LISTINGS: deps.follower.on_listing, SEARCHES: deps.follower.on_search},
        on_start=deps.follower.start,
        is_ready=deps.follower.ready.is_set,
    )
    worker = Worker(NAME, settings, db, CONSUMES, deps, parts)
    deps.follower.restart = worker.feed.restart.set
    return worker


SERVICE = Service(NAME, CONSUMES, INDEXES, create_worker)
