"""Composition root of the gateway: the only place that builds its parts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from pymongo.database import Database

from services.gateway.accounts import store as account_stores
from services.gateway.accounts.attempts import Attempts
from services.gateway.accounts.credentials import Passwords
from services.gateway.accounts.handlers import agencies, api_clients, members
from services.gateway.accounts.store.agencies import AgencyStore
from services.gateway.accounts.store.api_clients import ClientStore
from services.gateway.accounts.store.audit import ChangeStore, SignInStore
from services.gateway.accounts.store.invitations import InvitationStore
from services.gateway.accounts.store.members import MemberStore
from services.gateway.accounts.store.sessions import SessionStore
from services.gateway.accounts.store.sign_in_links import UsedLinkStore
from services.gateway.accounts.tokens import Tokens, prepare_keys
from services.gateway.consumers import CONSUMES
from services.gateway.deps import GatewayDeps
from services.gateway.projections import store as projection_stores
from services.gateway.projections.store import ActivityStore, ListingCardStore
from services.gateway.upstream.http import Upstream
from services.gateway.upstream.maildir import Mailbox
from services.gateway.upstream.supervision import Supervisor
from services.gateway.web.live.hub import MOST_PAGES, Hub, follow
from shared.http.claims import ROLES
from shared.messaging.bus import Depths
from shared.messaging.changes import ChangeFeed
from shared.messaging.worker import Parts, Worker
from shared.running import logs
from shared.running.service import Service
from shared.running.settings import Settings
from shared.running.web_process import serve
from shared.storage import mongo

if TYPE_CHECKING:
    from flask import Flask

NAME = "gateway"


def build(settings: Settings, passwords: Passwords | None = None) -> tuple[Database[Any], GatewayDeps]:
    """Database and dependencies; connects lazily."""
    db = mongo.database(mongo.connect(settings.mongo_url, NAME), settings.database(NAME))
    return db, GatewayDeps(
        agencies=AgencyStore(db),
        members=MemberStore(db),
        clients=ClientStore(db),
        sessions=SessionStore(db),
        used_links=UsedLinkStore(db),
        listings=ListingCardStore(db),
        activity=ActivityStore(db),
        passwords=passwords or Passwords(),
        attempts=Attempts(settings.mongo_url, settings.database(NAME)),
        tokens=Tokens(settings.signing_key_file, settings.jwks_file),
        upstream=Upstream(settings.service_urls),
        mailbox=Mailbox(Path(settings.mail_dir)) if settings.is_local and settings.mail_dir else None,
        changes=ChangeStore(db),
        invitations=InvitationStore(db),
        sign_ins=SignInStore(db),
        supervisor=Supervisor(settings.control_endpoint, settings.control_key),
        depths=Depths(settings.amqp_url, f"{NAME}.depths"),
        link_secret=settings.secret_key,
    )


def create_app(settings: Settings | None = None) -> Flask:
    """The web process: the JSON API and the pages."""
    # imported here, since a worker needs a quarter less memory without the web libraries
    from services.gateway import components, pages
    from services.gateway.accounts import api
    from services.gateway.web import setup
    from services.gateway.web.assets import files
    from services.gateway.web.feature import Component, Feature, declared_in
    from services.gateway.web.look import brand_routes
    from services.gateway.web.look import routes as look
    from shared.http import dead_entries
    from shared.http.web import create_service_app

    settings = settings or Settings.from_env()
    db, deps = build(settings)
    json_api = (*api.BLUEPRINTS, dead_entries.blp)
    app = create_service_app(NAME, settings, db, deps, json_api)
    parts = [*declared_in(components, "COMPONENT", Component), *declared_in(pages, "FEATURE", Feature)]
    setup.prepare(app, settings, parts)
    for blueprint in (files.blp, look.blp, brand_routes.blp):
        app.register_blueprint(blueprint)
    return app


def create_stream_app(settings: Settings | None = None) -> Flask:
    """The process that streams changes to open pages; many threads, one for each page."""
    from services.gateway.web import setup
    from services.gateway.web.live import routes as live
    from shared.http.web import create_service_app

    settings = settings or Settings.from_env()
    db, deps = build(settings)
    app = create_service_app(NAME, settings, db, deps, [])
    setup.prepare(app, settings)
    hub = app.extensions["lintel"]["hub"] = Hub()
    app.extensions["lintel"]["kind"] = "stream"
    app.register_blueprint(live.blp)
    app.extensions["lintel"]["begin"] = lambda: follow(ChangeFeed(db, {"activity": hub.publish}))
    return app


def create_worker(settings: Settings) -> Worker:
    """The worker process."""
    db, deps = build(settings)
    return Worker(NAME, settings, db, CONSUMES, deps, Parts())


def serve_stream() -> None:
    """Serve the stream of changes to open pages, on BIND."""
    logs.configure(NAME, Settings.from_env().log_level)
    # a page's connection never ends by itself, so there is nothing to wait for when this process is to stop
    serve("services.gateway.app:create_stream_app()", "--threads", str(MOST_PAGES + 16), "--graceful-timeout", "1")


def create_operator(
    email: Annotated[str, typer.Option(help="Where the operator is reached; also the name to sign in with.")],
    password_file: Annotated[Path | None, typer.Option(help="A file with the password, or:")] = None,
    password: Annotated[str, typer.Option(envvar="OPERATOR_PASSWORD", help="by environment")] = "",
) -> None:
    """Create an operator; with a known address, change the password."""
    given = password_file.read_text().strip() if password_file else password
    if len(given) < 12:
        raise typer.BadParameter("Give 12 characters or more by --password-file or OPERATOR_PASSWORD.")
    db, deps = build(Settings.from_env())
    member, is_new = mongo.transaction(db.client, lambda: members.ensure_operator(deps, email, given))
    typer.echo(json.dumps({"member_id": member.id, "created": is_new}))


def create_client(
    role: Annotated[str, typer.Option(help="agent, manager, admin; operator without an agency")],
    name: Annotated[str, typer.Option(help="What the program is called in lists.")],
    agency: Annotated[str, typer.Option(help="The id of the agency it acts for.")] = "",
) -> None:
    """Create an API client and print its id and secret as JSON: the only time that the secret is shown."""
    if role not in ROLES or (role == "operator") == bool(agency):
        raise typer.BadParameter("Give a role of ours; every role but operator needs --agency.")
    db, deps = build(Settings.from_env())
    agencies.ensure_agency(deps, agency)
    client, secret = mongo.transaction(db.client, lambda: api_clients.add_client(deps, agency, name, role))
    typer.echo(json.dumps({"client_id": client.id, "client_secret": secret}))


SERVICE = Service(
    NAME,
    CONSUMES,
    account_stores.INDEXES | projection_stores.INDEXES,
    create_worker,
    prepare=lambda settings, _db: prepare_keys(settings),
    commands={"stream": serve_stream, "create-operator": create_operator, "create-client": create_client},
)
