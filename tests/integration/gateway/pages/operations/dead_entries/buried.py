"""Events that could not be handled, made for tests."""

from __future__ import annotations

import json
from typing import Any

from shared.messaging.event import now
from shared.messaging.inbox import INBOX
from tests.integration.gateway.gateway_client import token_in
from tests.integration.gateway.services_world import ServicesWorld
from tests.integration.rooms import an_event

SECRET = "Ana López, +34 600 111 222"


def post(browser: Any, path: str, **typed: Any) -> Any:
    return browser.post(path, data={**typed, "csrf_token": token_in(browser.get("/account").text)})


def bury(services_world: ServicesWorld, agency_id: str) -> str:
    """An event of leads that was tried as often as could be."""
    found = {"contact_id": "never-here", "saved_search_id": "s1", "search_sequence": 1, "kind": "match", "score": 90}
    found |= {"confidence": 90, "alerts": "instant"}
    listing = {"id": "home-7", "sequence": 2, "transaction": "sale"}
    data = {"listing": listing, "entered_by": "new", "matches": [found]}
    event, room = an_event("matching.matches.found", "home-7", data, 2, agency_id), services_world.rooms["leads"]
    assert room.inbox.receive(event.to_wire().encode()) == "parked"
    room.db[INBOX].update_one({"_id": event.id}, {"$set": {"attempts": 6, "not_before": now()}})
    assert room.inbox.retry_due()
    return event.id


def bury_unread(services_world: ServicesWorld) -> str:
    """A message that is no event, with somebody's data in it."""
    body = json.dumps({"specversion": "1.0", "type": "leads.contact.created", "data": {"note": SECRET}}).encode()
    room = services_world.rooms["leads"]
    room.db[INBOX].delete_many({"type": None})
    assert room.inbox.receive(body) == "dead"
    return str(room.db[INBOX].find_one({"type": None})["_id"])  # type: ignore[index]
