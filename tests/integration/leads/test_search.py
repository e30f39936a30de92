"""Finding people as one types, on a real MongoDB."""

from collections.abc import Callable

import pytest

from tests.integration.leads.conftest import MADRID
from tests.integration.leads.people import add
from tests.integration.rooms import Room

PEOPLE = {
    "José Núñez García": {"email": "pepe.nunez@example.com", "phone": "+34600123456"},
    "María-José O'Brien": {"email": "mj@example.org"},
    "Žiga Čuček": {"email": "ziga@example.com", "phone": "+38640123456"},
    "Špela Žnidaršič": {},
    "Åsa Öberg Ängström": {"email": "asa.oberg@example.se", "phone": "+46701234567"},
    "Björn Sjögren": {},
    "Ana Ferreira da Conceição": {"email": "ana@exemplo.example.com"},
    "Jose Garrido": {},
    "Josefa Ruiz": {},
}


@pytest.fixture(scope="module")
def ask(room: Room) -> Callable[[str], list[str]]:
    room.hear("gateway.agency.changed", "agency-s", MADRID, agency_id="agency-s")
    for name, facts in PEOPLE.items():
        assert add(room, agency="agency-s", full_name=name, **facts).status_code == 201

    def names(typed: str) -> list[str]:
        answer = room.call("GET", "/v1/contacts", agency="agency-s", query_string={"q": typed})
        assert answer.status_code == 200, answer.json
        return [item["full_name"] for item in answer.json["items"]]

    return names


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("nunez", "José Núñez García"),
        ("NÚÑ", "José Núñez García"),
        ("garcia jos", "José Núñez García"),
        ("obrien", "María-José O'Brien"),
        ("o'brien", "María-José O'Brien"),
        ("cuc", "Žiga Čuček"),
        ("znidarsic", "Špela Žnidaršič"),
        ("žnid", "Špela Žnidaršič"),
        ("angstrom", "Åsa Öberg Ängström"),
        ("åsa öb", "Åsa Öberg Ängström"),
        ("bjorn", "Björn Sjögren"),
        ("conceicao", "Ana Ferreira da Conceição"),
    ],
)
def test_accents_and_unfinished_words_do_not_matter(ask: Callable[[str], list[str]], typed: str, first: str) -> None:
    assert ask(typed)[:1] == [first]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("nuñze", "José Núñez García"),
        ("garica", "José Núñez García"),
        ("cucekk", "Žiga Čuček"),
        ("zindarsic", "Špela Žnidaršič"),
        ("žnidašič", "Špela Žnidaršič"),
        ("angstrum", "Åsa Öberg Ängström"),
        ("sjogern", "Björn Sjögren"),
        ("bjron", "Björn Sjögren"),
        ("conceisao", "Ana Ferreira da Conceição"),
        ("ferriera ana", "Ana Ferreira da Conceição"),
    ],
)
def test_one_wrong_letter_is_forgiven(ask: Callable[[str], list[str]], typed: str, found: str) -> None:
    assert ask(typed) == [found]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("pepe.nunez@exa", "José Núñez García"),
        ("nez@example.com", "José Núñez García"),
        ("@example.se", "Åsa Öberg Ängström"),
        ("600 123", "José Núñez García"),
        ("0600123456", "José Núñez García"),
        ("0034 600", "José Núñez García"),
        ("123456 40", ""),
        ("070-123 45 67", "Åsa Öberg Ängström"),
        ("+386 40 123", "Žiga Čuček"),
        ("4567", "Åsa Öberg Ängström"),
    ],
)
def test_a_piece_of_an_address_or_number_suffices(ask: Callable[[str], list[str]], typed: str, found: str) -> None:
    assert ask(typed) == ([found] if found else [])


def test_whole_words_come_before_beginnings_and_those_before_misspellings(ask: Callable[[str], list[str]]) -> None:
    found = ask("jose")
    assert len(found) == 4
    assert found[-1] == "Josefa Ruiz"
    assert ask("garr") == ["Jose Garrido", "José Núñez García"]


@pytest.mark.parametrize("typed", [".*", "^", "(((", "***", '{"$": ""}'])
def test_signs_mean_nothing(ask: Callable[[str], list[str]], typed: str) -> None:
    assert ask(typed) == []


def test_control_characters_are_refused_by_name(room: Room) -> None:
    answer = room.call("GET", "/v1/contacts?q=a%00b")
    assert answer.status_code == 422
    assert "q" in str(answer.json["errors"])


def test_the_filters_hold_for_a_search_too(room: Room, ask: Callable[[str], list[str]]) -> None:
    answer = room.call("GET", "/v1/contacts?q=garica&stage=client", agency="agency-s")
    assert ask("garica")
    assert answer.json["items"] == []


def test_a_search_is_answered_by_an_index(room: Room, ask: Callable[[str], list[str]]) -> None:
    query = {"agency_id": "agency-s", "$and": [{"search_keys": {"$regex": "^nun"}}]}
    plan = room.db.command({"explain": {"find": "contacts", "filter": query}, "verbosity": "executionStats"})
    assert "search_keys" in str(plan["queryPlanner"]["winningPlan"])
    assert plan["executionStats"]["totalDocsExamined"] <= len(ask("nun")) + 1
