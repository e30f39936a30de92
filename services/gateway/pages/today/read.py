"""What the first page shows: homes that newly fit people's wishes, answers, mails that did not arrive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from services.gateway.components.people.read import people_by_id
from services.gateway.components.reachability.read import reachability_of
from services.gateway.projections.model import Answer, ListingCard, NewMatches
from services.gateway.upstream.http import Unavailable
from services.gateway.upstream.leads import Contact
from services.gateway.upstream.matching import ListingMatches
from services.gateway.upstream.notifications import Delivery, Reachability
from services.gateway.upstream.services import ServiceClients
from services.gateway.web.clients import clients
from services.gateway.web.deps import deps
from services.gateway.web.session import member
from shared.messaging.event import now

ACTIVITY_READ, HOMES_SHOWN, ANSWERS_SHOWN, MATCHES_READ = 60, 8, 6, 12
RECENT, DAY = timedelta(hours=36), timedelta(hours=24)
COUNTED_STATES = ("sent", "queued", "failed")


@dataclass(frozen=True)
class TodayAnswer:
    """Everything that the first page is made of; homes, matches and people are by id."""

    news: Sequence[NewMatches]
    matches: Mapping[str, ListingMatches]
    answers: Sequence[Answer]
    undelivered: Sequence[Delivery]
    delivery_counts: Mapping[str, int]
    homes: Mapping[str, ListingCard]
    people: Mapping[str, Contact]
    reachability: Sequence[Reachability] | Unavailable
    pairs_set_aside: frozenset[str]
    unavailable: Sequence[str]


def today() -> TodayAnswer:
    """Everything for the first page of whoever is signed in; the services are asked at once, then the people."""
    services, view = clients(), deps().activity.of(member().agency_id)
    news, answers = _news(), _answers()
    matches, failed = services.in_parallel(
        lambda: _matches(services, [each.listing_id for each in news]),
        lambda: services.notifications.deliveries(state="failed", limit=ANSWERS_SHOWN)["items"],
    )
    undelivered = [] if isinstance(failed, Unavailable) else failed
    by_listing = {} if isinstance(matches, Unavailable) else matches
    ids = [match["contact_id"] for each in by_listing.values() for match in each["matches"]]
    ids += [*(answer.contact_id for answer in answers), *(delivery["contact_id"] for delivery in undelivered)]
    contact_ids = list(filter(None, ids))
    found, reachability = services.in_parallel(
        lambda: people_by_id(services, contact_ids), lambda: reachability_of(services, contact_ids)
    )
    people = {} if isinstance(found, Unavailable) else found
    listing_ids = [*(each.listing_id for each in news), *(each.listing_id for each in answers)]
    listing_ids += [delivery["listing_id"] for delivery in undelivered]
    return TodayAnswer(
        news=news,
        matches=by_listing,
        answers=answers,
        undelivered=undelivered,
        delivery_counts=view.deliveries(now() - DAY, COUNTED_STATES),
        homes=deps().listings.of(member().agency_id).some(listing_ids),
        people=people,
        reachability=reachability,
        pairs_set_aside=frozenset(view.aside(member().id)),
        unavailable=[each.service for each in (matches, found) if isinstance(each, Unavailable)],
    )


def _news() -> list[NewMatches]:
    """The homes on the market that newly fit wishes, newest first."""
    agency_id = member().agency_id
    latest: dict[str, NewMatches] = {}
    for each in deps().activity.of(agency_id).latest_matches(ACTIVITY_READ):
        if each.at >= now() - RECENT:
            latest.setdefault(each.listing_id, each)
    news = list(latest.values())[:HOMES_SHOWN]
    homes = deps().listings.of(agency_id).some([each.listing_id for each in news])
    active = {id_ for id_, home in homes.items() if home["standard_status"] == "active"}
    return [each for each in news if each.listing_id in active]


def _answers() -> list[Answer]:
    """What people answered last; a withdrawn answer is left out."""
    latest = deps().activity.of(member().agency_id).latest_answers(3 * ANSWERS_SHOWN)
    return [each for each in latest if each.preference != "none"][:ANSWERS_SHOWN]


def _matches(services: ServiceClients, listing_ids: Sequence[str]) -> dict[str, ListingMatches]:
    """The best matches and the counts of several homes."""
    if not listing_ids:
        return {}
    found = services.matching.matches_of_listings(listing_ids, kind="match", limit=MATCHES_READ)
    return {each["listing_id"]: each for each in found}
