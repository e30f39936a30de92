"""Composition root of matching: the only place that builds its parts."""

from __future__ import annotations

import os
import socket
import threading
from typing import TYPE_CHECKING, Any

from pymongo.database import Database

from services.matching.consumers import CONSUMES
from services.matching.crossing.crosser import Crosser
from services.matching.crossing.long_crossings import LongCrossings
from services.matching.crossing.match_writer import MatchWriter
from services.matching.crossing.settlement import Settlement
from services.matching.crossing.sides import ListingSide, SearchSide
from services.matching.deps import Deps
from services.matching.engine.world import PresentWorld, Rates
from services.matching.following.follower import LISTINGS, SEARCHES, Follower
from services.matching.following.following_thread import FollowingThread
from services.matching.following.recent_listings import RecentListings
from services.matching.offline import cross_reference
from services.matching.store.agencies import AgencyStore
from services.matching.store.contacts import ContactStore
from services.matching.store.crossings import CrossingStore
from services.matching.store.feedback import FeedbackStore
from services.matching.store.indexes import INDEXES
from services.matching.store.listings import ListingStore
from services.matching.store.matches import MatchStore
from services.matching.store.searches import SearchStore
from services.matching.store.vocabulary import CityStore, VocabularyStore
from services.matching.vocabulary.lexicons import Lexicons
from services.matching.vocabulary.rereading import Rereading
from shared.messaging import faults
from shared.messaging.changes import ChangeFeed
from shared.messaging.worker import Parts, Worker
from shared.running.service import Service
from shared.running.settings import Settings
from shared.storage import mongo

if TYPE_CHECKING:
    from flask import Flask

NAME = "matching"
faults.register("crossing.after_store", "crossing.before_matches", "crossing.after_slice")


def build(settings: Settings) -> tuple[Database[Any], Deps]:
    """Database and dependencies; connects lazily."""
    db = mongo.database(mongo.connect(settings.mongo_url, NAME), settings.database(NAME))
    searches, listings, contacts, matches = SearchStore(db), ListingStore(db), ContactStore(db), MatchStore(db)
    feedback, follower = FeedbackStore(db), Follower(listings, searches)
    world, writer = PresentWorld(Rates.from_settings(settings.rates)), MatchWriter(matches, searches)
    sides = (follower, world, listings, searches, matches)
    return db, Deps(
        searches=searches,
        listings=listings,
        contacts=contacts,
        agencies=AgencyStore(db),
        feedback=feedback,
        matches=matches,
        lexicons=Lexicons(VocabularyStore(db), CityStore(db)),
        follower=follower,
        recent_listings=RecentListings(listings),
        crosser=Crosser(ListingSide(*sides), SearchSide(*sides), writer, CrossingStore(db)),
        settlement=Settlement(writer, listings, searches, contacts, feedback, world),
        world=world,
    )


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
    app.extensions["lintel"]["following"] = following = FollowingThread(feed)
    app.extensions["lintel"]["begin"] = following.start
    return app


def create_worker(settings: Settings) -> Worker:
    """The worker process: follows both collections, crosses listings with searches, and runs long crossings in turn."""
    db, deps = build(settings)
    wake, owner = threading.Event(), f"{socket.gethostname()}:{os.getpid()}"
    long_crossings = LongCrossings(deps.crosser, owner)
    rereading = Rereading(deps.lexicons, deps.listings, deps.searches)
    parts = Parts(
        turns=[long_crossings.serve, rereading.serve],
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


SERVICE = Service(NAME, CONSUMES, INDEXES, create_worker, commands={"cross-reference": cross_reference.command})
