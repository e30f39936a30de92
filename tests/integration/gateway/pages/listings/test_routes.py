"""The table and the map of listings at an agent's browser."""

from __future__ import annotations

import json

import pytest

from tests.integration.gateway.agency_world import AgencyWorld, open_agency_world
from tests.integration.gateway.services_world import ServicesWorld


@pytest.fixture
def agency_world(services_world: ServicesWorld) -> AgencyWorld:
    return open_agency_world(services_world)


def test_the_table_shows_counts_beside_each_filter_and_only_what_meets_them(agency_world: AgencyWorld) -> None:
    agency_world.home(street_name="Calle Sol", transaction="sale")
    agency_world.home(street_name="Calle Luna", transaction="lease", list_price=900)
    agency_world.home(street_name="Calle Mar", property_sub_type="office", standard_status="coming_soon")
    page = agency_world.page("/listings")
    assert all(street in page for street in ("Calle Sol", "Calle Luna", "Calle Mar"))
    assert "Flat (2)" in page
    assert "Office (1)" in page
    leased = agency_world.part("/listings?transaction=lease")
    assert "<html" not in leased
    assert "Calle Luna" in leased
    assert "Calle Sol" not in leased
    assert "Calle Mar" not in agency_world.part("/listings?standard_status=active&property_sub_type=apartment")
    assert "Calle Mar" in agency_world.part("/listings?q=mar")
    cheap = agency_world.part("/listings?list_price_max=1,000")
    assert "Calle Luna" in cheap
    assert "Calle Sol" not in cheap


def test_a_bound_that_is_no_number_is_told_and_loses_nothing(agency_world: AgencyWorld) -> None:
    agency_world.home(street_name="Calle Sol")
    page = agency_world.page("/listings?list_price_max=cheap&q=sol")
    assert "This is not a number." in page
    assert 'value="cheap"' in page
    assert "Calle Sol" in page


def test_many_homes_come_in_pages_and_an_order(agency_world: AgencyWorld) -> None:
    for n in range(32):
        agency_world.home(street_name=f"Street {n:02}", list_price=100_000 + n)
    page = agency_world.page("/listings?sort=price")
    assert "Street 00" in page
    assert "Street 31" not in page
    more = page.split('class="more" href="')[1].split('"')[0]
    assert "sort=price" in more
    after = agency_world.part(more)
    assert "Street 31" in after
    assert "Street 00" not in after


def test_the_map_shows_the_same_homes_and_says_who_has_no_place(agency_world: AgencyWorld) -> None:
    agency_world.home(street_name="Calle Sol", latitude=36.5, longitude=-6.3)
    agency_world.home(street_name="Calle Mar")
    page = agency_world.part("/listings?view=map")
    told = json.loads(page.split('id="homes-map-data">')[1].split("</script>")[0])
    assert [home["name"] for home in told["homes"]] == ["Flat, Calle Sol"]
    assert "one has no location" in page
