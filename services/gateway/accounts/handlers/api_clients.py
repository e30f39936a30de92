"""API clients: added, revoked, given tokens."""

from __future__ import annotations

from services.gateway.accounts.credentials import fingerprint, is_secret_of, new_secret
from services.gateway.accounts.deps import Deps
from services.gateway.accounts.model.api_client import ApiClient
from shared.errors import Unauthorized
from shared.messaging.event import now
from shared.running.context import new_id


def add_client(deps: Deps, agency_id: str, name: str, role: str) -> tuple[ApiClient, str]:
    """Add a client; its secret is returned now and never again."""
    secret = new_secret()
    client = ApiClient(new_id(), agency_id, name, role, fingerprint(secret), now())
    deps.clients.of(agency_id).add(client)
    return client, secret


def revoke_client(deps: Deps, agency_id: str, client_id: str) -> ApiClient:
    """Revoke a client; its tokens expire within the hour."""
    store = deps.clients.of(agency_id)
    store.get(client_id)
    store.revoke(client_id, now())
    return store.get(client_id)


def client_token(deps: Deps, client_id: str, secret: str, address: str) -> str:
    """A token for a client that proves its secret; Unauthorized otherwise."""
    deps.attempts.check(address, client_id)
    client = deps.clients.by_id(client_id)
    # the comparison is also made for an unknown client, so that the time taken reveals nothing
    right = is_secret_of(secret, client.secret_hash if client else fingerprint(""))
    if client is None or not right or client.revoked_at is not None:
        deps.attempts.failed(address, client_id)
        raise Unauthorized("The client is not known, or the secret is not right.")
    deps.clients.used(client.id, now())
    return deps.tokens.of_client(client)
