"""Agencies, members and API clients over HTTP, on a real MongoDB."""

from typing import Any

import pytest

from tests.integration.gateway.gateway_client import AGENCY, PASSWORD, GatewayClient


def events_of(gateway: GatewayClient, subject: str) -> list[dict[str, Any]]:
    return [event for event in gateway.room.events() if event["subject"] == subject]


def test_an_agency_opens_with_its_admin_and_both_are_told_without_the_address(gateway: GatewayClient) -> None:
    made = gateway.agency(colour="#2347B0", from_address="hola@example.com")
    (agency,) = events_of(gateway, made["id"])
    assert (agency["type"], agency["agencyid"], agency["sequence"]) == ("gateway.agency.changed", made["id"], 1)
    assert agency["data"]["languages"] == ["es", "en"]
    (member,) = events_of(gateway, made["admin"]["id"])
    assert member["type"] == "gateway.member.changed"
    assert member["data"]["role"] == "admin"
    assert made["admin"]["email"] not in str(member)
    assert "password" not in str(made)


def test_only_the_operator_opens_and_lists_agencies(gateway: GatewayClient) -> None:
    made = gateway.agency()
    body = {**AGENCY, "admin": {"email": "x@example.com", "display_name": "X", "password": PASSWORD}}
    assert gateway.room.call("POST", "/v1/agencies", "admin", made["id"], json=body).status_code == 403
    assert gateway.room.call("GET", "/v1/agencies", "admin", made["id"]).status_code == 403
    listed = gateway.room.call("GET", "/v1/agencies", "operator").json["items"]
    assert made["id"] in [item["id"] for item in listed]


def test_an_admin_corrects_the_own_agency_and_no_other(gateway: GatewayClient) -> None:
    made, other = gateway.agency(), gateway.agency()
    path = f"/v1/agencies/{made['id']}"
    changed = gateway.room.call("PATCH", path, "admin", made["id"], json={"name": "Mar"}, headers={"If-Match": '"1"'})
    assert (changed.status_code, changed.json["name"], changed.json["version"]) == (200, "Mar", 2)
    assert gateway.room.call("PATCH", path, "admin", made["id"], json={"name": "M"}).status_code == 428
    assert (
        gateway.room.call("PATCH", path, "admin", made["id"], json={}, headers={"If-Match": '"1"'}).status_code == 412
    )
    foreign = gateway.room.call("PATCH", path, "admin", other["id"], json={"name": "M"}, headers={"If-Match": '"2"'})
    assert foreign.status_code == 404
    assert gateway.room.call("GET", path, "agent", other["id"]).status_code == 404
    assert [event["sequence"] for event in events_of(gateway, made["id"])] == [1, 2]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("colour", "blue"),
        ("colour", "#12345\n"),
        ("languages", []),
        ("languages", ["de"]),
        ("languages", ["es", "es"]),
        ("time_zone", "Madrid"),
        ("currency", "eur"),
        ("from_address", "nobody"),
        ("public_url", "javascript:alert(1)"),
        ("name", " "),
        ("name", {"$ne": None}),
        ("surprise", 1),
        ("admin", {"email": "x@example.com", "display_name": "X", "password": "short"}),
    ],
)
def test_a_wrong_field_of_an_agency_is_named_and_nothing_is_opened(
    gateway: GatewayClient, field: str, value: Any
) -> None:
    before = gateway.room.db["agencies"].count_documents({})
    body = {**AGENCY, "admin": {"email": "x@example.com", "display_name": "X", "password": PASSWORD}, field: value}
    answer = gateway.room.call("POST", "/v1/agencies", "operator", json=body)
    assert answer.status_code == 422
    assert field in answer.json["errors"]
    assert gateway.room.db["agencies"].count_documents({}) == before
    assert gateway.room.db["members"].count_documents({"email": "x@example.com"}) == 0


def test_an_address_signs_in_one_person_of_the_whole_platform(gateway: GatewayClient) -> None:
    first, second = gateway.agency(), gateway.agency()
    taken = first["admin"]["email"].upper()
    body = {"email": taken, "display_name": "Eva", "role": "agent", "password": PASSWORD}
    answer = gateway.room.call("POST", "/v1/members", "admin", second["id"], json=body)
    assert answer.status_code == 409
    assert "email" in answer.json["errors"]


def test_members_are_seen_by_their_own_agency_and_made_by_its_admins(gateway: GatewayClient) -> None:
    made, other = gateway.agency(), gateway.agency()
    ana = gateway.member(made["id"])
    path = f"/v1/members/{ana['id']}"
    assert gateway.room.call("GET", path, "agent", made["id"]).json["display_name"] == "Ana"
    assert gateway.room.call("GET", path, "agent", other["id"]).status_code == 404
    refused = gateway.room.call("PATCH", path, "manager", made["id"], json={}, headers={"If-Match": '"1"'})
    assert refused.status_code == 403
    everybody = gateway.room.call("GET", "/v1/members", "agent", made["id"]).json["items"]
    assert {item["id"] for item in everybody} == {ana["id"], made["admin"]["id"]}
    assert not [item for item in everybody if "password_hash" in item]


def test_the_last_admin_stays_admin(gateway: GatewayClient) -> None:
    made = gateway.agency()
    path = f"/v1/members/{made['admin']['id']}"
    for change, field in (({"active": False}, "active"), ({"role": "agent"}, "role")):
        answer = gateway.room.call("PATCH", path, "admin", made["id"], json=change, headers={"If-Match": '"1"'})
        assert answer.status_code == 409
        assert field in answer.json["errors"]
    gateway.member(made["id"], "admin")
    gone = gateway.room.call("PATCH", path, "admin", made["id"], json={"active": False}, headers={"If-Match": '"1"'})
    assert gone.json["active"] is False
    assert events_of(gateway, made["admin"]["id"])[-1]["data"]["active"] is False


@pytest.mark.parametrize(
    ("field", "value"),
    [("role", "operator"), ("active", "yes"), ("active", 1), ("email", "x"), ("password", PASSWORD), ("id", "x")],
)
def test_a_wrong_field_of_a_member_is_named(gateway: GatewayClient, field: str, value: Any) -> None:
    made = gateway.agency()
    answer = gateway.room.call(
        "PATCH",
        f"/v1/members/{made['admin']['id']}",
        "admin",
        made["id"],
        json={field: value},
        headers={"If-Match": '"1"'},
    )
    assert answer.status_code == 422
    assert field in answer.json["errors"]


def test_the_secret_of_an_api_client_is_shown_once(gateway: GatewayClient) -> None:
    made, other = gateway.agency(), gateway.agency()
    client = gateway.room.call("POST", "/v1/api-clients", "admin", made["id"], json={"name": "Site"})
    assert client.status_code == 201
    secret = client.json["client_secret"]
    assert secret not in gateway.room.call("GET", "/v1/api-clients", "admin", made["id"]).text
    assert gateway.room.call("GET", client.headers["Location"], "admin", other["id"]).status_code == 404
    assert gateway.room.call("GET", client.headers["Location"], "agent", made["id"]).status_code == 403
    for name in gateway.room.db.list_collection_names():
        assert secret not in str(list(gateway.room.db[name].find()))


def test_a_password_is_nowhere_in_the_database_not_even_in_idempotency_keys(gateway: GatewayClient) -> None:
    made = gateway.agency()
    body = {"email": "canary@example.com", "display_name": "C", "role": "agent", "password": "canary canary canary"}
    headers = {"Idempotency-Key": "canary"}
    assert gateway.room.call("POST", "/v1/members", "admin", made["id"], json=body, headers=headers).status_code == 201
    again = gateway.room.call("POST", "/v1/members", "admin", made["id"], json=body, headers=headers)
    assert again.headers["Idempotency-Replayed"] == "true"
    for name in gateway.room.db.list_collection_names():
        assert "canary canary" not in str(list(gateway.room.db[name].find()))
