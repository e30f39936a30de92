"""The words of the dialogs that change a listing."""

from __future__ import annotations

import pytest
from flask import Flask
from syrupy.assertion import SnapshotAssertion

from services.gateway.components.alert_audience.read import AudienceCount
from services.gateway.pages.listing_changes import present
from services.gateway.pages.listing_changes.forms import PriceForm, StatusForm
from services.gateway.pages.listing_changes.read import PricePreview
from services.gateway.upstream.price_checks import PriceCheck
from tests.builders import a_listing, a_price_effect
from tests.unit.gateway.rendering import a_request, page, words_of

CHECK: PriceCheck = {"previous_list_price": 300_000, "refusals": [], "warnings": [], "change": -0.1}


@pytest.mark.parametrize("language", ["en", "sv"])
def test_the_words_of_the_dialogs(pages: Flask, language: str, snapshot: SnapshotAssertion) -> None:
    home, form = a_listing(next_statuses=["pending", "withdrawn"]), PriceForm("270,000", price=270_000)
    with a_request(pages, language):
        effect = present.price_effect(form, PricePreview(a_price_effect(), AudienceCount(2, mailed=1), CHECK))
        price = page("listing_changes/price.html", home=home, form=form, effect=effect)
        options = present.status_options(home)
        status = page("listing_changes/status.html", home=home, form=StatusForm(), options=options)
        assert [words_of(price, "dialog"), words_of(status, "dialog")] == snapshot
