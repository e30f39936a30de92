"""An erased person leaves nothing behind and never comes back."""

import threading
from typing import Any

from bson import encode

from tests.integration.leads.people import ALERTS, add, found_event, made, told_of
from tests.integration.rooms import Room

CANARY = "canary.bird@example.com"
NAME = "Canaria Birdsong"


def traces(room: Room, *words: str) -> list[str]:
    """The collections in which any of the words stands, whatever the field."""
    return [
        name
        for name in room.db.list_collection_names()
        for row in room.db[name].find()
        for raw in [encode(row).lower()]
        if any(word.lower().encode() in raw for word in words)
    ]


def erase(room: Room, person: str, role: str = "admin", **claims: Any) -> Any:
    headers = room.issuer.headers(role, "agency-a", **claims)
    return room.client.post(f"/v1/contacts/{person}/erasure", headers=headers, json={})


def test_nothing_of_an_erased_person_stays_in_the_database(room: Room) -> None:
    spoken = ALERTS | {"source": f"told by {NAME}"}
    facts = {"full_name": NAME, "email": CANARY, "phone": "+34611222333", "notes": f"{NAME} likes lifts"}
    first = room.call(
        "POST", "/v1/contacts", json=facts | {"consents": [spoken]}, headers={"Idempotency-Key": "canary-1"}
    ).json
    # the answer about somebody else speaks of the canary too, and is kept for its key
    room.call(
        "POST",
        "/v1/contacts",
        json={"full_name": "Somebody", "phone": "+34611222333"},
        headers={"Idempotency-Key": "canary-2"},
    )
    room.call("POST", f"/v1/contacts/{first['id']}/consents", json=spoken, headers={"Idempotency-Key": "canary-3"})
    named = found_event("l1", (first["id"], "s1"))
    named["matches"][0]["search_name"] = f"For {NAME}"
    room.hear("matching.matches.found", "l1", named)
    room.db.inbox.insert_one({"_id": "parked", "state": "parked", "contact_id": first["id"], "event": CANARY})
    before = traces(room, CANARY, NAME, "611222333")
    assert {"contacts", "consents", "timeline", "outbox", "idempotency_keys", "inbox"} <= set(before)

    answer = erase(room, first["id"])
    assert answer.status_code == 200, answer.json
    assert answer.json["id"] == first["id"]

    room.db.contacts.delete_many({"full_name": "Somebody"})  # shares the number, rightly
    room.db.outbox.delete_many({"body": {"$regex": '"Somebody"'}})
    assert traces(room, CANARY, NAME, "611222333") == []
    assert [e["type"] for e in told_of(room, first["id"])] == ["leads.contact.erased"]
    [row, _] = room.db.consents.find({"contact_id": first["id"]})
    assert set(row) == {
        "_id",
        "agency_id",
        "contact_id",
        "purpose",
        "channel",
        "state",
        "wording_version",
        "at",
        "recorded_at",
        "version",
    }
    again = room.call(
        "POST", "/v1/contacts", json=facts | {"consents": [spoken]}, headers={"Idempotency-Key": "canary-1"}
    )
    assert again.status_code == 404


def test_the_erasing_is_told_after_everything_else_that_was_told(room: Room) -> None:
    person = made(room, consents=[ALERTS])["id"]
    room.db.outbox.update_many({"aggregate": f"agency-a/{person}"}, {"$set": {"status": "sent"}})
    erase(room, person)
    [told] = told_of(room, person)
    assert (told["type"], told["sequence"], told["data"]) == ("leads.contact.erased", 2, {})


def test_nothing_can_be_done_with_an_erased_person(room: Room) -> None:
    person = made(room)["id"]
    path = f"/v1/contacts/{person}"
    assert erase(room, person).status_code == 200
    assert erase(room, person).status_code == 404
    assert room.call("GET", path).status_code == 404
    assert room.call("PATCH", path, json={"notes": "x"}, headers={"If-Match": '"1"'}).status_code == 404
    assert room.call("POST", f"{path}/consents", json=ALERTS).status_code == 404
    for page in ("timeline", "consents", "consents/current"):
        assert room.call("GET", f"{path}/{page}").status_code == 404


def test_later_events_of_an_erased_person_are_done_and_leave_nothing(room: Room) -> None:
    gone, here = made(room)["id"], made(room)["id"]
    erase(room, gone)
    delivery = {"contact_id": gone, "listing_id": "l7", "channel": "email"}
    assert room.hear("notifications.delivery.sent", "d7", delivery) == "done"
    assert room.hear("matching.matches.found", "l7", found_event("l7", (gone, "s1"), (here, "s2"))) == "done"
    assert [row["contact_id"] for row in room.db.timeline.find({"listing_id": "l7"})] == [here]
    assert room.db.timeline.count_documents({"contact_id": gone}) == 0


def test_managers_and_the_persons_own_agent_may_erase_and_others_may_not(room: Room) -> None:
    member = {"display_name": "Eva", "role": "agent", "active": True}
    room.hear("gateway.member.changed", "own", {"member_id": "own", **member})
    person = made(room, agent_member_id="own")["id"]
    assert erase(room, person, "agent").status_code == 403
    assert erase(room, person, "agent", member_id="other").status_code == 403
    assert erase(room, person, "prospect", contact_id="somebody-else").status_code == 404
    assert room.call("GET", f"/v1/contacts/{person}").status_code == 200
    assert erase(room, person, "agent", member_id="own").status_code == 200
    assert erase(room, made(room)["id"], "manager").status_code == 200


def test_a_line_written_while_a_person_is_erased_does_not_survive_them(room: Room) -> None:
    for number in range(10):
        person = made(room)["id"]
        start = threading.Barrier(2)
        listing = f"race-{number}"

        def hear(person: str = person, listing: str = listing, start: threading.Barrier = start) -> None:
            start.wait()
            room.hear("matching.matches.found", listing, found_event(listing, (person, "s")))

        thread = threading.Thread(target=hear)
        thread.start()
        start.wait()
        answer = erase(room, person)
        thread.join()
        assert answer.status_code == 200, answer.json
        assert room.db.timeline.count_documents({"contact_id": person}) == 0


def test_the_ground_is_kept_and_free_words_are_refused(room: Room) -> None:
    person = made(room)["id"]
    path = f"/v1/contacts/{person}/erasure"
    refused = room.call("POST", path, "admin", json={"ground": "Ana asked me on the phone"})
    assert refused.status_code == 422
    assert "ground" in refused.json["errors"]
    room.call("POST", path, "admin", json={"ground": "objected"})
    assert room.db.tombstones.find_one({"_id": person})["ground"] == "objected"
    assert add(room).status_code == 201


def test_people_may_have_themselves_forgotten_and_see_themselves_without_what_agents_note(room: Room) -> None:
    eva = made(room, full_name="Eva Novak", email="eva@example.com", notes="Haggles", source="A friend")
    mine = room.issuer.headers("prospect", "agency-a", contact_id=eva["id"], sub=eva["id"])
    seen = room.client.get(f"/v1/contacts/{eva['id']}/self", headers=mine)
    assert seen.json["full_name"] == "Eva Novak"
    assert not {"notes", "source", "agent_member_id", "stage"} & set(seen.json)
    path = f"/v1/contacts/{eva['id']}/self"
    changed = room.client.patch(path, headers=mine | {"If-Match": seen.headers["ETag"]}, json={"language": "sv"})
    assert changed.json["language"] == "sv"
    assert room.client.patch(path, headers=mine | {"If-Match": '"2"'}, json={"notes": "x"}).status_code == 422
    gone = room.client.post(f"/v1/contacts/{eva['id']}/erasure", headers=mine, json={"ground": "requested"})
    assert gone.status_code == 200
    assert room.call("GET", f"/v1/contacts/{eva['id']}").status_code == 404
    assert told_of(room, eva["id"])[-1]["type"] == "leads.contact.erased"
