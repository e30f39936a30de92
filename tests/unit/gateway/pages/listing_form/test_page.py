"""The words of the form of a listing."""

from __future__ import annotations

import pytest
from flask import Flask
from syrupy.assertion import SnapshotAssertion

from services.gateway.pages.listing_form.forms import ListingForm
from tests.builders import a_listing
from tests.unit.gateway.rendering import a_request, page, words_of

PAGE = "listing_form/form.html"


@pytest.mark.parametrize("language", ["en", "pt"])
def test_the_words_of_the_forms(pages: Flask, language: str, snapshot: SnapshotAssertion) -> None:
    home = a_listing()
    with a_request(pages, language):
        new = page(PAGE, home=None, form=ListingForm.blank(), owner_names=[], audience=None)
        correction = page(PAGE, home=home, form=ListingForm.from_listing(home), owner_names=["Bojan"], audience=None)
        assert [words_of(new), words_of(correction)] == snapshot


@pytest.mark.usefixtures("in_english")
def test_a_correction_is_sent_with_the_version_that_was_read_and_asks_for_no_audience(pages: Flask) -> None:
    home = a_listing(version=7)
    with a_request(pages):
        html = page(PAGE, home=home, form=ListingForm.from_listing(home), owner_names=[], audience=None)
    assert 'name="version" value="7"' in html
    assert "/listings/new/audience" not in html
