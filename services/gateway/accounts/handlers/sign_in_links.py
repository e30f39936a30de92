"""Sign-in links for prospects: a link by mail opens a session, once and for a short time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from services.gateway.accounts.credentials import fingerprint, new_secret
from services.gateway.accounts.deps import Deps
from services.gateway.accounts.model.member import email_key
from services.gateway.accounts.model.session import Prospect, Session
from services.gateway.accounts.model.sign_in_link import LINK_WORKS, SignInLink
from shared.contracts.base import PLATFORM
from shared.errors import NotFound
from shared.http.links import address_print, read
from shared.messaging import outbox
from shared.messaging.event import now
from shared.running.context import new_id
from shared.storage.mongo import transaction

SIGN_IN = "sign-in"
ERASED_FOR = timedelta(hours=24)


def request_link(deps: Deps, email: str, address: str) -> None:
    """Request mails with links for the people with this address; the gateway does not know whether there are any.

    TooManyRequests for too many requests from one network address; too many for one e-mail address are not sent.
    """
    if not deps.attempts.asks_for_link(address, email_key(email)):
        return
    until = (now() + LINK_WORKS).isoformat().replace("+00:00", "Z")
    data = {"address_print": address_print(deps.link_secret, email), "until": until}

    def work() -> None:
        outbox.record(deps.sessions.db, "gateway", "gateway.link.requested", PLATFORM, new_id(), 1, data)

    transaction(deps.sessions.db.client, work)


def usable_link(deps: Deps, token: str) -> SignInLink:
    """A link that can still be used; NotFound otherwise."""
    payload = read(deps.link_secret, SIGN_IN, token) or {}
    texts = [payload.get(name) for name in ("agency_id", "contact_id", "request_id")]
    agency_id, contact_id, request_id = (text if isinstance(text, str) else "" for text in texts)
    if not (agency_id and contact_id and request_id and isinstance(payload.get("until"), int)):
        raise NotFound("This link is not valid, or part of it is missing.")
    until = datetime.fromtimestamp(payload["until"], UTC)
    language = payload.get("language") if isinstance(payload.get("language"), str) else None
    link = SignInLink(request_id, Prospect(agency_id, contact_id, language), until)
    if until <= now() or not deps.used_links.of(agency_id).is_open(link.key, contact_id):
        raise NotFound("This link has expired or was used already.")
    return link


def open_session(deps: Deps, token: str) -> str:
    """Use the link and return the content of the new session's cookie; NotFound when it has expired or was used."""
    link = usable_link(deps, token)
    who = link.prospect
    if not deps.used_links.of(who.agency_id).use(link.key, link.until):
        raise NotFound("This link was used already.")
    secret, moment = new_secret(), now()
    deps.sessions.open(Session(fingerprint(secret), "", moment, moment, prospect=who))
    return secret


def close_all_sessions(deps: Deps, who: Prospect) -> None:
    """End every session of a person who is being erased, and invalidate their links."""
    deps.sessions.close_prospect(who.agency_id, who.contact_id)
    deps.used_links.of(who.agency_id).shut(who.contact_id, now() + 2 * LINK_WORKS)


def forget_prospect(deps: Deps, agency_id: str, contact_id: str) -> None:
    """A person was erased: end their sessions and invalidate their links."""
    deps.sessions.close_prospect(agency_id, contact_id)
    deps.used_links.of(agency_id).shut(contact_id, now() + ERASED_FOR)
