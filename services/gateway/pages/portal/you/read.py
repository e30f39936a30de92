"""What the services know about the prospect."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from services.gateway.upstream.http import Unavailable
from services.gateway.upstream.leads import Consent, CurrentConsent, OwnContact
from services.gateway.upstream.matching import Opinion, SavedSearch
from services.gateway.upstream.services import ServiceClients

MOST_WISHES, MOST_HISTORY, MOST_PER_PAGE = 20, 50, 200


@dataclass(frozen=True)
class YouReply:
    """The person, their active wishes, and their consents now and before; each may be unavailable."""

    contact: OwnContact | Unavailable
    wishes: Sequence[SavedSearch] | Unavailable
    consents: Sequence[CurrentConsent] | Unavailable
    history: Sequence[Consent] | Unavailable


@dataclass(frozen=True)
class EverythingKept:
    """Everything that is kept about a person."""

    contact: OwnContact
    consents: Sequence[Consent]
    wishes: Sequence[SavedSearch]
    opinions: Sequence[Opinion]


def you(clients: ServiceClients, contact_id: str) -> YouReply:
    """What the page about the prospect shows."""
    leads, matching = clients.leads, clients.matching
    contact, wishes, consents, history = clients.in_parallel(
        partial(leads.own_contact, contact_id),
        lambda: matching.saved_searches(status="active", limit=MOST_WISHES)["items"],
        partial(leads.current_consents, contact_id),
        lambda: leads.consents(contact_id, limit=MOST_HISTORY)["items"],
    )
    return YouReply(contact, wishes, consents, history)


def everything_kept(clients: ServiceClients, contact_id: str) -> EverythingKept:
    """Everything that is kept about the prospect, every list whole."""
    leads, matching = clients.leads, clients.matching
    consents: list[Consent] = []
    wishes: list[SavedSearch] = []
    opinions: list[Opinion] = []
    _collect(consents, lambda cursor: leads.consents(contact_id, limit=MOST_PER_PAGE, cursor=cursor))
    _collect(wishes, lambda cursor: matching.saved_searches(limit=MOST_PER_PAGE, cursor=cursor))
    _collect(opinions, lambda cursor: matching.opinions(contact_id, limit=MOST_PER_PAGE, cursor=cursor))
    return EverythingKept(leads.own_contact(contact_id), consents, wishes, opinions)


# Any: the pages are TypedDicts of different items, which no common type describes
def _collect(items: list[Any], page_from: Callable[[str | None], Any]) -> None:
    """Add the items of all pages to a list."""
    cursor = None
    while True:
        page = page_from(cursor)
        items += page["items"]
        cursor = page["next_cursor"]
        if not cursor:
            return
