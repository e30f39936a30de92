"""Bad input to every write endpoint of leads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.integration.bad_input import refuses_bad_input
from tests.integration.leads.people import ALERTS, made
from tests.integration.rooms import Room

FACTS: Mapping[str, Any] = {
    "full_name": "Bad Input",
    "first_name": "Bad",
    "middle_name": "B.",
    "last_name": "Input",
    "email": "bad@example.com",
    "phone": "+34600123456",
    "country": "ES",
    "language": "es",
    "time_zone": "Europe/Madrid",
    "stage": "new",
    "source": "portal",
    "agent_member_id": "known",
    "notes": "Llamar por la tarde",
}
TOO_MUCH: Mapping[str, Any] = {
    "full_name": "  ",
    "first_name": "x" * 101,
    "middle_name": "two\nlines",
    "last_name": "",
    "email": "nobody",
    "phone": "123",
    "country": "Spain",
    "language": "xx",
    "time_zone": "Europe/Atlantis",
    "stage": "bride",
    "source": "mail\r\nBcc: x@example.com",
    "agent_member_id": "member-of-agency-b",
    "notes": "x" * 10_001,
}
WORD: Mapping[str, Any] = {**ALERTS, "at": "2025-03-01T12:00:00Z"}
BAD_WORDS: Mapping[str, Any] = {
    "purpose": "gossip",
    "channel": "pigeon",
    "state": "none",
    "wording_version": "two words",
    "source": "x" * 201,
    "at": "2999-01-01T00:00:00Z",
}


@dataclass(frozen=True)
class Endpoint:
    """A write endpoint with a body that it would take."""

    method: str
    path: str
    valid: Mapping[str, Any]
    out_of_range: Mapping[str, Any]
    headers: Mapping[str, str] = field(default_factory=dict)
    role: str = "agent"
    wrong_role: str = "prospect"


ENDPOINTS = {
    "create": Endpoint(
        "POST",
        "/v1/contacts",
        {**FACTS, "consents": [WORD]},
        {**TOO_MUCH, "consents": [{**WORD, "state": {"$ne": None}}]},
    ),
    "change": Endpoint("PATCH", "/v1/contacts/{id}", FACTS, TOO_MUCH, {"If-Match": '"1"'}),
    "consent": Endpoint("POST", "/v1/contacts/{id}/consents", WORD, BAD_WORDS, wrong_role="operator"),
    "erase": Endpoint(
        "POST",
        "/v1/contacts/{id}/erasure",
        {"ground": "requested"},
        {"ground": "because"},
        role="admin",
        wrong_role="operator",
    ),
    "self": Endpoint(
        "PATCH",
        "/v1/contacts/{id}/self",
        {"language": "sl", "time_zone": "Europe/Ljubljana"},
        {"language": "tlh"},
        {"If-Match": '"1"'},
        wrong_role="operator",
    ),
}


@pytest.mark.parametrize("name", sorted(ENDPOINTS))
def test_bad_input_is_refused_by_name_and_changes_nothing(room: Room, name: str) -> None:
    endpoint = ENDPOINTS[name]
    member = {"member_id": "known", "display_name": "Eva", "role": "agent", "active": True}
    room.hear("gateway.member.changed", "known", member)
    refuses_bad_input(
        room,
        endpoint.method,
        endpoint.path.format(id=made(room)["id"]),
        endpoint.valid,
        headers=endpoint.headers,
        role=endpoint.role,
        wrong_role=endpoint.wrong_role,
        out_of_range=endpoint.out_of_range,
    )


def test_a_fault_deep_in_the_body_is_named_with_its_place(room: Room) -> None:
    answer = room.call("POST", "/v1/contacts", json={**FACTS, "consents": [WORD, {**WORD, "colour": "red"}]})
    assert answer.status_code == 422
    assert answer.json["errors"]["consents"]["1"] == {"colour": [{"code": "unknown_field", "detail": "Unknown field."}]}


@pytest.mark.parametrize("path", ["/v1/contacts", "/v1/contacts/{id}/consents", "/v1/contacts/{id}/erasure"])
def test_a_change_without_a_body_names_what_is_missing_or_uses_what_is_given(room: Room, path: str) -> None:
    answer = room.call("POST", path.format(id=made(room)["id"]), "admin")
    assert answer.status_code == (200 if path.endswith("erasure") else 422)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("cursor=nonsense", "cursor"),
        ("stage=bride", "stage"),
        ("language=xx", "language"),
        ("q=", "q"),
        ("limitt=5", "limitt"),
    ],
)
def test_bad_filters_are_refused_by_name(room: Room, query: str, names: str) -> None:
    answer = room.call("GET", f"/v1/contacts?{query}")
    assert answer.status_code == 422, answer.json
    assert names in str(answer.json["errors"])
