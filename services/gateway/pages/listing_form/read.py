"""What the form of a listing is made of."""

from __future__ import annotations

from services.gateway.components.alert_audience.read import AudienceCount, count_audience
from services.gateway.components.people.read import people_by_id
from services.gateway.upstream.http import Unavailable
from services.gateway.upstream.properties import Listing, NewListingFacts
from services.gateway.web.clients import clients


def listing(listing_id: str) -> Listing:
    """The listing; NotFound when there is none."""
    return clients().properties.listing(listing_id)


def price_problem(facts: NewListingFacts) -> str | None:
    """The first rule that speaks against the price of a new listing, as a code; None where none does."""
    check = clients().properties.check_price(facts["list_price"], standard_status=facts["standard_status"])
    return next(iter(check["refusals"]), None)


def audience(facts: NewListingFacts) -> AudienceCount | Unavailable:
    """Whom a new listing with these facts would fit, and how many get a mail at once; nothing is stored."""
    services = clients()
    (answer,) = services.in_parallel(lambda: count_audience(services, services.matching.draft_audience(facts)))
    return answer


def names_of(contact_ids: list[str]) -> list[str]:
    """The names of these people; none where leads gives no answer."""
    services = clients()
    (people,) = services.in_parallel(lambda: people_by_id(services, contact_ids))
    return [] if isinstance(people, Unavailable) else [person["full_name"] for person in people.values()]
