"""What setup moves out of collections with an earlier name."""

from __future__ import annotations

from services.notifications.app import SERVICE
from shared.messaging.event import now
from shared.running.service import setup
from tests.integration.rooms import Room


def test_what_waits_under_an_earlier_name_is_moved_once(room: Room) -> None:
    link = {
        "_id": "old/link",
        "agency_id": "a",
        "request_id": "r",
        "contact_id": "c",
        "until": now(),
        "not_before": now(),
    }
    room.db.links.insert_one(link)
    room.db.welcomes.insert_one({"_id": "a/member", "agency_id": "a", "member_id": "member"})
    for _ in range(2):
        setup(SERVICE, room.settings)
    assert room.db.sign_in_links.count_documents({"_id": "old/link", "contact_id": "c"}) == 1
    assert room.db.invitations.count_documents({"_id": "a/member"}) == 1
    assert {"links", "welcomes"} & set(room.db.list_collection_names()) == set()
    room.db.sign_in_links.delete_many({})
    room.db.invitations.delete_many({})
