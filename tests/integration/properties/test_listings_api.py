"""Listings over HTTP, on a real MongoDB."""

from dataclasses import fields
from typing import Any

import pytest

from shared.contracts import CONTRACTS
from tests.contract.published import check_contract
from tests.integration.rooms import Room

HOME = {"transaction": "sale", "list_price": 295000, "currency": "EUR", "city": "Sevilla", "bedrooms_total": 3}


def post(room: Room, agency: str = "agency-a", **changes: Any) -> Any:
    return room.call("POST", "/v1/listings", agency=agency, json=HOME | changes)


def test_a_listing_is_active_at_once_and_its_event_carries_the_whole_state(room: Room) -> None:
    answer = post(room, features=["lift"], public_remarks={"es": "Luminoso"})
    assert answer.status_code == 201, answer.json
    assert answer.headers["ETag"] == '"1"'
    assert answer.headers["Location"] == f"/v1/listings/{answer.json['id']}"
    event = next(e for e in room.events() if e["subject"] == answer.json["id"])
    assert event["type"] == "properties.listing.activated"
    assert event["agencyid"] == "agency-a"
    assert event["sequence"] == 1
    assert event["data"]["list_price"] == 295000
    assert event["data"]["features"] == ["lift"]
    assert "private_remarks" not in event["data"]


def test_a_price_change_is_in_the_history_and_in_the_event(room: Room) -> None:
    made = post(room).json
    answer = room.call(
        "POST", f"/v1/listings/{made['id']}/price-changes", json={"list_price": 280000.5, "reason": "owner"}
    )
    assert answer.status_code == 201
    assert answer.json["list_price"] == 280000.5
    event = [e for e in room.events() if e["subject"] == made["id"]][-1]
    assert event["type"] == "properties.listing.price_changed"
    assert event["data"]["previous_list_price"] == 295000
    lines = room.call("GET", f"/v1/listings/{made['id']}/history").json["items"]
    assert [(line["field"], line["previous"], line["new"]) for line in lines] == [
        ("list_price", None, 295000),
        ("standard_status", None, "active"),
        ("list_price", 295000, 280000.5),
    ]


def test_a_status_goes_only_where_the_rules_allow(room: Room) -> None:
    made = post(room).json
    path = f"/v1/listings/{made['id']}/status-changes"
    assert room.call("POST", path, json={"standard_status": "incomplete"}).status_code == 409
    sold = room.call("POST", path, json={"standard_status": "closed", "reason": "sold"})
    assert sold.json["standard_status"] == "closed"
    event = [e for e in room.events() if e["subject"] == made["id"]][-1]
    assert (event["type"], event["data"]["previous_status"]) == ("properties.listing.status_changed", "active")
    assert room.call("POST", f"/v1/listings/{made['id']}/price-changes", json={"list_price": 1}).status_code == 422


def test_facts_are_corrected_only_over_the_version_that_was_read(room: Room) -> None:
    made = post(room).json
    path = f"/v1/listings/{made['id']}"
    assert room.call("PATCH", path, json={"bedrooms_total": 4}).status_code == 428
    assert room.call("PATCH", path, json={"bedrooms_total": 4}, headers={"If-Match": '"1"'}).json["version"] == 2
    assert room.call("PATCH", path, json={"bedrooms_total": 5}, headers={"If-Match": '"1"'}).status_code == 412
    assert room.call("GET", path).json["bedrooms_total"] == 4


@pytest.mark.parametrize("field", ["list_price", "standard_status"])
def test_what_has_a_history_cannot_be_patched_and_the_answer_names_the_way(room: Room, field: str) -> None:
    made = post(room).json
    answer = room.call("PATCH", f"/v1/listings/{made['id']}", json={field: 1}, headers={"If-Match": '"1"'})
    assert answer.status_code == 422
    history = answer.json["errors"][field][0]
    assert (history["code"], history["resource"][-8:]) == ("has_a_history", "-changes")


def test_another_agencys_listing_is_not_there(room: Room) -> None:
    made = post(room).json
    assert room.call("GET", f"/v1/listings/{made['id']}", agency="agency-b").status_code == 404
    assert room.call("GET", "/v1/listings", agency="agency-b").json["items"] == []


def test_the_same_key_adds_one_listing_and_another_body_is_refused(room: Room) -> None:
    headers = {"Idempotency-Key": "k1"}
    first = room.call("POST", "/v1/listings", json=HOME, headers=headers)
    again = room.call("POST", "/v1/listings", json=HOME, headers=headers)
    other = room.call("POST", "/v1/listings", json=HOME | {"city": "Cádiz"}, headers=headers)
    assert first.json == again.json
    assert again.headers["Idempotency-Replayed"] == "true"
    assert other.status_code == 422
    assert "Idempotency-Key" in other.json["errors"]


def test_a_reference_belongs_to_one_listing_of_an_agency(room: Room) -> None:
    assert post(room, listing_id="REF-1").status_code == 201
    clash = post(room, listing_id="REF-1")
    assert clash.status_code == 409
    assert "listing_id" in clash.json["errors"]
    assert post(room, agency="agency-b", listing_id="REF-1").status_code == 201


def test_pages_follow_each_other_without_gaps(room: Room) -> None:
    ids = {post(room, agency="agency-p", list_price=100 + n % 3).json["id"] for n in range(7)}
    for sort in ("newest", "price", "-price"):
        seen: list[str] = []
        cursor = ""
        while cursor is not None:
            query = {"limit": 2, "sort": sort} | ({"cursor": cursor} if cursor else {})
            page = room.call("GET", "/v1/listings", agency="agency-p", query_string=query).json
            seen += [item["id"] for item in page["items"]]
            cursor = page["next_cursor"]
        assert len(seen) == 7
        assert set(seen) == ids


def test_the_agencys_currency_is_the_default_once_known(room: Room) -> None:
    without = {"transaction": "lease", "list_price": 900}
    refused = room.call("POST", "/v1/listings", agency="agency-c", json=without)
    assert refused.status_code == 422
    assert "currency" in refused.json["errors"]
    agency = {"name": "C", "languages": ["sv"], "time_zone": "Europe/Stockholm", "currency": "SEK"}
    assert room.hear("gateway.agency.changed", "agency-c", agency, 2, "agency-c") == "done"
    assert room.hear("gateway.agency.changed", "agency-c", agency | {"currency": "EUR"}, 1, "agency-c") == "done"
    assert room.call("POST", "/v1/listings", agency="agency-c", json=without).json["currency"] == "SEK"


def test_an_erased_owner_is_forgotten(room: Room) -> None:
    made = post(room, owner_contact_ids=["c1", "c2"]).json
    assert room.hear("leads.contact.erased", "c1", {}) == "done"
    assert room.call("GET", f"/v1/listings/{made['id']}").json["owner_contact_ids"] == ["c2"]


def test_listings_are_counted_by_status(room: Room) -> None:
    made = [post(room, agency="agency-n").json["id"] for _ in range(3)]
    path = f"/v1/listings/{made[0]}/status-changes"
    assert room.call("POST", path, agency="agency-n", json={"standard_status": "pending"}).status_code == 201
    counted = room.call("GET", "/v1/listings/counts", agency="agency-n").json
    assert (counted["total"], counted["by_status"]) == (3, {"active": 2, "pending": 1})


def test_each_choice_is_counted_with_all_the_others_in_force(room: Room) -> None:
    homes = [("sale", "apartment", 100), ("sale", "office", 200), ("lease", "apartment", 300), ("lease", None, 400)]
    for transaction, kind, price in homes:
        post(room, agency="agency-f", transaction=transaction, property_sub_type=kind, list_price=price)

    def counted(query: str = "") -> tuple[Any, Any, Any]:
        told = room.call("GET", f"/v1/listings/counts?{query}", agency="agency-f").json
        return told["by_status"], told["by_transaction"], told["by_property_sub_type"]

    assert counted() == ({"active": 4}, {"sale": 2, "lease": 2}, {"apartment": 2, "office": 1})
    assert counted("transaction=sale") == ({"active": 2}, {"sale": 2, "lease": 2}, {"apartment": 1, "office": 1})
    assert counted("property_sub_type=office&transaction=lease") == ({}, {"sale": 1}, {"apartment": 1})
    assert counted("list_price_min=150&list_price_max=350") == (
        {"active": 2},
        {"sale": 1, "lease": 1},
        {"apartment": 1, "office": 1},
    )
    for told in ("listings", "listings/counts"):
        refused = room.call("GET", f"/v1/{told}?q=a%00b", agency="agency-f")
        assert (refused.status_code, "'q'" in str(refused.json["errors"])) == (422, True)
    refused = room.call("GET", "/v1/listings/counts?bedrooms_min=x", agency="agency-f")
    assert (refused.status_code, "bedrooms_min" in str(refused.json["errors"])) == (422, True)


def test_every_event_of_a_listing_keeps_its_contract(room: Room) -> None:
    made = post(room, on_market_date="2026-10-01", photos=[{"url": "https://example.com/1.jpg"}]).json
    room.call("POST", f"/v1/listings/{made['id']}/price-changes", json={"list_price": 1})
    events = [event for event in room.events() if event["subject"] == made["id"]]
    assert len(events) == 2
    for event in events:
        check_contract(event["type"], event["data"])
        assert set(event["data"]) == {field.name for field in fields(CONTRACTS[event["type"]].data)}


def test_a_price_is_checked_before_it_is_set(room: Room) -> None:
    made = post(room, list_price=300_000, currency="EUR").json

    def checked(**body: Any) -> Any:
        return room.call("POST", "/v1/price-checks", json=body)

    assert checked(listing_id=made["id"], list_price=285_000).json == {
        **{"previous_list_price": 300_000, "refusals": [], "warnings": [], "change": pytest.approx(-0.05)}
    }
    assert checked(listing_id=made["id"], list_price=300_000).json["warnings"] == ["price_unchanged"]
    assert checked(list_price=None).json["refusals"] == ["price_required"]
    assert checked(list_price=None, standard_status="coming_soon").json["refusals"] == []
    assert checked().status_code == 422
    assert checked(listing_id="nothing", list_price=1).status_code == 404
    foreign = {"listing_id": made["id"], "list_price": 1}
    assert room.call("POST", "/v1/price-checks", agency="agency-x", json=foreign).status_code == 404
