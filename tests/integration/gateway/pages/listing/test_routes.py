"""The page of a listing at an agent's browser: its parts, forms and dialogs."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.gateway.agency_world import AgencyWorld, open_agency_world
from tests.integration.gateway.services_world import HOME, ServicesWorld


@pytest.fixture
def agency_world(services_world: ServicesWorld) -> AgencyWorld:
    return open_agency_world(services_world)


def test_one_page_tells_who_fits_who_said_no_and_what_to_ask(agency_world: AgencyWorld) -> None:
    home = agency_world.home()
    ana, _wishes = agency_world.seeker("Ana Beltrán", list_price_max=310_000, preferences={"terrace": "strong"})
    agency_world.seeker("Bojan Kralj", wants=False, must_have=["garage"], list_price_max=300_000)
    cyn, _wishes = agency_world.seeker("Cyn Nosays", list_price_max=300_000)
    body = {"preference": "discard", "reason": "too_small"}
    answer = agency_world.services_world.rooms["matching"].call(
        "PUT", f"/v1/contacts/{cyn}/listings/{home}", agency=agency_world.agency, json=body
    )
    assert answer.status_code == 200
    agency_world.services_world.deliver()
    page = agency_world.page(f"/listings/{home}")
    assert "Ana Beltrán" in page
    assert f'name="contact_id" value="{ana}"' in page
    assert "Garage or parking: yes or no?" in page
    assert "One person is waiting for this" in page
    possible = agency_world.part(f"/listings/{home}/people?kind=possible")
    assert "Bojan Kralj" in possible
    assert "cannot be written to" in possible
    refused = agency_world.part(f"/listings/{home}/people?kind=no")
    assert "Cyn Nosays" in refused
    assert "too small" in refused
    assert "Ana Beltrán" not in refused


def test_an_answer_of_the_owner_is_entered_where_it_is_missing(agency_world: AgencyWorld) -> None:
    home = agency_world.home()
    agency_world.seeker("Bojan Kralj", must_have=["garage"])
    form = agency_world.part(f"/listings/{home}/answers/new?about=garage")
    assert "Garage or parking: yes or no?" in form
    version = agency_world.listing(home)["version"]
    sent = {"about": "garage", "answer": "no", "version": version}
    answer = agency_world.send(
        f"/listings/{home}/answers", sent, asked=f"/listings/{home}/answers/new?about=garage", part=True
    )
    assert answer.status_code == 200
    assert 'id="_facts"' in answer.text
    assert "Garage or parking: yes or no?" not in answer.text
    assert agency_world.listing(home)["features_absent"] == ["garage"]


def test_an_answer_over_an_older_version_is_refused_and_overwrites_nothing(agency_world: AgencyWorld) -> None:
    home = agency_world.home()
    version = agency_world.listing(home)["version"]
    first = {"about": "garage", "answer": "yes", "version": version}
    path = f"/listings/{home}/answers"
    assert agency_world.send(path, first, asked=f"{path}/new?about=garage", part=True).status_code == 200
    second = agency_world.send(path, {**first, "answer": "no"}, asked=f"{path}/new?about=garage", part=True)
    assert second.status_code == 422
    assert "Somebody changed this" in second.text
    assert agency_world.listing(home)["features"] == ["garage", "lift"]


def test_what_matching_has_not_heard_of_yet_is_no_fault_and_comes_by_itself(agency_world: AgencyWorld) -> None:
    agency_world.seeker("Ana Beltrán")
    made = agency_world.services_world.rooms["properties"].call(
        "POST", "/v1/listings", agency=agency_world.agency, json=HOME
    )
    path = f"/listings/{made.json['id']}"
    page = agency_world.page(path)
    assert page.count("matching does not know this home yet.") == 2  # people and questions, each of them once
    assert "is not answering" not in page
    people = f'hx-get="{path}/people?kind=match" hx-trigger="load delay:2s"'
    assert people in page
    for part in ("demand", "similar", "questions"):
        assert f'hx-get="{path}/{part}" hx-trigger="load delay:2s"' in agency_world.part(f"{path}/{part}")
    agency_world.services_world.deliver()
    heard = agency_world.page(path)
    assert "Ana Beltrán" in heard
    assert "delay:2s" not in heard + "".join(
        agency_world.part(f"{path}/{part}") for part in ("demand", "similar", "questions")
    )


def test_a_part_whose_service_is_away_names_that_service_once(agency_world: AgencyWorld) -> None:
    path = f"/listings/{agency_world.home()}"
    with agency_world.services_world.without("matching"):
        people = agency_world.part(f"{path}/people")
    assert people.count("matching is not answering") == 1
    assert "delay:2s" not in people


def test_demand_is_drawn_with_its_table_and_two_sentences_for_the_owner(agency_world: AgencyWorld) -> None:
    home = agency_world.home(list_price=300_000)
    for n, most in enumerate((310_000, 310_000, 310_000, 288_000, 288_000, 276_000, 276_000, 276_000)):
        agency_world.seeker(f"Seeker {'abcdefgh'[n]}", list_price_max=most)
    part = agency_world.part(f"/listings/{home}/demand")
    assert "<html" not in part
    assert "€300,000 now: 3" in part
    assert "<b>2</b> more buyers at" in part
    assert "<b>5</b> more buyers at" in part
    assert part.count("<tr>") >= 10
    few = agency_world.part(f"/listings/{agency_world.home(list_price=900_000)}/demand")
    assert "Too few buyers for a chart (0)." in few


def test_similar_homes_come_beside(agency_world: AgencyWorld) -> None:
    home, twin = agency_world.home(listing_id="ONE"), agency_world.home(listing_id="TWIN", list_price=300_000)
    part = agency_world.part(f"/listings/{home}/similar")
    assert f"/listings/{twin}" in part
    assert "TWIN" in part
    assert "<html" in agency_world.page(f"/listings/{home}/similar")


def test_another_agencys_home_is_not_there(agency_world: AgencyWorld, services_world: ServicesWorld) -> None:
    foreign = services_world.home(services_world.agency()["id"])
    paths = ("", "/people", "/edit", "/price-changes/new", "/price-changes/preview?list_price=1")
    paths += ("/status-changes/new", "/answers/new?about=garage")
    paths += ("/demand", "/similar", "/questions")
    seen: dict[str, Any] = {path: agency_world.browser.get(f"/listings/{foreign}{path}").status_code for path in paths}
    assert seen == dict.fromkeys(paths, 404)
