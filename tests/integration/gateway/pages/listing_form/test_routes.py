"""The form of a listing at an agent's browser."""

from __future__ import annotations

import pytest

from tests.integration.gateway.agency_world import AgencyWorld, open_agency_world
from tests.integration.gateway.services_world import ServicesWorld

FORM = {"transaction": "sale", "standard_status": "active", "list_price": "250,000", "currency": "EUR"}


@pytest.fixture
def agency_world(services_world: ServicesWorld) -> AgencyWorld:
    return open_agency_world(services_world)


def test_a_home_is_added_by_the_form(agency_world: AgencyWorld) -> None:
    form = {**FORM, "street_name": "Calle Nueva", "feature_lift": "yes", "feature_garage": "no", "living_area": "90.5"}
    form |= {"photos": "https://example.com/1.jpg The living room", "more_features": "Storage, furnished"}
    answer = agency_world.send("/listings/new", form)
    assert answer.status_code == 303, answer.text[-900:]
    made = agency_world.listing(answer.headers["Location"].rpartition("/")[2])
    assert (made["list_price"], made["living_area"], made["street_name"]) == (250_000, 90.5, "Calle Nueva")
    assert made["features"] == ["furnished", "lift", "storage"]
    assert made["features_absent"] == ["garage"]
    assert made["photos"] == [{"url": "https://example.com/1.jpg", "alt": "The living room"}]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("list_price", "much", "This is not a number."),
        ("list_price", "", "A home on the market needs a price"),
        ("bedrooms_total", "2.5", 'id="e-bedrooms_total"'),
        ("living_area", "-1", 'id="e-living_area"'),
        ("year_built", "30000", 'id="e-year_built"'),
        ("latitude", "97", 'id="e-latitude"'),
        ("country", "Spain", "Two capital letters, like ES."),
        ("currency", "EURO", 'id="e-currency"'),
        ("photos", "not an address", "Each line must begin with a web address"),
        ("on_market_date", "yesterday", "This is not a date."),
    ],
)
def test_a_wrong_field_is_named_and_nothing_typed_is_lost(
    agency_world: AgencyWorld, field: str, value: str, sentence: str
) -> None:
    form = {**FORM, "longitude": "-6.3", "latitude": "36.5", "remarks_es": "Muy luminoso", field: value}
    answer = agency_world.send("/listings/new", form)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "One thing needs correcting." in answer.text
    assert "Muy luminoso" in answer.text
    assert value in answer.text
    assert agency_world.page("/listings").count("data-row") == 0


def test_a_correction_over_an_older_version_is_refused_with_what_was_typed(agency_world: AgencyWorld) -> None:
    home = agency_world.home()
    old = {"version": str(agency_world.listing(home)["version"])}
    path = f"/listings/{home}/edit"
    assert agency_world.send(path, {**old, "street_name": "Calle Uno"}).status_code == 303
    answer = agency_world.send(path, {**old, "street_name": "Calle Dos"})
    assert answer.status_code == 422
    assert "Somebody changed this" in answer.text
    assert "Calle Dos" in answer.text
    assert agency_world.listing(home)["street_name"] == "Calle Uno"


def test_the_form_says_whom_the_listing_would_fit_and_who_would_get_a_mail_at_once(agency_world: AgencyWorld) -> None:
    for name, wants in (("Ana", True), ("Bea", True), ("Cyn", False)):
        agency_world.seeker(name, wants=wants, list_price_max=310_000, alerts="instant")
    typed = {**FORM, "property_sub_type": "apartment", "bedrooms_total": "3", "city": "Cádiz", "country": "ES"}

    def shown(**changes: str) -> str:
        answer = agency_world.send("/listings/new/audience", typed | changes, asked="/listings/new", part=True)
        assert answer.status_code == 200
        return str(answer.text)

    assert "it would fit <b>3</b> people" in shown()
    assert "<b>2</b> get an e-mail at once" in shown()
    assert "get an e-mail at once" not in shown(standard_status="coming_soon")
    assert 'class="gates"' not in shown(list_price="much")
    assert agency_world.page("/listings").count("data-row") == 0
