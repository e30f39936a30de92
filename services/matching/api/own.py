"""What a prospect may see: their own data only; anything else is a 404."""

from __future__ import annotations

from services.matching.api.deps import deps
from services.matching.model import SavedSearch
from shared.errors import Forbidden, NotFound
from shared.http.auth import principal
from shared.http.claims import STAFF
from shared.http.web import agency_id

PEOPLE = (*STAFF, "prospect")


def own_contact() -> str | None:
    """The contact that a prospect is; None for staff, who may act for any contact."""
    caller = principal()
    if caller.role != "prospect":
        return None
    if not caller.contact_id:
        raise Forbidden("Your token is not for a contact.")
    return caller.contact_id


def only_own(contact_id: str) -> None:
    """Refuse a prospect who names another contact."""
    if own_contact() not in (None, contact_id):
        raise NotFound("There is no contact with this id.")


def visible_listing(listing_id: str) -> str:
    """The id of a listing that the caller may see: prospects see what is on the market."""
    if own_contact() and deps().listings.of(agency_id()).get(listing_id)["wire"].get("standard_status") != "active":
        raise NotFound("There is no listing with this id.")
    return listing_id


def own_search(saved_search_id: str) -> SavedSearch:
    """A saved search that the caller may see."""
    search = deps().searches.of(agency_id()).get(saved_search_id)
    if own_contact() not in (None, search.contact_id):
        raise NotFound("There is no saved search with this id.")
    return search
