"""The signed links of an alert: to the home, and to the page that stops or changes alerts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from services.notifications.channels.email.content import Links
from shared.http.links import sign

EXITS, HOME, SIGN_IN = "exits", "home", "sign-in"


@dataclass(frozen=True)
class Subject:
    """The person of the links, the language of the pages, and the saved searches that the home matches."""

    agency_id: str
    contact_id: str
    listing_id: str
    saved_search_ids: tuple[str, ...]
    language: str = ""


def links_for(secret: str, public_url: str, subject: Subject) -> Links:
    """The links of one alert; those to unsubscribe never expire, so that an old mail can still stop new ones."""
    who = {"agency_id": subject.agency_id, "contact_id": subject.contact_id}
    who |= {"language": subject.language} if subject.language else {}
    searches = _ids(subject.saved_search_ids)

    def exit_for(scope: str) -> str:
        return f"{public_url}/u/{sign(secret, EXITS, {**who, 'scope': scope, 'saved_search_ids': searches})}"

    home = sign(secret, HOME, {**who, "listing_id": subject.listing_id})
    return Links(
        home=f"{public_url}/homes/{quote(subject.listing_id, safe='')}?t={home}",
        unsubscribe=exit_for("alerts"),
        preferences=exit_for("preferences"),
        daily=exit_for("daily"),
        search=exit_for("search"),
    )


def sign_in_link(secret: str, public_url: str, until: float, **who: str) -> str:
    """The link to a person's own pages; `until` is in seconds since 1970, and the gateway accepts it once.

    `who` is agency_id, contact_id, request_id and the language of the pages.
    """
    told = {**who, "until": int(until)}
    return f"{public_url}/me/sign-in/{sign(secret, SIGN_IN, told)}"


def _ids(saved_search_ids: Iterable[str]) -> list[str]:
    # WHY 12: ids may be 64 characters long, and the token must stay within the limit of shared.http.links.
    return sorted(saved_search_ids)[:12]
