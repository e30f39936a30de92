"""The wishes editor in the portal: people state, change and give up what is their own, and reach nobody else's."""

from __future__ import annotations

import pytest

from tests.integration.gateway.gateway_client import token_in
from tests.integration.gateway.prospects import prospect_browser
from tests.integration.gateway.services_world import ServicesWorld
from tests.integration.gateway.wish_form import EVERYTHING, Desk, fields_of


@pytest.fixture
def desk(services_world: ServicesWorld) -> Desk:
    return Desk(services_world)


def test_a_prospect_states_changes_and_removes_wishes(desk: Desk) -> None:
    browser = prospect_browser(desk.services_world.gateway, desk.agency, desk.person)
    assert 'class="my-wish"' not in browser.get("/me/wishes").text
    fields = fields_of(browser.get("/me/wishes/new").text) | {"list_price_max": "310,000", "act": "save"}
    made = browser.post("/me/wishes/new", data=fields)
    assert made.status_code == 303, made.text[-1500:]
    page = browser.get(made.location).text
    search = made.location.rsplit("/", 1)[1]
    assert desk.search(search)["contact_id"] == desk.person
    changed = browser.post(made.location, data=fields_of(page) | {"bedrooms_min": "2", "act": "save"})
    assert changed.status_code == 303
    assert desk.search(search)["bedrooms_min"] == 2
    assert browser.post(f"{made.location}/removal", data={"csrf_token": token_in(page)}).status_code == 303
    assert browser.get(made.location).status_code == 404


def test_a_finer_strength_that_a_member_chose_is_not_lost(desk: Desk) -> None:
    search = desk.services_world.wishes(desk.agency, desk.person, **EVERYTHING)
    browser = prospect_browser(desk.services_world.gateway, desk.agency, desk.person)
    page = browser.get(f"/me/wishes/{search}").text
    assert browser.post(f"/me/wishes/{search}", data=fields_of(page) | {"act": "save"}).status_code == 303
    after = desk.search(search)
    assert {name: after[name] for name in EVERYTHING} == EVERYTHING


def test_a_prospect_looks_at_a_draft(desk: Desk) -> None:
    desk.services_world.home(desk.agency, list_price=300_000)
    browser = prospect_browser(desk.services_world.gateway, desk.agency, desk.person)
    fields = fields_of(browser.get("/me/wishes/new").text) | {"list_price_max": "310,000"}
    answer = browser.post("/me/wishes/preview", data=fields, headers={"X-Partial": "1"})
    assert answer.status_code == 200
    assert "One home fits" in answer.text


def test_wishes_of_others_are_not_there(desk: Desk) -> None:
    other = desk.services_world.person(desk.agency, "Eva Kos", email="eva@example.com", phone="+38640123456")
    theirs = desk.services_world.wishes(desk.agency, other)
    browser = prospect_browser(desk.services_world.gateway, desk.agency, desk.person)
    assert browser.get(f"/me/wishes/{theirs}").status_code == 404
    fields = fields_of(browser.get("/me/wishes/new").text) | {"bedrooms_min": "1", "act": "save"}
    assert browser.post(f"/me/wishes/{theirs}", data=fields).status_code == 404
    forged = fields | {"contact_id": other}
    kept = browser.post("/me/wishes/new", data=forged)
    assert desk.search(kept.location.rsplit("/", 1)[1])["contact_id"] == desk.person
