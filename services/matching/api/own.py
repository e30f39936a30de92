"""Prospects see what is theirs; of everything else they hear that it does not exist."""

from __future__ import annotations

from typing import Any

from services.matching.api.deps import deps
from services.matching.model import SavedSearch
from shared.errors import Forbidden, NotFound
from shared.http.auth import principal
from shared.http.claims import STAFF
from shared.http.web import agency_id

PEOPLE = (*STAFF, "prospect")


def own_contact() -> str | None:
    """The contact that a prospect is; None for staff, who speak for anybody."""
    who = principal()
    if who.role != "prospect":
        return None
    if not who.contact_id:
        raise Forbidden("Your token names no contact.")
    return who.contact_id


def only_own(contact_id: str) -> None:
    """Refuse a prospect who asks for somebody else."""
    if own_contact() not in (None, contact_id):
        raise NotFound("There is no contact with this id.")


def seen_home(listing_id: str) -> str:
    """The id of a home that the caller may see: to a prospect, what is not on the market is not there."""
    if own_contact():
        home: Any = deps().listings.of(agency_id()).document(listing_id)
        if home["wire"].get("standard_status") != "active":
            raise NotFound("There is no listing with this id.")
    return listing_id


def own_search(saved_search_id: str) -> SavedSearch:
    """A saved search that the caller may see."""
    found: Any = deps().searches.of(agency_id()).get(saved_search_id)
    if own_contact() not in (None, found.contact_id):
        raise NotFound("There is no saved search with this id.")
    return SavedSearch(**vars(found))
