"""Composition root of notifications: the only place that builds its parts."""

from __future__ import annotations

import itertools
import os
import socket
from typing import TYPE_CHECKING, Any

from pymongo.database import Database

from services.notifications.channels.email.smtp import Sender
from services.notifications.consumers import CONSUMES
from services.notifications.delivery.sender import Sending
from services.notifications.delivery.store import (
    INDEXES,
    AgencyStore,
    ConsentStore,
    ContactStore,
    DeliveryStore,
    ListingStore,
    MemberStore,
    PairStore,
    ReachStore,
)
from services.notifications.deps import Deps
from services.notifications.invitations.sender import Welcoming
from services.notifications.people.store import PeopleStore
from services.notifications.sign_in_links.sender import Inviting
from services.notifications.sign_in_links.store import LinkStore, WelcomeStore
from shared.messaging.worker import Parts, Worker
from shared.running.service import Service
from shared.running.settings import BadSettings, Settings
from shared.storage import mongo
from shared.storage.mongo import Document

if TYPE_CHECKING:
    from flask import Flask

NAME = "notifications"
SENDERS = 2


def build(settings: Settings) -> tuple[Database[Any], Deps]:
    """Database and dependencies; connects lazily."""
    db = mongo.database(mongo.connect(settings.mongo_url, NAME), settings.database(NAME))
    deps = Deps(
        contacts=ContactStore(db),
        reachable=ReachStore(db),
        consents=ConsentStore(db),
        agencies=AgencyStore(db),
        members=MemberStore(db),
        listings=ListingStore(db),
        pairs=PairStore(db),
        people=PeopleStore(db, settings.secret_key),
        deliveries=DeliveryStore(db),
        links=LinkStore(db),
        welcomes=WelcomeStore(db),
    )
    return db, deps


def create_app(settings: Settings | None = None) -> Flask:
    """The web process."""
    # here, since a worker is a quarter smaller without what only the web needs
    from services.notifications.api import deliveries
    from shared.http import dead_entries
    from shared.http.web import create_service_app

    settings = settings or Settings.from_env()
    db, deps = build(settings)
    return create_service_app(NAME, settings, db, deps, [deliveries.blp, dead_entries.blp])


def create_worker(settings: Settings) -> Worker:
    """The worker process: consumes, and sends in threads of their own, woken by the change feed."""
    if not settings.smtp_url:
        raise BadSettings("Lintel cannot start:\n  SMTP_URL: the notifications worker hands mail to it")
    db, deps = build(settings)
    mail = Sender(settings.smtp_url)
    owner = f"{socket.gethostname()}:{os.getpid()}"
    senders = [Sending(deps, mail, f"{owner}:{n}", settings.secret_key, settings.public_url) for n in range(SENDERS)]

    turn = itertools.cycle(senders)

    def wake(document: Document) -> None:
        if document["state"] == "queued":
            next(turn).wake.set()

    inviting = Inviting(deps, mail, settings.secret_key, settings.public_url)
    welcoming = Welcoming(deps, mail, settings.secret_key, settings.public_url)
    loops = {f"sending-{n}": sending.run for n, sending in enumerate(senders)}
    parts = Parts(
        loops=loops | {"inviting": inviting.run, "welcoming": welcoming.run},
        on_change={
            "deliveries": wake,
            "links": lambda _document: inviting.wake.set(),
            "welcomes": lambda _document: welcoming.wake.set(),
        },
    )
    return Worker(NAME, settings, db, CONSUMES, deps, parts)


SERVICE = Service(NAME, CONSUMES, INDEXES, create_worker)
