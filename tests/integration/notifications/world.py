"""One agency's people and alerts in a notifications service: what it hears, what it has, what it says."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.notifications.app import delivery_sender
from services.notifications.channels.protocol import Channel
from services.notifications.claims.loop import ClaimLoop
from services.notifications.delivery.model import Delivery
from services.notifications.deps import Deps
from shared.messaging.event import now
from tests.integration.rooms import Room

AGENCY: dict[str, Any] = {
    "name": "Hiša & Dom",
    "languages": ["sl"],
    "time_zone": "Europe/Ljubljana",
    "currency": "EUR",
    "from_address": "homes@example.com",
}
HOME: dict[str, Any] = {"transaction": "sale", "list_price": 300_000, "currency": "EUR", "city": "Koper"}


@dataclass
class AgencyWorld:
    """Acts as the other services towards notifications; ids of its own."""

    room: Room
    agency: str

    def id(self, name: str) -> str:
        """An id that no other test has."""
        return f"{self.agency}-{name}"

    def hear(self, type_: str, subject: str, data: dict[str, Any], sequence: int = 1) -> str:
        """Deliver an event of this agency."""
        return self.room.hear(type_, subject, data, sequence, self.agency)

    def knows_agency(self) -> None:
        """The agency becomes known."""
        assert self.hear("gateway.agency.changed", self.agency, AGENCY) == "done"

    def knows(self, name: str = "eva", consent: bool = True, address: str | None = None) -> str:
        """A person becomes known whole; returns the id."""
        self.hear("leads.contact.changed", self.id(name), {"language": "sl", "time_zone": "Europe/Ljubljana"})
        self.reach(name, address)
        if consent:
            self.consents(name, 1)
        return self.id(name)

    def reach(self, name: str, address: str | None = None, sequence: int = 1) -> str:
        """How a person is reached."""
        mail = {"email": {"value": address or f"{name}.{self.agency}@example.com"}}
        data = {"full_name": name.title(), "addresses": mail}
        return self.hear("leads.contact.reachable", self.id(name), data, sequence)

    def consents(
        self, name: str, sequence: int, state: str = "granted", at: datetime | None = None, **more: str
    ) -> str:
        """A word on a purpose and channel."""
        data = {"contact_id": self.id(name), "purpose": "alerts", "channel": "email", "state": state}
        return self.hear(
            "leads.consent.changed", self.id(name), data | {"at": (at or now()).isoformat()} | more, sequence
        )

    def match(self, name: str = "eva", search: str = "s1", search_sequence: int = 1, **more: Any) -> dict[str, Any]:
        """One match as matching tells it."""
        reason = {"code": "price.pass", "figures": {}, "text": "V okviru proračuna"}
        return {
            "contact_id": self.id(name),
            "saved_search_id": self.id(search),
            "search_name": search,
            "search_sequence": search_sequence,
            "kind": "match",
            "score": 90,
            "confidence": 80,
            "reasons": [reason],
            "alerts": "instant",
            "alert_possible": False,
        } | more

    def matches_found(self, *matches: dict[str, Any], sequence: int = 1, entered_by: str = "new", **home: Any) -> str:
        """Word of matches of the home at this version."""
        listing = HOME | {"id": self.id("home"), "sequence": sequence} | home
        data = {"listing": listing, "entered_by": entered_by, "matches": list(matches) or [self.match()]}
        return self.hear("matching.matches.found", listing["id"], data, sequence)

    def matches_lost(self, *searches: str, name: str = "eva", sequence: int = 2, search_sequence: int = 1) -> str:
        """Word of pairs that no longer meet."""
        pairs = [
            {"contact_id": self.id(name), "saved_search_id": self.id(search), "search_sequence": search_sequence}
            for search in searches or ("s1",)
        ]
        data = {"listing_id": self.id("home"), "listing_sequence": sequence, "pairs": pairs, "why": "listing_changed"}
        return self.hear("matching.matches.lost", self.id("home"), data, sequence)

    def status(self, status: str, sequence: int, **facts: Any) -> str:
        """The home changed its status."""
        data = HOME | {"id": self.id("home"), "standard_status": status} | facts
        return self.hear("properties.listing.status_changed", self.id("home"), data, sequence)

    def erase(self, name: str = "eva", sequence: int = 9) -> str:
        """A person wishes to be forgotten."""
        return self.hear("leads.contact.erased", self.id(name), {}, sequence)

    def rows(self, **query: Any) -> list[dict[str, Any]]:
        """This agency's deliveries, oldest first."""
        return list(self.room.db.deliveries.find({"agency_id": self.agency, **query}).sort("created_at", 1))

    def states(self) -> list[tuple[str, str | None]]:
        """State and reason of each delivery."""
        return [(row["state"], row["reason"]) for row in self.rows()]

    def published(self) -> Counter[str]:
        """The events about this agency's deliveries by their last word."""
        rows = self.room.db.outbox.find({"aggregate": {"$regex": f"^{self.agency}/"}})
        return Counter(row["type"].rsplit(".", 1)[1] for row in rows)

    def set(self, row: dict[str, Any], **changes: Any) -> None:
        """Age a delivery, or put it where a crash would leave it."""
        self.room.db.deliveries.update_one({"_id": row["_id"]}, {"$set": changes})

    def sending(self, channel: Channel[Any], owner: str = "sender") -> ClaimLoop[Delivery]:
        """A loop with a sender like the worker's."""
        deps: Deps = self.room.inbox.deps
        return ClaimLoop(delivery_sender(deps, self.room.settings, channel, owner))

    def get(self, path: str, **query: Any) -> Any:
        """A GET under /v1."""
        return self.room.call("GET", f"/v1/{path}", agency=self.agency, query_string=query)

    def resend(self, row: dict[str, Any], **options: Any) -> Any:
        """An agent asks for a delivery to be sent again."""
        return self.room.call("POST", f"/v1/deliveries/{row['_id']}/resend", agency=self.agency, **options)


def open_world(room: Room, names: Iterable[str] = ()) -> AgencyWorld:
    """A world whose agency and people are known."""
    world = AgencyWorld(room, f"agency-{uuid.uuid4().hex[:8]}")
    world.knows_agency()
    for name in names:
        world.knows(name)
    return world
