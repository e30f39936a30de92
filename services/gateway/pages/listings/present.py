"""What the page of the listings shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.gateway.components.map.pins import Pin, pins
from services.gateway.pages.listings.filter import ListingFilter
from services.gateway.pages.listings.read import Listings
from services.gateway.upstream.http import Unavailable
from services.gateway.upstream.properties import Listing
from services.gateway.web.formats import number
from services.gateway.web.language import gettext as _
from services.gateway.web.tabs import Tab
from services.gateway.web.vocabulary import options, status_name, type_name
from shared.vocabulary.listings import LISTING_STATUSES, TRANSACTIONS


@dataclass(frozen=True)
class ListingsTable:
    """One page of listings with the links that change its filter, each with how many listings it would leave."""

    filter: ListingFilter
    statuses: tuple[Tab, ...]
    transactions: tuple[Tab, ...]
    kinds: tuple[tuple[str, str], ...]
    listings: tuple[Listing, ...] = ()
    next_path: str | None = None
    unavailable: Unavailable | None = None
    is_waiting: bool = False

    @property
    def pins(self) -> list[Pin]:
        """The listings as the map shows them."""
        return pins(self.listings)

    @property
    def without_place(self) -> int:
        """How many of them the map cannot show."""
        return len(self.listings) - len(self.pins)

    @property
    def sort_by_price(self) -> str:
        """The other order by price, or the cheapest first."""
        return self.filter.path(sort="-price" if self.filter.sort == "price" else "price")


def listings_table(shown: ListingFilter, found: Listings) -> ListingsTable:
    """The table of what was found."""
    page = None if isinstance(found.page, Unavailable) else found.page
    counts = None if isinstance(found.counts, Unavailable) else found.counts
    transactions = counts["by_transaction"] if counts else None
    cursor = page["next_cursor"] if page else None
    return ListingsTable(
        shown,
        _statuses(shown, counts["by_status"] if counts else None, counts["total"] if counts else None),
        _transactions(shown, transactions),
        _kinds(shown, counts["by_property_sub_type"] if counts else {}),
        tuple(page["items"]) if page else (),
        shown.path(cursor=cursor) if cursor else None,
        found.page if isinstance(found.page, Unavailable) else None,
        is_waiting=found.page is None,
    )


def _statuses(shown: ListingFilter, counts: Mapping[str, int] | None, total: int | None) -> tuple[Tab, ...]:
    """All, then each status that some listing has or that is chosen."""
    known, chosen = counts or {}, shown.typed.get("standard_status")
    words = [word for word in LISTING_STATUSES.codes if known.get(word) or word == chosen]
    tabs = [Tab(word, status_name(word), shown.path(standard_status=word), known.get(word, 0)) for word in words]
    return (Tab("", _("All"), shown.path(standard_status=""), total), *tabs)


def _transactions(shown: ListingFilter, counts: Mapping[str, int] | None) -> tuple[Tab, ...]:
    names = (("", _("Both")), *options(TRANSACTIONS))

    def count(word: str) -> int | None:
        if counts is None:
            return None
        return counts.get(word, 0) if word else sum(counts.values())

    return tuple(Tab(word, text, shown.path(transaction=word), count(word)) for word, text in names)


def _kinds(shown: ListingFilter, counts: Mapping[str, int]) -> tuple[tuple[str, str], ...]:
    """Kinds of home, the most frequent first, each with its count."""
    chosen = shown.typed.get("property_sub_type")
    words = sorted({*counts, *([chosen] if chosen else [])}, key=lambda word: (-counts.get(word, 0), word))
    options = [
        (word, _("%(kind)s (%(n)s)") % {"kind": type_name(word), "n": number(counts.get(word, 0))}) for word in words
    ]
    return (("", _("All types")), *options)
