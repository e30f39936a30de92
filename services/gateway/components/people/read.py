"""Contacts by id, for pages that show what other services know of them."""

from __future__ import annotations

from collections.abc import Iterable

from services.gateway.upstream.leads import Contact
from services.gateway.upstream.services import ServiceClients

MOST_PEOPLE = 200


def people_by_id(services: ServiceClients, ids: Iterable[str]) -> dict[str, Contact]:
    """The contacts with these ids, the first 200 of them; those that were erased are missing."""
    wanted = sorted(set(ids))[:MOST_PEOPLE]
    if not wanted:
        return {}
    return {person["id"]: person for person in services.leads.contacts(ids=wanted, limit=MOST_PEOPLE)["items"]}
