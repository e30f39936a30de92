"""Another price, as typed."""

from __future__ import annotations

import pytest

from services.gateway.pages.listing_changes.forms import PriceForm

pytestmark = pytest.mark.usefixtures("in_english")


def test_an_empty_price_is_an_error_only_when_it_is_sent() -> None:
    assert PriceForm.from_form({}).errors == {}
    assert PriceForm.from_form({}).complete().errors == {"list_price": "State the price."}
    form = PriceForm.from_form({"list_price": "280,000", "reason": " owner "}).complete()
    assert (form.price, form.reason, form.errors) == (280_000, "owner", {})
    assert PriceForm.from_form({"list_price": "much"}).complete().errors == {"list_price": "This is not a number."}
