"""API clients: programs that act for an agency, each with a secret that is shown once."""

from __future__ import annotations

from flask import Response

from services.gateway.accounts.handlers import api_clients
from services.gateway.accounts.schemas.api_client import ClientIn
from services.gateway.web import respond
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.deps import deps
from services.gateway.web.forms.api_schemas import load_values
from services.gateway.web.forms.page_form import FormErrors, submit, text_fields
from services.gateway.web.language import gettext as _
from services.gateway.web.session import member, session_policy

blp = new_blueprint("programs", guarded=True)
MOST = 200


@blp.get("/clients")
@session_policy("admin")
def show_clients() -> Response:
    """Every program of the agency, revoked ones too."""
    clients = deps().clients.of(member().agency_id).page_of_all(MOST, None).items
    clients.sort(key=lambda each: each.revoked_at is not None)
    return respond.page("administration/clients/index.html", "clients", clients=clients)


@blp.get("/clients/new")
@session_policy("admin")
def new_client() -> Response:
    """Ask what it is called and what it may do."""
    return _new({"role": "agent"}, FormErrors())


@blp.post("/clients")
@session_policy("admin")
def add() -> Response:
    """Create a client and show its secret: now, and never again."""
    typed = text_fields("name", "role")
    facts, errors = submit(lambda: load_values(ClientIn(), typed))
    if facts is None:
        return _new(typed, errors)
    client, secret = api_clients.add_client(deps(), member().agency_id, **facts)
    answer = respond.dialog("administration/clients/_made_dialog.html", client=client, secret=secret, title=client.name)
    answer.headers["HX-Trigger"] = '{"changed-any": {}}'
    return answer


@blp.get("/clients/<client_id>/revocation")
@session_policy("admin")
def ask_revocation(client_id: str) -> Response:
    """Ask once more: it cannot be undone."""
    client = deps().clients.of(member().agency_id).get(client_id)
    return respond.dialog("administration/clients/_revoke_dialog.html", client=client, title=_("Revoke"))


@blp.post("/clients/<client_id>/revocation")
@session_policy("admin")
def revoke(client_id: str) -> Response:
    """Revoke a client; tokens that it holds end within the hour."""
    client = api_clients.revoke_client(deps(), member().agency_id, client_id)
    text = _("%(name)s has been revoked; its tokens expire within the hour.") % {"name": client.name}
    return respond.saved(text, "/clients", answer=Response(""))


def _new(typed: dict[str, str], errors: FormErrors) -> Response:
    status = 422 if errors else 200
    title = _("New API client")
    return respond.dialog("administration/clients/_dialog.html", status=status, title=title, typed=typed, faults=errors)
