"""How the people of a page may be reached: one call for all of them."""

from __future__ import annotations

from collections.abc import Iterable

from services.gateway.upstream.notifications import Reachability
from services.gateway.upstream.services import ServiceClients


def reachability_of(services: ServiceClients, contact_ids: Iterable[str]) -> list[Reachability]:
    """The reachability of these people from notifications; no call without people."""
    ids = sorted(set(contact_ids))
    return services.notifications.reachability(ids) if ids else []
