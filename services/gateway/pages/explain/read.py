"""What the pages of an explanation are made of: one pair with its gates, or one side with the best of the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.gateway.components.people.read import people_by_id
from services.gateway.components.reachability.read import reachability_of
from services.gateway.upstream.http import Unavailable
from services.gateway.upstream.leads import Contact
from services.gateway.upstream.matching import Explanation, Improvements, ListingSummary, Match, SavedSearch
from services.gateway.upstream.notifications import Reachability, Sendability
from services.gateway.upstream.properties import Listing
from services.gateway.upstream.services import ServiceClients
from services.gateway.web.clients import clients
from shared.errors import NotFound

OFFERS = 8


@dataclass(frozen=True)
class PairAnswer:
    """The verdict on one pair and what the services know of both sides; None where one did not answer."""

    pair: Explanation
    listing: Listing | ListingSummary
    search: SavedSearch | None
    person: Contact | None
    reachability: Sequence[Reachability] | Unavailable
    sendability: Sendability | Unavailable
    improvements: Improvements | Unavailable


@dataclass(frozen=True)
class SideAnswer:
    """The side that was chosen, if any, and the best matches of the other; `people` are theirs by id."""

    search: SavedSearch | None = None
    person: Contact | None = None
    listing: Listing | None = None
    offers: Sequence[Match] = ()
    people: Mapping[str, Contact] | None = None


def pair(search_id: str, listing_id: str) -> PairAnswer:
    """One pair; NotFound when either side is not there."""
    services = clients()
    verdict = services.matching.explain(search_id, listing_id)
    contact_id = verdict["contact_id"] or ""
    listing, search, people, sendability, improvements, reachability = services.in_parallel(
        lambda: services.properties.listing(listing_id),
        lambda: services.matching.saved_search(search_id),
        lambda: people_by_id(services, [contact_id]),
        lambda: services.notifications.sendability(
            contact_id=contact_id,
            listing_id=listing_id,
            saved_search_id=search_id,
            list_price=verdict["listing"]["list_price"],
            currency=verdict["listing"]["currency"],
        ),
        lambda: services.matching.improvements(search_id, listing_id),
        lambda: reachability_of(services, [contact_id]),
    )
    person = None if isinstance(people, Unavailable) else people.get(contact_id)
    return PairAnswer(
        pair=verdict,
        listing=verdict["listing"] if isinstance(listing, Unavailable) else listing,
        search=None if isinstance(search, Unavailable) else search,
        person=person,
        reachability=reachability,
        sendability=sendability,
        improvements=improvements,
    )


def side_of_search(search_id: str) -> SideAnswer:
    """A person's wishes and the homes that fit them best."""
    services = clients()
    search = services.matching.saved_search(search_id)
    person = people_by_id(services, [search["contact_id"]]).get(search["contact_id"])
    offers = services.matching.search_matches(search_id, limit=OFFERS)["items"]
    return SideAnswer(search=search, person=person, offers=offers)


def side_of_listing(listing_id: str) -> SideAnswer:
    """A home and the people whom it fits best."""
    services = clients()
    listing, offers = services.properties.listing(listing_id), _matches(services, listing_id)
    people = people_by_id(services, (offer["contact_id"] for offer in offers if offer["contact_id"]))
    return SideAnswer(listing=listing, offers=offers, people=people)


def _matches(services: ServiceClients, listing_id: str) -> Sequence[Match]:
    """The best people; nobody for a home that matching has not heard of yet."""
    try:
        return services.matching.listing_matches(listing_id, limit=OFFERS)["items"]
    except NotFound:
        return ()
