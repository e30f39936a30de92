"""What happened with a person, heard from the other services."""

from typing import Any

from shared.contracts import consumed_by
from tests.contract.published import check_contract
from tests.integration.leads.people import ALERTS, found_event, made
from tests.integration.rooms import Room, an_event

HOME = {"id": "l1", "listing_id": "REF-9", "standard_status": "active", "transaction": "sale", "city": "Sevilla"}


def lines(room: Room, contact_id: str, **query: Any) -> list[dict[str, Any]]:
    answer = room.call("GET", f"/v1/contacts/{contact_id}/timeline", query_string=query)
    assert answer.status_code == 200, answer.json
    items: list[dict[str, Any]] = answer.json["items"]
    return items


def delivery(contact_id: str) -> dict[str, Any]:
    return {"contact_id": contact_id, "listing_id": "l1", "channel": "email"}


def test_the_story_of_a_person_newest_first(room: Room) -> None:
    person = made(room, source="portal", consents=[ALERTS])["id"]
    search = {"id": "s1", "contact_id": person, "transaction": "sale", "alerts": "instant", "status": "active"}
    room.call("PATCH", f"/v1/contacts/{person}", json={"stage": "active"}, headers={"If-Match": '"1"'})
    heard = [
        room.hear("properties.listing.activated", "l1", HOME | {"list_price": 295000, "currency": "EUR"}),
        room.hear("matching.search.saved", "s1", search | {"name": "Two rooms"}),
        room.hear("matching.search.saved", "s1", search, 2),
        room.hear("matching.matches.found", "l1", found_event("l1", (person, "s1"))),
        room.hear("notifications.delivery.queued", "d1", delivery(person)),
        room.hear("notifications.delivery.sent", "d1", delivery(person), 2),
        room.hear("notifications.delivery.skipped", "d2", delivery(person) | {"reason": "no_consent"}),
    ]
    pair = {"contact_id": person, "saved_search_id": "s1"}
    lost = {"listing_id": "l1", "pairs": [pair], "why": "listing_changed"}
    heard.append(room.hear("matching.matches.lost", "l1", lost))
    heard.append(room.hear("matching.search.removed", "s1", {"contact_id": person}, 3))
    assert set(heard) == {"done"}
    found = lines(room, person)
    assert [line["kind"] for line in found][:8] == [
        "search_removed",
        "match_lost",
        "delivery_skipped",
        "delivery_sent",
        "delivery_queued",
        "match_found",
        "search_changed",
        "search_saved",
    ]
    assert {line["kind"] for line in found[8:]} == {"contact_created", "consent_granted", "stage_changed"}
    match = found[5]
    assert (match["listing_id"], match["saved_search_id"], match["figures"]["score"]) == ("l1", "s1", 88)
    assert match["figures"]["search_name"] == "Two rooms"
    assert match["listing"]["listing_id"] == "REF-9"
    assert match["listing"]["city"] == "Sevilla"
    assert found[2]["figures"]["reason"] == "no_consent"


def test_a_line_shows_the_listing_as_it_is_now_whatever_the_order(room: Room) -> None:
    person = made(room)["id"]
    room.hear("properties.listing.price_changed", "l2", HOME | {"id": "l2", "list_price": 280000}, 3)
    room.hear("properties.listing.activated", "l2", HOME | {"id": "l2", "list_price": 295000}, 1)
    room.hear("matching.matches.found", "l2", found_event("l2", (person, "s1")))
    [match] = lines(room, person, kind="match_found")
    assert match["listing"]["list_price"] == 280000
    assert match["figures"]["list_price"] == 295000


def test_the_same_event_adds_its_lines_once_even_past_the_memory_of_the_inbox(room: Room) -> None:
    person = made(room)["id"]
    event = an_event("matching.matches.found", "l3", found_event("l3", (person, "s1"), (person, "s2")))
    body = event.to_wire().encode()
    assert [room.inbox.receive(body), room.inbox.receive(body)] == ["done", "duplicate"]
    room.db.inbox.delete_one({"_id": event.id})
    assert room.inbox.receive(body) == "done"
    assert sorted(line["saved_search_id"] for line in lines(room, person, kind="match_found")) == ["s1", "s2"]


def test_two_hundred_matches_reach_two_hundred_people(room: Room) -> None:
    people = [made(room)["id"] for _ in range(200)]
    assert room.hear("matching.matches.found", "l4", found_event("l4", *((p, "s") for p in people))) == "done"
    assert room.db.timeline.count_documents({"listing_id": "l4"}) == 200


def test_a_person_never_seen_parks_the_event_and_nothing_is_half_done(room: Room) -> None:
    person = made(room)["id"]
    data = found_event("l5", (person, "s1"), ("never-seen", "s2"))
    assert room.hear("matching.matches.found", "l5", data) == "parked"
    assert room.db.timeline.count_documents({"listing_id": "l5"}) == 0
    assert room.hear("notifications.delivery.sent", "d9", delivery(person), agency_id="agency-b") == "parked"


def test_pages_follow_each_other_without_gaps(room: Room) -> None:
    person = made(room)["id"]
    for number in range(5):
        pairs = [(person, f"s{number}-{n}") for n in range(3)]
        room.hear("matching.matches.found", f"p{number}", found_event(f"p{number}", *pairs))
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        query = {"limit": 4} | ({"cursor": cursor} if cursor else {})
        page = room.call("GET", f"/v1/contacts/{person}/timeline", query_string=query).json
        seen += [line["id"] for line in page["items"]]
        cursor = page["next_cursor"]
    assert len(seen) == len(set(seen)) == 16


def test_unknown_kinds_are_refused_by_name(room: Room) -> None:
    person = made(room)["id"]
    answer = room.call("GET", f"/v1/contacts/{person}/timeline?kind=gossip")
    assert answer.status_code == 422
    assert "kind" in str(answer.json["errors"])


def test_everything_that_was_published_keeps_its_contract_and_who_is_told_in_one_event_alone(room: Room) -> None:
    made(room, full_name="Contract Keeper", email="keeper@example.com", phone="+34600999888", consents=[ALERTS])
    told = room.events()
    assert {event["type"] for event in told} >= {
        "leads.contact.changed",
        "leads.contact.reachable",
        "leads.consent.changed",
    }
    for event in told:
        check_contract(event["type"], event["data"])
        if event["type"] != "leads.contact.reachable":
            assert "eeper" not in str(event)
            assert "600999888" not in str(event)


def test_leads_hears_what_the_contracts_say(room: Room) -> None:
    assert set(room.inbox.handlers) == consumed_by("leads")
