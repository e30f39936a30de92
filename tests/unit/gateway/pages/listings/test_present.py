"""The table of listings: counts beside each choice, pages, what the map shows; and the words of the page."""

from __future__ import annotations

import json

import pytest
import time_machine
from flask import Flask
from syrupy.assertion import SnapshotAssertion

from services.gateway.pages.listings.filter import ListingFilter
from services.gateway.pages.listings.present import ListingsTable, listings_table
from services.gateway.pages.listings.read import Listings
from services.gateway.upstream.http import Unavailable
from services.gateway.upstream.properties import ListingCounts
from tests.builders import a_listing, a_listing_page
from tests.unit.gateway.rendering import a_request, block, page, words_of

COUNTS = ListingCounts(
    total=3,
    by_status={"active": 2, "closed": 1},
    by_transaction={"sale": 3},
    by_property_sub_type={"office": 1, "apartment": 2},
)
AWAY = Unavailable("properties", "properties is not answering.")
HOMES = (
    a_listing(),
    a_listing(id="listing-2", transaction="lease", list_price=900, living_area=None, latitude=None, city=None),
)


def a_table(args: dict[str, str] | None = None, next_cursor: str | None = None) -> ListingsTable:
    found = Listings(COUNTS, a_listing_page(*HOMES, next_cursor=next_cursor))
    return listings_table(ListingFilter.from_args(args or {}), found)


@pytest.mark.usefixtures("in_english")
def test_choices_have_counts_and_lead_to_the_first_page() -> None:
    table = a_table({"standard_status": "pending", "q": "sol"}, next_cursor="after")
    assert [(tab.name, tab.count) for tab in table.statuses] == [("", 3), ("active", 2), ("pending", 0), ("closed", 1)]
    assert [(tab.name, tab.count) for tab in table.transactions] == [("", 3), ("sale", 3), ("lease", 0)]
    assert table.kinds == (("", "All types"), ("apartment", "Flat (2)"), ("office", "Office (1)"))
    assert table.statuses[0].path == "/listings?q=sol"
    assert table.next_path == "/listings?q=sol&standard_status=pending&cursor=after"


@pytest.mark.usefixtures("in_english")
def test_without_an_answer_nothing_is_counted() -> None:
    table = listings_table(ListingFilter.from_args({"property_sub_type": "office"}), Listings(AWAY, AWAY))
    assert table.unavailable == AWAY
    assert {tab.count for tab in table.transactions} == {None}
    assert table.kinds == (("", "All types"), ("office", "Office (0)"))


@pytest.mark.usefixtures("in_english")
def test_the_other_order_by_price_is_one_press_away() -> None:
    assert a_table({"sort": "price"}).sort_by_price == "/listings?sort=-price"
    assert a_table().sort_by_price == "/listings?sort=price"


def test_the_map_shows_the_same_listings_and_counts_those_without_a_place(pages: Flask) -> None:
    with a_request(pages):
        part = block("listings/index.html", "listings", table=a_table({"view": "map"}))
    facts = json.loads(part.split('id="homes-map-data">')[1].split("</script>")[0])
    assert [pin["id"] for pin in facts["homes"]] == ["listing-1"]
    assert "one has no location" in part


def test_the_whole_page_of_the_map_asks_for_its_many_listings_later(pages: Flask) -> None:
    with a_request(pages, path="/listings?view=map"):
        table = listings_table(ListingFilter.from_args({"view": "map"}), Listings(COUNTS, None))
        shown = page("listings/index.html", table=table)
    assert 'hx-get="/listings?view=map" hx-trigger="load"' in shown
    assert "map.js" in shown


@pytest.mark.parametrize("language", ["en", "sl"])
@time_machine.travel("2026-03-22T12:00:00+00:00", tick=False)
def test_the_words_of_the_page(pages: Flask, language: str, snapshot: SnapshotAssertion) -> None:
    with a_request(pages, language):
        assert words_of(page("listings/index.html", table=a_table(next_cursor="after"))) == snapshot
