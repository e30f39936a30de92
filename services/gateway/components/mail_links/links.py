"""Signed links in mails: their person and their subject."""

from __future__ import annotations

from dataclasses import dataclass

from services.gateway.web.deps import deps
from shared.errors import NotFound
from shared.http.links import read

EXITS, HOME = "exits", "home"
NOT_OURS = "This link is not valid, or part of it is missing."


@dataclass(frozen=True)
class LinkReader:
    """The person that a link speaks for; `scope` is what an exit is for, `listing_id` the home of an alert."""

    agency_id: str
    contact_id: str
    language: str | None = None
    listing_id: str | None = None
    scope: str = "alerts"
    saved_search_ids: tuple[str, ...] = ()


def reader_of(purpose: str, token: str, secret: str) -> LinkReader | None:
    """The person of a genuine link; None for anything else."""
    payload = read(secret, purpose, token) or {}
    agency_id, contact_id = payload.get("agency_id"), payload.get("contact_id")
    if not (isinstance(agency_id, str) and isinstance(contact_id, str) and agency_id and contact_id):
        return None
    searches = payload.get("saved_search_ids")
    return LinkReader(
        agency_id,
        contact_id,
        payload.get("language"),
        payload.get("listing_id"),
        str(payload.get("scope") or "alerts"),
        tuple(each for each in searches if isinstance(each, str)) if isinstance(searches, list) else (),
    )


def exit_reader(token: str) -> LinkReader:
    """The person of a link to get fewer mails; NotFound when the link is not genuine."""
    reader = reader_of(EXITS, token, deps().link_secret)
    if reader is None:
        raise NotFound(NOT_OURS)
    return reader


def home_reader(token: str, listing_id: str, agency_id: str) -> LinkReader | None:
    """The recipient of our mail about this home; None without a link, or with one about another home."""
    reader = reader_of(HOME, token, deps().link_secret) if token else None
    return reader if reader and (reader.listing_id, reader.agency_id) == (listing_id, agency_id) else None
