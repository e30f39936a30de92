"""Every page of people at work: for whom it opens, in which languages, with nothing in it, with a service away."""

from __future__ import annotations

import re
from typing import Any

import pytest
from werkzeug.routing import Rule

from services.gateway.web.language import NAMES
from shared.http.claims import STAFF
from tests.integration.gateway.gateway_client import GatewayClient
from tests.integration.gateway.services_world import OTHERS, ServicesWorld

WORKERS = (*STAFF, "operator")
# a dialog about people and homes that its address names
ASKS_WHOM = {"/letters/new"}
SENTENCE = re.compile(r"is not answering|is unavailable")


@pytest.fixture(scope="module")
def browsers(services_world: ServicesWorld) -> dict[str, Any]:
    """Somebody of each role at a browser; the agency has nothing yet."""
    agency = services_world.agency()
    found = {
        role: services_world.gateway.signed_in(services_world.gateway.member(agency["id"], role)["email"])
        for role in STAFF
    }
    services_world.deliver()
    return found | {"operator": services_world.gateway.signed_in(services_world.gateway.operator())}


def pages(gateway: GatewayClient) -> list[tuple[Rule, frozenset[str]]]:
    """The addresses that people at work open, with the roles that may."""
    app = gateway.room.client.application
    found = []
    for rule in app.url_map.iter_rules():
        roles = getattr(app.view_functions[rule.endpoint], "session_roles", frozenset()) & set(WORKERS)
        if roles and "GET" in (rule.methods or ()):
            found.append((rule, roles))
    assert len(found) > 10
    return found


def plain_pages(gateway: GatewayClient, role: str) -> list[str]:
    """Those of a role that need nothing to be named."""
    plain = [rule.rule for rule, roles in pages(gateway) if not rule.arguments and role in roles]
    return [path for path in plain if path not in ASKS_WHOM]


def somewhere(rule: Rule) -> str:
    return re.sub(r"<[^>]+>", "nobody", rule.rule)


@pytest.mark.parametrize("role", WORKERS)
def test_a_page_opens_to_its_roles_and_to_no_other(
    services_world: ServicesWorld, browsers: dict[str, Any], role: str
) -> None:
    for rule, roles in pages(services_world.gateway):
        answer = browsers[role].get(somewhere(rule))
        expected = {200, 303, 404} if role in roles else {403}
        assert answer.status_code in expected, (rule.rule, answer.status_code, answer.text[-900:])
        assert "<html" in answer.text or answer.status_code == 303, rule.rule


@pytest.mark.parametrize("language", NAMES)
def test_every_page_without_anything_to_show_is_there_in_every_language(
    services_world: ServicesWorld, browsers: dict[str, Any], language: str
) -> None:
    for role in ("admin", "operator"):
        browsers[role].set_cookie("lintel-look", f"{language}.auto")
        for path in plain_pages(services_world.gateway, role):
            answer = browsers[role].get(path, follow_redirects=True)
            assert (path, answer.status_code) == (path, 200)
            assert f'<html lang="{language}"' in answer.text, path


@pytest.mark.parametrize("away", OTHERS)
def test_a_service_that_is_away_takes_its_part_with_it_and_says_so(
    services_world: ServicesWorld, browsers: dict[str, Any], away: str
) -> None:
    with services_world.without(away):
        for path in plain_pages(services_world.gateway, "admin"):
            answer = browsers["admin"].get(path)
            assert answer.status_code in (200, 503), (path, answer.text[-900:])
            assert answer.status_code == 200 or SENTENCE.search(answer.text), path
        assert browsers["admin"].get("/").status_code == 200


def test_somebody_elses_things_are_not_there(services_world: ServicesWorld, browsers: dict[str, Any]) -> None:
    other = services_world.agency()["id"]
    contact, home = services_world.person(other), services_world.home(other)
    for path in (f"/contacts/{contact}", f"/contacts/{contact}/edit", f"/listings/{home}", f"/listings/{home}/edit"):
        answer = browsers["admin"].get(path)
        assert (path, answer.status_code) == (path, 404)
        assert "Beltrán" not in answer.text
