"""The clients of the other services with the token of the signed-in person."""

from __future__ import annotations

from services.gateway.upstream.client import Caller
from services.gateway.upstream.services import ServiceClients
from services.gateway.web.deps import deps
from services.gateway.web.language import language
from services.gateway.web.session import member


def clients() -> ServiceClients:
    """The clients with the token of the signed-in person, and sentences in the page's language."""
    return clients_with(deps().tokens.of(member()))


def clients_with(token: str) -> ServiceClients:
    """The clients with a token made for this request: for a reader of a mailed link, who is not signed in."""
    return ServiceClients(Caller(deps().upstream, token, language()))
