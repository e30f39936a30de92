"""Sessions and members by their rules alone."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.gateway.accounts.model.agency import Agency
from services.gateway.accounts.model.member import Member
from services.gateway.accounts.model.rules import RuleBroken
from services.gateway.accounts.model.session import ABSOLUTE, IDLE, Session

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
MOMENT = timedelta(milliseconds=1)


def a_member(**facts: Any) -> Member:
    return Member("m1", "a1", "Ana@Example.com ", "Ana", facts.pop("role", "admin"), "hash", **facts)


@pytest.mark.parametrize(("age", "unused", "is_over"), [(IDLE, IDLE - MOMENT, False), (IDLE, IDLE, True)])
def test_an_unused_session_ends(age: timedelta, unused: timedelta, is_over: bool) -> None:
    assert Session("s", "m", NOON - age, NOON - unused).is_over(NOON) is is_over


@pytest.mark.parametrize(("age", "is_over"), [(ABSOLUTE - MOMENT, False), (ABSOLUTE, True)])
def test_a_session_in_use_ends_too(age: timedelta, is_over: bool) -> None:
    session = Session("s", "m", NOON - age, NOON)
    assert session.is_over(NOON) is is_over
    assert session.ends_at == NOON - age + ABSOLUTE


def test_an_address_is_looked_up_whatever_its_case() -> None:
    assert a_member().email_key == "ana@example.com"


@pytest.mark.parametrize(
    ("facts", "loses"),
    [({"active": False}, True), ({"role": "agent"}, True), ({"role": "admin"}, False), ({"phone": "1"}, False)],
)
def test_only_a_change_of_rights_takes_an_admin_away(facts: dict[str, Any], loses: bool) -> None:
    assert a_member().loses_rights(facts) is loses
    assert a_member(role="agent").loses_rights(facts) is False
    assert a_member(active=False).loses_rights(facts) is False


@pytest.mark.parametrize("name", ["id", "version", "created_at"])
def test_what_is_kept_apart_cannot_be_set(name: str) -> None:
    agency = Agency("a1", "Marea", ["es"], "Europe/Madrid", "EUR")
    with pytest.raises(RuleBroken):
        agency.change({name: 1})


def test_the_same_facts_again_are_no_change() -> None:
    agency = Agency("a1", "Marea", ["es"], "Europe/Madrid", "EUR")
    assert agency.change({"name": "Marea"}) is False
    assert agency.change({"name": "Mar"}) is True
