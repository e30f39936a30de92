"""Explain at an agent's browser: both sides chosen, every criterion, every gate, what would turn it."""

from __future__ import annotations

import pytest

from tests.integration.gateway.agency_world import AgencyWorld, open_agency_world
from tests.integration.gateway.services_world import ServicesWorld


@pytest.fixture
def agency_world(services_world: ServicesWorld) -> AgencyWorld:
    return open_agency_world(services_world)


def explain(agency_world: AgencyWorld, wishes: str, home: str) -> str:
    return agency_world.page(f"/explain?saved_search_id={wishes}&listing_id={home}")


def closed_gates(page: str) -> int:
    """How many conditions of an alert the page shows as not met."""
    return page.partition('<ul class="gates">')[2].partition("</ul>")[0].count('class="i fail"')


def test_a_match_shows_every_criterion_with_its_points_and_every_gate(agency_world: AgencyWorld) -> None:
    home = agency_world.home()
    _ana, wishes = agency_world.seeker(
        "Ana Beltrán", alerts="instant", must_have=["lift"], preferences={"pool": "strong"}
    )
    page = explain(agency_world, wishes, home)
    assert "Everything required is there." in page
    assert "<b>€15,000</b> under budget" in page
    assert "66.7 of 66.7" in page
    assert "at once" in page
    assert "An alert can be sent." in page
    assert closed_gates(page) == 0
    assert "What would make it a match" not in page


def test_a_near_home_says_what_misses_and_what_would_turn_it(agency_world: AgencyWorld) -> None:
    home = agency_world.home(list_price=320_000)
    _ana, wishes = agency_world.seeker("Ana Beltrán", list_price_max=310_000)
    agency_world.seeker("Bea Mora", list_price_max=315_000)
    page = explain(agency_world, wishes, home)
    assert "One thing does not fit" in page
    assert closed_gates(page) == 3
    assert "No alert can be sent; call instead." in page
    assert "Price down to <b>€310,000</b>" in page
    assert "also fits one other person" in page
    assert "Budget up to <b>€320,000</b>" in page
    assert "adds one more home" in page


def test_what_nobody_stated_is_a_question_for_the_owner(agency_world: AgencyWorld) -> None:
    home = agency_world.home()
    _ana, wishes = agency_world.seeker("Ana Beltrán", must_have=["garage"])
    page = explain(agency_world, wishes, home)
    assert "Nothing rules it out" in page
    assert f"/listings/{home}/answers/new?about=garage" in page


def test_nobody_is_called_about_a_home_that_does_not_meet(agency_world: AgencyWorld) -> None:
    home = agency_world.home(transaction="lease", list_price=900)
    _ana, wishes = agency_world.seeker("Ana Beltrán")
    page = explain(agency_world, wishes, home)
    assert "They do not match: to let, not for sale." in page
    assert "No alert can be sent." in page
    assert "No alert can be sent; call instead." not in page


def test_one_side_alone_offers_the_best_of_the_other(agency_world: AgencyWorld) -> None:
    home = agency_world.home(street_name="Calle Sol")
    _ana, wishes = agency_world.seeker("Ana Beltrán")
    assert f"/explain?saved_search_id={wishes}&listing_id={home}" in agency_world.page(f"/explain?listing_id={home}")
    assert "Calle Sol" in agency_world.page(f"/explain?saved_search_id={wishes}")
    assert "Choose a person and a home." in agency_world.page("/explain")


def test_fields_find_people_by_their_wishes_and_homes_by_their_street(agency_world: AgencyWorld) -> None:
    home = agency_world.home(street_name="Calle Sol")
    _ana, wishes = agency_world.seeker("Ana Beltrán")
    assert f'data-value="{wishes}"' in agency_world.part("/find/wishes?person_typed=beltr")
    assert f'data-value="{home}"' in agency_world.part("/find/homes?home_typed=sol")
    assert "data-none" in agency_world.part("/find/people?owner_typed=zzz")


def test_anothers_pair_is_not_there(agency_world: AgencyWorld, services_world: ServicesWorld) -> None:
    other = open_agency_world(services_world)
    home = other.home()
    _ana, wishes = other.seeker("Ana Beltrán")
    for query in (f"saved_search_id={wishes}&listing_id={home}", f"listing_id={home}", f"saved_search_id={wishes}"):
        assert agency_world.browser.get(f"/explain?{query}").status_code == 404, query


def test_a_service_that_is_away_takes_only_its_part(agency_world: AgencyWorld, services_world: ServicesWorld) -> None:
    home = agency_world.home()
    _ana, wishes = agency_world.seeker("Ana Beltrán")
    with services_world.without("notifications"):
        page = explain(agency_world, wishes, home)
    assert "notifications is not answering" in page
    assert "Everything required is there." in page
