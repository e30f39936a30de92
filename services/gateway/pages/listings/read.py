"""What the page of the listings is made of."""

from __future__ import annotations

from dataclasses import dataclass

from services.gateway.pages.listings.filter import ListingFilter
from services.gateway.upstream.http import Unavailable
from services.gateway.upstream.properties import ListingCounts, ListingPage
from services.gateway.web.clients import clients

IN_TABLE, ON_MAP = 30, 200


@dataclass(frozen=True)
class Listings:
    """One page of listings, and how many there are beside each choice; `page` is None where the map follows later."""

    counts: ListingCounts | Unavailable
    page: ListingPage | Unavailable | None


def listings(shown: ListingFilter, *, with_page: bool = True) -> Listings:
    """The listings that meet the filter."""
    services = clients()
    limit = ON_MAP if shown.is_map else IN_TABLE

    def page() -> ListingPage | None:
        if not with_page:
            return None
        return services.properties.listings(shown.query, sort=shown.sort, limit=limit, cursor=shown.cursor)

    counts, found = services.in_parallel(lambda: services.properties.listing_counts(shown.query), page)
    return Listings(counts, found)
