"""The service calls of a listing's pages, and their replies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from services.gateway.components.charts.demand import prices_around
from services.gateway.components.people.read import people_by_id
from services.gateway.components.reachability.read import reachability_of
from services.gateway.upstream.http import Unavailable
from services.gateway.upstream.leads import Contact
from services.gateway.upstream.matching import (
    Demand,
    MatchCounts,
    MatchPage,
    OpenQuestion,
    Opinion,
    SimilarListing,
)
from services.gateway.upstream.notifications import Delivery, Reachability
from services.gateway.upstream.properties import HistoryEntry, Listing
from services.gateway.upstream.services import ServiceClients
from services.gateway.web.clients import clients

KINDS = ("match", "possible", "near", "no")
PEOPLE_ON_A_PAGE, MOST_OPINIONS, MOST_DELIVERIES, MOST_SIMILAR = 20, 200, 200, 4


@dataclass(frozen=True)
class PeopleFilter:
    """Which people of a listing are shown: `kind` of match, or "no" for those who refused it."""

    kind: str = "match"
    cursor: str | None = None

    @classmethod
    def from_args(cls, args: Mapping[str, str]) -> PeopleFilter:
        """The filter that an address holds; a kind that does not exist is the first one."""
        kind = args.get("kind", "match")
        return cls(kind if kind in KINDS else "match", args.get("cursor"))


@dataclass(frozen=True)
class PeoplePage:
    """One page of the people of a listing; `matches` is None where those who refused it are shown."""

    filter: PeopleFilter
    counts: MatchCounts | Unavailable
    opinions: list[Opinion] | Unavailable
    deliveries: list[Delivery] | Unavailable
    matches: MatchPage | Unavailable | None
    people: dict[str, Contact] | Unavailable
    reachability: list[Reachability] | Unavailable


@dataclass(frozen=True)
class ListingPage:
    """What the page of a listing shows at once; demand and similar homes follow by themselves."""

    listing: Listing
    people: PeoplePage
    history: list[HistoryEntry] | Unavailable
    questions: list[OpenQuestion] | Unavailable
    owners: dict[str, Contact] | Unavailable


def listing(listing_id: str) -> Listing:
    """The listing; NotFound when there is none."""
    return clients().properties.listing(listing_id)


def listing_page(listing_id: str, people_filter: PeopleFilter) -> ListingPage:
    """The listing with its people, history, open questions and owners."""
    services = clients()
    shown = services.properties.listing(listing_id)
    counts, opinions, deliveries, matches, history, questions, owners = services.in_parallel(
        *_people_calls(services, listing_id, people_filter),
        lambda: services.properties.listing_history(listing_id),
        lambda: services.matching.open_questions(listing_id),
        lambda: people_by_id(services, shown["owner_contact_ids"]),
    )
    people = _with_people(services, people_filter, counts, opinions, deliveries, matches)
    return ListingPage(shown, people, history, questions, owners)


def people_page(listing_id: str, people_filter: PeopleFilter) -> PeoplePage:
    """One page of the people of a listing."""
    services = clients()
    answers = services.in_parallel(*_people_calls(services, listing_id, people_filter))
    return _with_people(services, people_filter, *answers)


def demand(shown: Listing) -> Demand | Unavailable | None:
    """How many people the listing would suit at prices around its own; None where it has no price."""
    price, services = shown["list_price"], clients()
    if not price or not shown["currency"]:
        return None
    (answer,) = services.in_parallel(lambda: services.matching.demand(shown["id"], prices=prices_around(price)))
    return answer


def similar(listing_id: str) -> list[SimilarListing] | Unavailable:
    """The homes on the market that are most like the listing."""
    services = clients()
    (answer,) = services.in_parallel(lambda: services.matching.similar_listings(listing_id, limit=MOST_SIMILAR))
    return answer


def open_questions(listing_id: str) -> list[OpenQuestion] | Unavailable:
    """The facts that people's searches ask for and the listing does not state."""
    services = clients()
    (answer,) = services.in_parallel(lambda: services.matching.open_questions(listing_id))
    return answer


def _people_calls(
    services: ServiceClients, listing_id: str, people_filter: PeopleFilter
) -> tuple[
    Callable[[], MatchCounts],
    Callable[[], list[Opinion]],
    Callable[[], list[Delivery]],
    Callable[[], MatchPage | None],
]:
    def matches() -> MatchPage | None:
        kind, cursor = people_filter.kind, people_filter.cursor
        if kind == "no":
            return None
        return services.matching.listing_matches(listing_id, kind=kind, limit=PEOPLE_ON_A_PAGE, cursor=cursor)

    return (
        lambda: services.matching.listing_counts(listing_id),
        lambda: services.matching.listing_opinions(listing_id, limit=MOST_OPINIONS)["items"],
        lambda: services.notifications.deliveries(listing_id=listing_id, limit=MOST_DELIVERIES)["items"],
        matches,
    )


def _with_people(
    services: ServiceClients,
    people_filter: PeopleFilter,
    counts: MatchCounts | Unavailable,
    opinions: list[Opinion] | Unavailable,
    deliveries: list[Delivery] | Unavailable,
    matches: MatchPage | Unavailable | None,
) -> PeoplePage:
    """The page with the contacts of those whom it shows."""
    shown: list[str | None] = []
    if matches is None and not isinstance(opinions, Unavailable):
        shown = [opinion["contact_id"] for opinion in opinions if opinion["preference"] == "discard"]
    elif matches is not None and not isinstance(matches, Unavailable):
        shown = [match["contact_id"] for match in matches["items"]]
    ids = list(filter(None, shown))
    people, reachability = services.in_parallel(
        lambda: people_by_id(services, ids), lambda: reachability_of(services, ids)
    )
    return PeoplePage(people_filter, counts, opinions, deliveries, matches, people, reachability)
