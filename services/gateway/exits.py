"""What signed links in mails let a person do without signing in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from services.gateway.handlers import Deps
from shared.errors import NotFound
from shared.links import read

EXITS, HOME = "exits", "home"
WORDING = "unsubscribe-1"


@dataclass(frozen=True)
class Reader:
    """The person that a link speaks for."""

    agency_id: str
    contact_id: str
    language: str | None = None
    listing_id: str | None = None


def reader_of(deps: Deps, purpose: str, token: str) -> Reader | None:
    """Whom a genuine link speaks for; None for anything else."""
    payload = read(deps.link_secret, purpose, token) or {}
    agency_id, contact_id = payload.get("agency_id"), payload.get("contact_id")
    if not (isinstance(agency_id, str) and isinstance(contact_id, str) and agency_id and contact_id):
        return None
    return Reader(agency_id, contact_id, payload.get("language"), payload.get("listing_id"))


def leaver(deps: Deps, token: str) -> Reader:
    """Who wishes to hear no more; NotFound when the link is not one of ours."""
    reader = reader_of(deps, EXITS, token)
    if reader is None:
        raise NotFound("This link is not one of ours, or a part of it is missing.")
    return reader


def stop_alerts(deps: Deps, reader: Reader) -> None:
    """Withdraw the consent to alerts by e-mail, in that person's own name; doing it twice is fine."""
    body = {"purpose": "alerts", "channel": "email", "state": "withdrawn"}
    body |= {"wording_version": WORDING, "source": "unsubscribe link"}
    token = deps.tokens.of_contact(reader.agency_id, reader.contact_id)
    path = f"/v1/contacts/{quote(reader.contact_id, safe='')}/consents"
    try:
        deps.upstream.call("leads", "POST", path, token, body)
    except NotFound:
        return  # forgotten at their own wish: nobody writes to them any more


def home_page(deps: Deps, listing_id: str, token: str) -> tuple[dict[str, Any], Reader | None]:
    """A home for everybody while it is on the market, later for whom we wrote to about it; else NotFound."""
    home = deps.listings.anywhere(listing_id)
    reader = reader_of(deps, HOME, token) if token else None
    if home is not None and reader and (reader.listing_id, reader.agency_id) != (listing_id, home["agency_id"]):
        reader = None
    if home is None or (home["standard_status"] != "active" and reader is None):
        raise NotFound("This home is not here, or no longer on the market.")
    return home, reader
