"""Contacts by id, for pages that show what other services know of them."""

from __future__ import annotations

from collections.abc import Iterable

from services.gateway.web.answers import Row
from services.gateway.web.view import Asking

MOST_PEOPLE = 200


def people(ask: Asking, ids: Iterable[str]) -> dict[str, Row]:
    """Contacts by id; those that are not there (any more) are missing."""
    wanted = sorted(set(ids))[:MOST_PEOPLE]
    if not wanted:
        return {}
    found = ask.get("leads", "contacts", id=wanted, limit=MOST_PEOPLE)["items"]
    return {person["id"]: person for person in found}
