"""People who look at what is theirs: a link by mail opens a session, once and for a short time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from services.gateway.accounts.credentials import fingerprint, new_secret
from services.gateway.accounts.handlers import Deps
from services.gateway.accounts.model import LINK_WORKS, Prospect, Session, email_key
from shared.contracts.base import PLATFORM
from shared.errors import NotFound
from shared.http.links import address_print, read
from shared.messaging import outbox
from shared.messaging.event import now
from shared.running.context import new_id
from shared.storage.mongo import transaction

SIGN_IN = "sign-in"


@dataclass(frozen=True)
class Link:
    """What a genuine link says: whom it lets in, and until when."""

    request_id: str
    prospect: Prospect
    until: datetime

    @property
    def key(self) -> str:
        """What is used up: one request's link to one person."""
        return f"{self.request_id}/{self.prospect.contact_id}"


def ask_for_link(deps: Deps, email: str, address: str) -> None:
    """Have links mailed to whoever has this address; nothing here knows whether that is anybody.

    TooManyRequests when too many were asked for from one network address; what is asked for one e-mail address too
    often is not sent.
    """
    if not deps.attempts.asks_for_link(address, email_key(email)):
        return
    until = (now() + LINK_WORKS).isoformat().replace("+00:00", "Z")
    told = {"address_print": address_print(deps.link_secret, email), "until": until}

    def work() -> None:
        outbox.record(deps.sessions.db, "gateway", "gateway.link.requested", PLATFORM, new_id(), 1, told)

    transaction(deps.sessions.db.client, work)


def link_of(deps: Deps, token: str) -> Link:
    """The link as it can still be used; NotFound otherwise."""
    told = read(deps.link_secret, SIGN_IN, token) or {}
    texts = [told.get(name) for name in ("agency_id", "contact_id", "request_id")]
    agency_id, contact_id, request_id = (text if isinstance(text, str) else "" for text in texts)
    if not (agency_id and contact_id and request_id and isinstance(told.get("until"), int)):
        raise NotFound("This link is not one of ours, or a part of it is missing.")
    until = datetime.fromtimestamp(told["until"], UTC)
    language = told.get("language") if isinstance(told.get("language"), str) else None
    link = Link(request_id, Prospect(agency_id, contact_id, language), until)
    if until <= now() or not deps.used_links.of(agency_id).is_open(link.key, contact_id):
        raise NotFound("This link is over, or was used already.")
    return link


def open_session(deps: Deps, token: str) -> str:
    """Use the link up and return what the new session's cookie holds; NotFound when it is over or was used."""
    link = link_of(deps, token)
    who = link.prospect
    if not deps.used_links.of(who.agency_id).use(link.key, link.until):
        raise NotFound("This link was used already.")
    secret, moment = new_secret(), now()
    deps.sessions.open(Session(fingerprint(secret), "", moment, moment, prospect=who))
    return secret


def close_all(deps: Deps, who: Prospect) -> None:
    """End every session of a person who is to be forgotten, and let no link open another."""
    deps.sessions.close_prospect(who.agency_id, who.contact_id)
    deps.used_links.of(who.agency_id).shut(who.contact_id, now() + 2 * LINK_WORKS)
