"""People over HTTP, on a real MongoDB."""

import pytest

from tests.integration.leads.conftest import MADRID
from tests.integration.leads.people import ALERTS, add, made, told_of
from tests.integration.rooms import Room


def test_a_person_takes_the_agencys_language_and_zone_and_the_events_part_who_from_what(room: Room) -> None:
    answer = add(room, full_name="José Núñez", email="Jose.Nunez@Example.COM", phone="600 123 456")
    assert answer.status_code == 201, answer.json
    person = answer.json
    assert answer.headers["ETag"] == '"1"'
    assert answer.headers["Location"] == f"/v1/contacts/{person['id']}"
    assert (person["language"], person["time_zone"], person["stage"]) == ("es", "Europe/Madrid", "new")
    assert (person["phone"], person["phone_as_typed"]) == ("+34600123456", "600 123 456")
    assert person["email"] == "Jose.Nunez@example.com"
    changed, reachable = sorted(told_of(room, person["id"]), key=lambda e: e["type"])
    assert (changed["type"], changed["sequence"]) == ("leads.contact.changed", 1)
    assert changed["data"] == {
        "language": "es",
        "time_zone": "Europe/Madrid",
        "stage": "new",
        "agent_member_id": None,
    }
    assert reachable["type"] == "leads.contact.reachable"
    assert reachable["data"] == {
        "full_name": "José Núñez",
        "addresses": {
            "email": {"value": "Jose.Nunez@example.com", "verified": False},
            "phone": {"value": "+34600123456", "verified": False},
            "sms": {"value": "+34600123456", "verified": False},
        },
    }


def test_without_a_known_agency_language_and_zone_must_be_stated(room: Room) -> None:
    refused = add(room, agency="agency-new")
    assert refused.status_code == 422
    assert set(refused.json["errors"]) == {"language", "time_zone"}
    stated = add(room, agency="agency-new", language="sl", time_zone="Europe/Ljubljana")
    assert stated.status_code == 201


def test_a_number_without_a_country_is_refused_where_no_country_is_known(room: Room) -> None:
    zone = {"language": "en", "time_zone": "UTC"}
    refused = add(room, agency="agency-nowhere", phone="600 123 456", **zone)
    assert refused.status_code == 422
    assert refused.json["errors"]["phone"][0]["code"] == "phone_without_country"
    assert add(room, agency="agency-nowhere", phone="600 123 456", country="ES", **zone).json["phone"] == "+34600123456"


@pytest.mark.parametrize(
    ("typed", "country", "stored"),
    [
        ("070-123 45 67", "SE", "+46701234567"),
        ("040 123 456", "SI", "+38640123456"),
        ("912 345 678", "PT", "+351912345678"),
        ("00351912345678", "ES", "+351912345678"),
    ],
)
def test_numbers_are_kept_in_one_shape(room: Room, typed: str, country: str, stored: str) -> None:
    assert made(room, phone=typed, country=country)["phone"] == stored


def test_an_address_that_others_have_is_told_and_not_refused(room: Room) -> None:
    first = made(room, full_name="Ana Couple", email="couple@example.com", phone="+34611000111")
    second = made(room, full_name="Luis Couple", email="Couple@example.com")
    third = made(room, phone="+34611000111")
    assert first["possible_duplicates"] == []
    ana = {"id": first["id"], "full_name": "Ana Couple", "agent_member_id": None}
    ana |= {"phone": "+34611000111", "email": "couple@example.com"}
    assert second["possible_duplicates"] == [{**ana, "why": "email"}]
    assert third["possible_duplicates"] == [{**ana, "why": "phone"}]
    stranger = add(room, agency="agency-z", email="couple@example.com", language="en", time_zone="UTC")
    assert stranger.json["possible_duplicates"] == []


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"phone": "611 00 01 11"}, "phone"),
        ({"phone": "0034 611000111"}, "phone"),
        ({"email": "COUPLE@example.com"}, "email"),
        ({"phone": "611000111", "email": "couple@example.com"}, "email"),
        ({"phone": "000111"}, None),
        ({"email": "couple@"}, None),
        ({}, None),
    ],
)
def test_who_has_a_telephone_or_address_is_answered_as_it_is_typed(
    room: Room, typed: dict[str, str], why: str | None
) -> None:
    agency = f"agency-{'-'.join(typed.values()) or 'nothing'}".replace(" ", "")
    person = {"full_name": "Ana Couple", "email": "couple@example.com", "phone": "+34611000111"}
    add(room, agency=agency, language="en", time_zone="UTC", **person)
    answer = room.call("GET", "/v1/contacts/duplicates", agency=agency, query_string=typed)
    assert [each["why"] for each in answer.json["items"]] == ([why] if why else [])
    strangers = room.call("GET", "/v1/contacts/duplicates", agency="agency-other", query_string=typed)
    assert strangers.json["items"] == []


def test_facts_change_only_over_the_version_that_was_read_and_only_news_is_told(room: Room) -> None:
    person = made(room, full_name="Maja Novak", email="maja@example.com")
    path = f"/v1/contacts/{person['id']}"
    assert room.call("PATCH", path, json={"notes": "x"}).status_code == 428
    assert room.call("PATCH", path, json={"notes": "x"}, headers={"If-Match": '"1"'}).json["version"] == 2
    assert room.call("PATCH", path, json={"notes": "y"}, headers={"If-Match": '"1"'}).status_code == 412
    assert len(told_of(room, person["id"])) == 2
    room.call("PATCH", path, json={"stage": "active"}, headers={"If-Match": '"2"'})
    assert [(e["type"], e["sequence"]) for e in told_of(room, person["id"])[2:]] == [("leads.contact.changed", 3)]
    room.call("PATCH", path, json={"email": None}, headers={"If-Match": '"3"'})
    last = told_of(room, person["id"])[-1]
    assert (last["type"], last["sequence"], last["data"]["addresses"]) == ("leads.contact.reachable", 4, {})
    same = room.call("PATCH", path, json={"stage": "active"}, headers={"If-Match": '"4"'})
    assert same.json["version"] == 4


def test_a_member_of_another_agency_cannot_look_after_a_contact(room: Room) -> None:
    member = {"display_name": "Eva", "role": "agent", "active": True}
    room.hear("gateway.member.changed", "m1", {"member_id": "m1", **member})
    room.hear("gateway.member.changed", "m2", {"member_id": "m2", **member}, agency_id="agency-b")
    assert made(room, agent_member_id="m1")["agent_member_id"] == "m1"
    refused = add(room, agent_member_id="m2")
    assert refused.status_code == 422
    assert "agent_member_id" in refused.json["errors"]
    person = made(room)
    answer = room.call(
        "PATCH", f"/v1/contacts/{person['id']}", json={"agent_member_id": "m2"}, headers={"If-Match": '"1"'}
    )
    assert "agent_member_id" in answer.json["errors"]


def test_an_agents_new_contact_is_that_agents(room: Room) -> None:
    headers = room.issuer.headers("agent", "agency-a", member_id="m9")
    answer = room.client.post("/v1/contacts", headers=headers, json={"full_name": "Mine"})
    assert answer.json["agent_member_id"] == "m9"


def test_another_agencys_contact_is_not_there(room: Room) -> None:
    person = made(room, full_name="Hidden Person")
    path = f"/v1/contacts/{person['id']}"
    other = {"agency": "agency-b"}
    assert room.call("GET", path, **other).status_code == 404
    assert room.call("PATCH", path, json={"notes": "x"}, headers={"If-Match": '"1"'}, **other).status_code == 404
    assert room.call("POST", f"{path}/consents", json=ALERTS, **other).status_code == 404
    assert room.call("POST", f"{path}/erasure", "admin", json={}, **other).status_code == 404
    for page in ("timeline", "consents", "consents/current"):
        assert room.call("GET", f"{path}/{page}", **other).status_code == 404
    assert room.call("GET", "/v1/contacts?q=hidden", **other).json["items"] == []
    assert room.call("GET", path).json["version"] == 1


def test_filters_and_pages(room: Room) -> None:
    agency = "agency-p"
    room.hear("gateway.agency.changed", agency, MADRID, agency_id=agency)
    ids = [made(room, agency=agency, stage="client" if n % 2 else "new")["id"] for n in range(7)]
    seen: list[str] = []
    cursor = ""
    while cursor is not None:
        query = {"limit": 3} | ({"cursor": cursor} if cursor else {})
        page = room.call("GET", "/v1/contacts", agency=agency, query_string=query).json
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
    assert seen == ids[::-1]
    clients = room.call("GET", "/v1/contacts?stage=client&language=es", agency=agency).json["items"]
    assert [item["id"] for item in clients] == [ids[n] for n in (5, 3, 1)]
    assert room.call("GET", "/v1/contacts?language=sv", agency=agency).json["items"] == []


def test_the_same_key_adds_one_person(room: Room) -> None:
    options = {"json": {"full_name": "Once"}, "headers": {"Idempotency-Key": "person-1"}}
    first = room.call("POST", "/v1/contacts", **options)
    again = room.call("POST", "/v1/contacts", **options)
    assert first.json == again.json
    assert len(room.call("GET", "/v1/contacts?q=once").json["items"]) == 1
