"""Composition root of matching: the only place that builds its parts."""

from __future__ import annotations

import os
import socket
import threading
from typing import TYPE_CHECKING, Any

from pymongo.database import Database

from services.matching.consumers import CONSUMES
from services.matching.crossing.crosser import Crosser
from services.matching.crossing.long_crossings import Turns
from services.matching.engine.world import PresentWorld, Rates
from services.matching.following.follower import LISTINGS, SEARCHES, Follower
from services.matching.following.following_thread import Following
from services.matching.following.recent_listings import Homes
from services.matching.handlers import Deps
from services.matching.offline import cross_reference as crossref
from services.matching.store import (
    INDEXES,
    AgencyStore,
    ContactStore,
    CrossingStore,
    ListingStore,
    MatchStore,
    SearchStore,
)
from services.matching.store.feedback import FeedbackStore
from services.matching.store.vocabulary import TownStore, VocabularyStore
from services.matching.vocabulary.lexicons import Lexicons
from services.matching.vocabulary.rereading import Renewal
from shared.messaging.changes import ChangeFeed
from shared.messaging.worker import Parts, Worker
from shared.running.service import Service
from shared.running.settings import Settings
from shared.storage import mongo

if TYPE_CHECKING:
    from flask import Flask

NAME = "matching"


def build(settings: Settings) -> tuple[Database[Any], Deps]:
    """Database and dependencies; connects lazily."""
    db = mongo.database(mongo.connect(settings.mongo_url, NAME), settings.database(NAME))
    contacts, crossings, searches, listings = ContactStore(db), CrossingStore(db), SearchStore(db), ListingStore(db)
    feedback, vocabularies = FeedbackStore(db), VocabularyStore(db)
    follower, world = Follower(listings, searches), PresentWorld(Rates.from_settings(settings.rates))
    crosser = Crosser(
        follower=follower,
        world=world,
        searches=searches,
        listings=listings,
        matches=MatchStore(db),
        crossings=crossings,
    )
    deps = Deps(
        searches=searches,
        listings=listings,
        contacts=contacts,
        agencies=AgencyStore(db),
        crossings=crossings,
        crosser=crosser,
        follower=follower,
        lexicons=Lexicons(vocabularies, TownStore(db)),
        feedback=feedback,
        homes=Homes(listings),
        world=world,
    )
    return db, deps


def create_app(settings: Settings | None = None) -> Flask:
    """The web process: previews and advice read an index of its own."""
    # here, since a worker is a quarter smaller without what only the web needs
    from services.matching import api
    from shared.http import dead_entries
    from shared.http.web import create_service_app

    settings = settings or Settings.from_env()
    db, deps = build(settings)
    blueprints = [*api.BLUEPRINTS, dead_entries.blp]
    app = create_service_app(NAME, settings, db, deps, blueprints, {"index": deps.follower.ready.is_set})
    feed = ChangeFeed(db, _changes(deps), deps.follower.start)
    deps.follower.restart = feed.restart.set
    app.extensions["lintel"]["following"] = following = Following(feed)
    app.extensions["lintel"]["begin"] = following.start
    return app


def create_worker(settings: Settings) -> Worker:
    """The worker process: follows both collections, crosses, serves long crossings and new words in turn."""
    db, deps = build(settings)
    turns, wake = Turns(deps.crosser, f"{socket.gethostname()}:{os.getpid()}"), threading.Event()
    parts = Parts(
        turns=[turns.serve, Renewal(deps).serve],
        wake=wake,
        on_change=_changes(deps) | {CrossingStore.COLLECTION: lambda _begun: wake.set()},
        on_start=deps.follower.start,
        is_ready=deps.follower.ready.is_set,
    )
    worker = Worker(NAME, settings, db, CONSUMES, deps, parts)
    deps.follower.restart = worker.feed.restart.set
    return worker


def _changes(deps: Deps) -> dict[str, Any]:
    return {LISTINGS: deps.follower.on_listing, SEARCHES: deps.follower.on_search}


SERVICE = Service(NAME, CONSUMES, INDEXES, create_worker, commands={"cross-reference": crossref.command})
