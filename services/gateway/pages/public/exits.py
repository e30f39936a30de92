"""What signed links in mails let a person do without signing in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from services.gateway.deps import GatewayDeps
from shared.errors import NotFound
from shared.http.links import read

EXITS, HOME = "exits", "home"
WORDING = "unsubscribe-1"


# What a link in a mail is for, and what its button does: stop everything, or change some wishes' alerts.
ACTS = {"alerts": "all", "preferences": "", "daily": "daily", "search": "off"}


@dataclass(frozen=True)
class Reader:
    """The person that a link speaks for, and what the link is for."""

    agency_id: str
    contact_id: str
    language: str | None = None
    listing_id: str | None = None
    scope: str = "alerts"
    saved_search_ids: tuple[str, ...] = ()


def reader_of(deps: GatewayDeps, purpose: str, token: str) -> Reader | None:
    """Whom a genuine link speaks for; None for anything else."""
    payload = read(deps.link_secret, purpose, token) or {}
    agency_id, contact_id = payload.get("agency_id"), payload.get("contact_id")
    if not (isinstance(agency_id, str) and isinstance(contact_id, str) and agency_id and contact_id):
        return None
    searches = payload.get("saved_search_ids")
    return Reader(
        agency_id,
        contact_id,
        payload.get("language"),
        payload.get("listing_id"),
        str(payload.get("scope") or "alerts"),
        tuple(each for each in searches if isinstance(each, str)) if isinstance(searches, list) else (),
    )


def leaver(deps: GatewayDeps, token: str) -> Reader:
    """Who wishes to hear no more; NotFound when the link is not one of ours."""
    reader = reader_of(deps, EXITS, token)
    if reader is None:
        raise NotFound("This link is not one of ours, or a part of it is missing.")
    return reader


def stop_alerts(deps: GatewayDeps, reader: Reader) -> None:
    """Withdraw the consent to alerts by e-mail, in that person's own name; doing it twice is fine."""
    body = {"purpose": "alerts", "channel": "email", "state": "withdrawn"}
    body |= {"wording_version": WORDING, "source": "unsubscribe link"}
    token = deps.tokens.of_contact(reader.agency_id, reader.contact_id)
    path = f"/v1/contacts/{quote(reader.contact_id, safe='')}/consents"
    try:
        deps.upstream.call("leads", "POST", path, token, body)
    except NotFound:
        return  # forgotten at their own wish: nobody writes to them any more


def act(deps: GatewayDeps, reader: Reader, wanted: str) -> str:
    """Do what the button says, or what the link is for; returns what was done: all, daily or off."""
    chosen = (wanted if wanted in ACTS.values() else "") or ACTS.get(reader.scope) or "all"
    if chosen == "all":
        stop_alerts(deps, reader)
    else:
        for saved_search_id in reader.saved_search_ids:
            _change_alerts(deps, reader, saved_search_id, chosen)
    return chosen


def say(deps: GatewayDeps, reader: Reader, preference: str) -> None:
    """Keep what the reader of an alert says of its home, in that person's own name."""
    path = f"/v1/contacts/{quote(reader.contact_id, safe='')}/listings/{quote(reader.listing_id or '', safe='')}"
    token = deps.tokens.of_contact(reader.agency_id, reader.contact_id)
    deps.upstream.call("matching", "PUT", path, token, {"preference": preference})


def _change_alerts(deps: GatewayDeps, reader: Reader, saved_search_id: str, alerts: str) -> None:
    path = f"/v1/saved-searches/{quote(saved_search_id, safe='')}"
    token = deps.tokens.of_contact(reader.agency_id, reader.contact_id)
    try:
        version = deps.upstream.call("matching", "GET", path, token)["version"]
        headers = {"If-Match": f'"{version}"'}
        deps.upstream.call("matching", "PATCH", path, token, {"alerts": alerts}, headers=headers)
    except NotFound:
        return  # these wishes were removed: nobody writes about them any more


def home_page(deps: GatewayDeps, listing_id: str, token: str) -> tuple[dict[str, Any], Reader | None]:
    """A home for everybody while it is on the market, later for whom we wrote to about it; else NotFound."""
    home = deps.listings.anywhere(listing_id)
    reader = reader_of(deps, HOME, token) if token else None
    if home is not None and reader and (reader.listing_id, reader.agency_id) != (listing_id, home["agency_id"]):
        reader = None
    if home is None or (home["standard_status"] != "active" and reader is None):
        raise NotFound("This home is not here, or no longer on the market.")
    return home, reader
