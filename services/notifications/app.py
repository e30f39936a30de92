"""Composition root of notifications: the only place that builds its parts."""

from __future__ import annotations

import itertools
import os
import socket
from functools import partial
from typing import TYPE_CHECKING, Any

from pymongo.database import Database

from services.notifications.agencies.store import AgencyStore, MemberStore
from services.notifications.alerts.mail import compose_alert
from services.notifications.channels.email.smtp import EmailChannel
from services.notifications.claims.loop import ClaimLoop
from services.notifications.consumers import CONSUMES
from services.notifications.delivery.composer import MailComposer
from services.notifications.delivery.model import ALERT, LETTER, QUEUED
from services.notifications.delivery.sender import DeliverySender
from services.notifications.delivery.store import DeliveryStore
from services.notifications.deps import Deps
from services.notifications.invitations.sender import InvitationSender
from services.notifications.invitations.store import InvitationStore
from services.notifications.letters.mail import compose_letter
from services.notifications.pairs.store import ListingStatusStore, PairStore
from services.notifications.people.store import ConsentStore, ContactStore, PeopleStore, ReachableStore
from services.notifications.sign_in_links.sender import SignInLinkSender
from services.notifications.sign_in_links.store import SignInLinkStore
from services.notifications.store import INDEXES, rename_collections
from shared.messaging import faults
from shared.messaging.worker import Parts, Worker
from shared.running import logs
from shared.running.service import Service
from shared.running.settings import BadSettings, Settings
from shared.storage import mongo
from shared.storage.mongo import Document

if TYPE_CHECKING:
    from flask import Flask

NAME = "notifications"
faults.register("sending.after_claim", "sending.after_handing_over", "sending.after_acceptance", "sending.after_mark")
logs.register("delivery_id", "request_id", "member_id")
SENDERS = 2


def build(settings: Settings) -> tuple[Database[Any], Deps]:  # Any: the driver's own document type
    """Database and dependencies; connects lazily."""
    db = mongo.database(mongo.connect(settings.mongo_url, NAME), settings.database(NAME))
    deps = Deps(
        contacts=ContactStore(db),
        reachable=ReachableStore(db),
        consents=ConsentStore(db),
        people=PeopleStore(db, settings.secret_key),
        agencies=AgencyStore(db),
        members=MemberStore(db),
        pairs=PairStore(db),
        statuses=ListingStatusStore(db),
        deliveries=DeliveryStore(db),
        sign_in_links=SignInLinkStore(db),
        invitations=InvitationStore(db),
    )
    return db, deps


def create_app(settings: Settings | None = None) -> Flask:
    """The web process."""
    # imported here, since a worker needs a quarter less memory without the web libraries
    from services.notifications.api import deliveries, invitations, reachability
    from shared.http import dead_entries
    from shared.http.web import create_service_app

    settings = settings or Settings.from_env()
    db, deps = build(settings)
    blueprints = [deliveries.blp, reachability.blp, invitations.blp, dead_entries.blp]
    return create_service_app(NAME, settings, db, deps, blueprints)


def delivery_sender(deps: Deps, settings: Settings, channel: EmailChannel, owner: str) -> DeliverySender:
    """A sender of alerts and letters."""
    composer = MailComposer(deps.members, settings.secret_key, settings.public_url)
    compose = {ALERT: partial(compose_alert, composer), LETTER: partial(compose_letter, composer)}
    return DeliverySender(deps.deliveries, deps.people, {channel.name: channel}, compose, owner)


def create_worker(settings: Settings) -> Worker:
    """The worker process: consumes, and sends in its own threads, which the change feed wakes."""
    if not settings.smtp_url:
        raise BadSettings("Lintel cannot start:\n  SMTP_URL: the notifications worker hands mail to it")
    db, deps = build(settings)
    channel, secret, public_url = EmailChannel(settings.smtp_url), settings.secret_key, settings.public_url
    owner = f"{socket.gethostname()}:{os.getpid()}"
    sending = [ClaimLoop(delivery_sender(deps, settings, channel, f"{owner}:{n}")) for n in range(SENDERS)]
    links = ClaimLoop(SignInLinkSender(deps.sign_in_links, deps.people, deps.agencies, channel, secret, public_url))
    invitations = ClaimLoop(InvitationSender(deps.invitations, deps.agencies, channel, public_url))
    turn = itertools.cycle(sending)

    def wake_one(document: Document) -> None:
        if document["state"] == QUEUED:
            next(turn).wake.set()

    loops = {f"sending-{number}": loop.run for number, loop in enumerate(sending)}
    parts = Parts(
        loops=loops | {"sign-in-links": links.run, "invitations": invitations.run},
        on_change={
            "deliveries": wake_one,
            "sign_in_links": lambda _document: links.wake.set(),
            "invitations": lambda _document: invitations.wake.set(),
        },
    )
    return Worker(NAME, settings, db, CONSUMES, deps, parts)


SERVICE = Service(NAME, CONSUMES, INDEXES, create_worker, prepare=lambda _settings, db: rename_collections(db))
