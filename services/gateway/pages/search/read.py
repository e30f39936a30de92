"""Search people, homes and wishes; list services that did not answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from services.gateway.upstream.http import Unavailable
from services.gateway.upstream.leads import Contact
from services.gateway.upstream.matching import SavedSearch
from services.gateway.upstream.properties import Listing
from services.gateway.web.clients import clients

SHOWN, WISHES_OF, WISHES_EACH = 6, 3, 3
SHORTEST_QUERY = 2


@dataclass(frozen=True)
class SearchAnswer:
    """What the services have under a name, and the services that did not answer."""

    people: Sequence[Contact] = ()
    homes: Sequence[Listing] = ()
    wishes: Sequence[tuple[Contact, SavedSearch]] = ()
    unavailable: Sequence[str] = ()


def everything(query: str) -> SearchAnswer:
    """People, homes and wishes by a piece of their name; nothing for a query of one letter."""
    if len(query) < SHORTEST_QUERY:
        return SearchAnswer()
    services = clients()
    people, homes = services.in_parallel(
        lambda: services.leads.contacts(q=query, limit=SHOWN)["items"],
        lambda: services.properties.listings({"q": query}, limit=SHOWN)["items"],
    )
    failed = [each.service for each in (people, homes) if isinstance(each, Unavailable)]
    contacts = [] if isinstance(people, Unavailable) else people
    listings = [] if isinstance(homes, Unavailable) else homes
    return SearchAnswer(contacts, listings, _wishes(contacts[:WISHES_OF]), failed)


def _wishes(contacts: Sequence[Contact]) -> list[tuple[Contact, SavedSearch]]:
    """The wishes of these people; those that cannot be read now are left out."""
    services = clients()
    answers = services.each_in_parallel(
        {
            each["id"]: partial(services.matching.saved_searches, contact_id=each["id"], limit=WISHES_EACH)
            for each in contacts
        }
    )
    pages = [(contact, answers[contact["id"]]) for contact in contacts]
    return [
        (contact, search) for contact, page in pages if not isinstance(page, Unavailable) for search in page["items"]
    ]
