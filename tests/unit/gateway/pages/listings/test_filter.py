"""The filter of the listings: read from an address and written into others."""

from __future__ import annotations

import pytest

from services.gateway.pages.listings.filter import ListingFilter

pytestmark = pytest.mark.usefixtures("in_english")


def test_an_address_becomes_what_properties_takes() -> None:
    args = {
        "q": " sol ",
        "standard_status": "active",
        "list_price_max": "300,000",
        "bedrooms_min": "2.5",
        "view": "map",
    }
    shown = ListingFilter.from_args({**args, "view": "map", "nonsense": "x", "sort": "sideways", "city": ""})
    asked = {name: value for name, value in shown.query.items() if value is not None}
    assert asked == {"q": "sol", "standard_status": "active", "list_price_max": 300_000, "bedrooms_min": 2}
    assert (shown.is_map, shown.sort, shown.errors) == (True, "newest", {})


@pytest.mark.parametrize(("text", "error"), [("cheap", "This is not a number."), ("-5", "This cannot be negative.")])
def test_a_bound_that_cannot_be_read_is_named_left_out_and_kept_as_it_was_typed(text: str, error: str) -> None:
    shown = ListingFilter.from_args({"list_price_max": text, "q": "sol"})
    assert shown.errors == {"list_price_max": error}
    assert shown.query["list_price_max"] is None
    assert shown.typed == {"list_price_max": text, "q": "sol"}


def test_a_path_keeps_the_filter_and_begins_at_the_first_page() -> None:
    shown = ListingFilter.from_args({"q": "sol", "transaction": "sale", "sort": "price", "cursor": "later"})
    assert shown.cursor == "later"
    assert shown.path() == "/listings?q=sol&transaction=sale&sort=price"
    assert shown.path(transaction="", sort="newest") == "/listings?q=sol"
    assert shown.path(view="map") == "/listings?q=sol&transaction=sale&view=map&sort=price"
    assert shown.path(cursor="next").endswith("&cursor=next")
    assert ListingFilter.from_args({}).path() == "/listings"
    assert ListingFilter.from_args({"view": "map"}).path(view="table") == "/listings"
