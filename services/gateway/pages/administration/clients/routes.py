"""API clients: programs that act for an agency, each with a secret that is shown once."""

from __future__ import annotations

from typing import Any

from flask import Response

from services.gateway.accounts.handlers import api_clients
from services.gateway.accounts.schemas.api_client import ClientIn
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.checked import checked
from services.gateway.web.deps import deps
from services.gateway.web.language import gettext as _
from services.gateway.web.session import member, session_policy
from services.gateway.web.view import Faults, dialog, done, form, show, trying

blp = new_blueprint("programs", guarded=True)
MOST = 200


@blp.get("/clients")
@session_policy("admin")
def show_clients() -> Response:
    """Every program of the agency, those shut out too."""
    clients = deps().clients.of(member().agency_id).page_of_all(MOST, None).items
    clients.sort(key=lambda each: each.revoked_at is not None)
    return show("administration/clients/index.html", "administration/clients/_clients.html", clients=clients)


@blp.get("/clients/new")
@session_policy("admin")
def new_client() -> Response:
    """Ask what it is called and what it may do."""
    return _new(200, typed={"role": "agent"}, faults=Faults())


@blp.post("/clients")
@session_policy("admin")
def add() -> Any:
    """Let a program in and show its secret: now, and never again."""
    typed = form("name", "role")
    facts, faults = trying(lambda: checked(ClientIn(), typed))
    if facts is None:
        return _new(422, typed=typed, faults=faults)
    client, secret = api_clients.add_client(deps(), member().agency_id, **facts)
    answer = dialog("administration/clients/_made_dialog.html", client=client, secret=secret, title=client.name)
    answer.headers["HX-Trigger"] = '{"changed-any": {}}'
    return answer


@blp.get("/clients/<client_id>/revocation")
@session_policy("admin")
def ask_revocation(client_id: str) -> Response:
    """Ask once more: it cannot be undone."""
    client = deps().clients.of(member().agency_id).get(client_id)
    return dialog("administration/clients/_revoke_dialog.html", client=client, title=_("Shut out"))


@blp.post("/clients/<client_id>/revocation")
@session_policy("admin")
def revoke(client_id: str) -> Any:
    """Shut a program out; tokens that it holds end within the hour."""
    client = api_clients.revoke_client(deps(), member().agency_id, client_id)
    text = _("%(name)s is shut out; what tokens it holds end within the hour.") % {"name": client.name}
    return done(text, "/clients", answer=Response(""))


def _new(status: int, **told: Any) -> Response:
    return dialog("administration/clients/_dialog.html", status, title=_("New API client"), **told)
