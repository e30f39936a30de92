"""The forms of a listing: what is typed becomes what properties takes."""

from __future__ import annotations

import pytest
from flask import Flask

from services.gateway.components.listing.errors import errors_shown
from services.gateway.pages.listing_form.forms import ListingForm, NewListingFields
from services.gateway.web.forms.page_form import FormErrors
from tests.builders import a_listing
from tests.unit.gateway.rendering import a_request

NEW = {"transaction": "sale", "standard_status": "active", "list_price": "250,000", "currency": "eur"}

pytestmark = pytest.mark.usefixtures("in_english")


def test_what_is_typed_becomes_a_body() -> None:
    typed = {**NEW, "street_name": " Calle Nueva ", "living_area": "90.5", "bedrooms_total": "", "csrf_token": "x"}
    typed |= {"feature_lift": "yes", "feature_garage": "no", "feature_pool": "", "more_features": "Sea View, furnished"}
    typed |= {"photos": "https://example.com/1.jpg The living room\n\n", "remarks_es": " Luminoso ", "remarks_en": ""}
    typed |= {"owner_contact_id": "owner-1 owner-2", "latitude": "36,5"}
    form = ListingForm.from_form(typed, is_new=True)
    assert form.errors == {}
    body = form.body
    assert (body["list_price"], body["currency"], body["living_area"]) == (250_000, "EUR", 90.5)
    assert (body["street_name"], body["bedrooms_total"], body["latitude"]) == ("Calle Nueva", None, 36.5)
    assert body["features"] == ["furnished", "lift", "sea_view"]
    assert body["features_absent"] == ["garage"]
    assert body["photos"] == [{"url": "https://example.com/1.jpg", "alt": "The living room"}]
    assert body["public_remarks"] == {"es": "Luminoso"}
    assert body["owner_contact_ids"] == ["owner-1", "owner-2"]
    assert "csrf_token" not in body


def test_a_correction_holds_neither_price_nor_status() -> None:
    body = ListingForm.from_form(NEW, is_new=False).body
    assert not {"transaction", "standard_status", "list_price", "currency"} & body.keys()


def test_numbers_are_read_in_the_notation_of_the_reader(pages: Flask) -> None:
    with a_request(pages, "es"):
        body = ListingForm.from_form({**NEW, "list_price": "250.000", "living_area": "90,5"}, is_new=True).body
    assert (body["list_price"], body["living_area"]) == (250_000, 90.5)


@pytest.mark.parametrize(
    ("field", "typed", "error"),
    [
        ("list_price", "much", "This is not a number."),
        ("latitude", "north", "This is not a number."),
        ("living_area", "inf", "This is not a number."),
    ],
)
def test_what_cannot_be_read_is_named_and_stays_as_it_was_typed(field: str, typed: str, error: str) -> None:
    form = ListingForm.from_form({**NEW, field: typed}, is_new=True)
    assert form.errors == {field: error}
    assert form.typed[field] == typed
    assert form.body["currency"] == "EUR"


def test_a_listing_fills_its_form_and_comes_back_unchanged() -> None:
    facts = {"features": ["lift"], "features_absent": ["garage"], "public_remarks": {"es": "Luminoso"}}
    facts |= {"photos": [{"url": "https://example.com/1.jpg", "alt": "Front"}], "owner_contact_ids": ["owner-1"]}
    listing = a_listing(**facts)
    filled = ListingForm.from_listing(listing)
    assert filled.owner_ids == ["owner-1"]
    typed = {name: "" if value is None else str(value) for name, value in filled.typed.items()}
    body = ListingForm.from_form(typed, is_new=False).body
    assert body == {name: value for name, value in listing.items() if name in body}


def test_errors_stand_under_the_fields_of_the_form_and_the_rest_on_top() -> None:
    refused = FormErrors({"public_remarks.es": "Too long.", "features": "Wrong word.", "agent_member_id": "Unknown."})
    refused |= {"country": "Two capital letters, like ES."}
    assert errors_shown(FormErrors(refused), NewListingFields().fields) == {
        "remarks_es": "Too long.",
        "more_features": "Wrong word.",
        "country": "Two capital letters, like ES.",
        "": "agent_member_id: Unknown.",
    }
