"""Every page of people at work: for whom it opens, in which languages, with nothing in it, with a service away."""

from __future__ import annotations

import re
from typing import Any

import pytest
from werkzeug.routing import Rule

from services.gateway.web.language import NAMES
from shared.http.claims import STAFF
from tests.integration.gateway.house import House
from tests.integration.gateway.quarter import OTHERS, Quarter

WORKERS = (*STAFF, "operator")
# a dialog about people and homes that its address names
ASKS_WHOM = {"/letters/new"}
SENTENCE = re.compile(r"gives no answer|is away for now")


@pytest.fixture(scope="module")
def browsers(quarter: Quarter) -> dict[str, Any]:
    """Somebody of each role at a browser; the agency has nothing yet."""
    agency = quarter.agency()
    found = {role: quarter.house.signed_in(quarter.house.member(agency["id"], role)["email"]) for role in STAFF}
    quarter.deliver()
    return found | {"operator": quarter.house.signed_in(quarter.house.operator())}


def pages(house: House) -> list[tuple[Rule, frozenset[str]]]:
    """The addresses that people at work open, with the roles that may."""
    app = house.room.client.application
    found = []
    for rule in app.url_map.iter_rules():
        roles = getattr(app.view_functions[rule.endpoint], "session_roles", frozenset()) & set(WORKERS)
        if roles and "GET" in (rule.methods or ()):
            found.append((rule, roles))
    assert len(found) > 10
    return found


def plain_pages(house: House, role: str) -> list[str]:
    """Those of a role that need nothing to be named."""
    plain = [rule.rule for rule, roles in pages(house) if not rule.arguments and role in roles]
    return [path for path in plain if path not in ASKS_WHOM]


def somewhere(rule: Rule) -> str:
    return re.sub(r"<[^>]+>", "nobody", rule.rule)


@pytest.mark.parametrize("role", WORKERS)
def test_a_page_opens_to_its_roles_and_to_no_other(quarter: Quarter, browsers: dict[str, Any], role: str) -> None:
    for rule, roles in pages(quarter.house):
        answer = browsers[role].get(somewhere(rule))
        expected = {200, 303, 404} if role in roles else {403}
        assert answer.status_code in expected, (rule.rule, answer.status_code, answer.text[-900:])
        assert "<html" in answer.text or answer.status_code == 303, rule.rule


@pytest.mark.parametrize("language", NAMES)
def test_every_page_without_anything_to_show_is_there_in_every_language(
    quarter: Quarter, browsers: dict[str, Any], language: str
) -> None:
    for role in ("admin", "operator"):
        browsers[role].set_cookie("lintel-look", f"{language}.auto")
        for path in plain_pages(quarter.house, role):
            answer = browsers[role].get(path, follow_redirects=True)
            assert (path, answer.status_code) == (path, 200)
            assert f'<html lang="{language}"' in answer.text, path


@pytest.mark.parametrize("away", OTHERS)
def test_a_service_that_is_away_takes_its_part_with_it_and_says_so(
    quarter: Quarter, browsers: dict[str, Any], away: str
) -> None:
    with quarter.without(away):
        for path in plain_pages(quarter.house, "admin"):
            answer = browsers["admin"].get(path)
            assert answer.status_code in (200, 503), (path, answer.text[-900:])
            assert answer.status_code == 200 or SENTENCE.search(answer.text), path
        assert browsers["admin"].get("/").status_code == 200


def test_somebody_elses_things_are_not_there(quarter: Quarter, browsers: dict[str, Any]) -> None:
    other = quarter.agency()["id"]
    contact, home = quarter.person(other), quarter.home(other)
    for path in (f"/contacts/{contact}", f"/contacts/{contact}/edit", f"/listings/{home}", f"/listings/{home}/edit"):
        answer = browsers["admin"].get(path)
        assert (path, answer.status_code) == (path, 404)
        assert "Beltrán" not in answer.text
