"""API clients: programs that act for an agency."""

from __future__ import annotations

from typing import Any

from services.gateway.accounts.api.deps import deps
from services.gateway.accounts.handlers import api_clients
from services.gateway.accounts.schemas.api_client import ClientIn, ClientMade, ClientOut
from shared.http.auth import policy
from shared.http.schemas import PageQuery, page_of
from shared.http.web import Blueprint, agency_id, writes
from shared.storage.paging import Page

blp = Blueprint("api-clients", __name__, url_prefix="/v1/api-clients", description="Programs with a key of their own.")


# without @writes: an Idempotency-Key would store the reply, and with it the secret, for a day
@blp.route("", methods=["POST"])
@policy("admin")
@blp.arguments(ClientIn)
@blp.response(201, ClientMade)
def add_client(data: dict[str, Any]) -> Any:
    """Add a client; its secret is returned only now, so an Idempotency-Key has no effect here."""
    client, secret = api_clients.add_client(deps(), agency_id(), **data)
    return {**vars(client), "client_secret": secret}, {"Location": f"/v1/api-clients/{client.id}"}


@blp.route("")
@policy("admin")
@blp.arguments(PageQuery, location="query")
@blp.response(200, page_of(ClientOut))
def list_clients(args: dict[str, Any]) -> Page:
    """List the clients of the agency, revoked ones too."""
    page: Page = deps().clients.of(agency_id()).page_of_all(**args)
    return page


@blp.route("/<client_id>")
@policy("admin")
@blp.response(200, ClientOut)
def show_client(client_id: str) -> Any:
    """Show one client."""
    return deps().clients.of(agency_id()).get(client_id)


@blp.route("/<client_id>/revocations", methods=["POST"])
@policy("admin")
@writes
@blp.response(201, ClientOut)
def revoke_client(client_id: str) -> Any:
    """Revoke a client; its tokens expire within the hour."""
    return api_clients.revoke_client(deps(), agency_id(), client_id)
