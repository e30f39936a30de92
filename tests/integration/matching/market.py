"""One agency's homes and wishes in a running matching service, and what must be true of them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from services.matching.consumers import CONSUMES
from services.matching.crossing.crosser import SLICE
from services.matching.crossing.long_crossings import LongCrossings
from services.matching.engine.evaluate import evaluate
from services.matching.engine.world import World
from services.matching.store.records import as_listing, as_search
from shared.messaging.event import now
from shared.messaging.outbox import OUTBOX, body_of
from tests.contract.published import check_contract
from tests.integration.rooms import Room

HOME: dict[str, Any] = {
    "listing_id": "REF-1",
    "standard_status": "active",
    "transaction": "sale",
    "property_sub_type": "apartment",
    "list_price": 300_000,
    "currency": "EUR",
    "bedrooms_total": 3,
    "city": "Sevilla",
    "country": "ES",
    "features": ["lift"],
}
WISH: dict[str, Any] = {"transaction": "sale", "list_price_max": 310_000, "currency": "EUR"}
STARS = {"match", "possible", "near"}


@dataclass
class Market:
    """Acts as the bus and the agents of one agency; every event on its way is checked against its contract."""

    room: Room
    agency: str
    told: list[dict[str, Any]] = field(default_factory=list)
    sequences: dict[str, int] = field(default_factory=dict)

    def home(self, listing_id: str, what: str = "changed", sequence: int | None = None, **facts: Any) -> str:
        """A listing event at the next sequence, crossed at once; returns what the inbox said."""
        at = sequence or self.sequences.get(listing_id, 0) + 1
        self.sequences[listing_id] = max(at, self.sequences.get(listing_id, 0))
        data = HOME | {"id": listing_id} | facts
        said = self.room.hear(f"properties.listing.{what}", listing_id, data, at, self.agency)
        self.deliver()
        return said

    def wish(self, contact_id: str = "c1", deliver: bool = True, **wishes: Any) -> str:
        """A new search, crossed at once; returns its id."""
        body = WISH | {"contact_id": contact_id} | wishes
        answer = self.room.call("POST", "/v1/saved-searches", agency=self.agency, json=body)
        assert answer.status_code == 201, answer.json
        if deliver:
            self.deliver()
        return str(answer.json["id"])

    def rewish(self, search_id: str, deliver: bool = True, **wishes: Any) -> None:
        """A change of a search, crossed at once."""
        path = f"/v1/saved-searches/{search_id}"
        etag = self.room.call("GET", path, agency=self.agency).headers["ETag"]
        answer = self.room.call("PATCH", path, agency=self.agency, json=wishes, headers={"If-Match": etag})
        assert answer.status_code == 200, answer.json
        if deliver:
            self.deliver()

    def unwish(self, search_id: str) -> None:
        """The end of a search, crossed at once."""
        answer = self.room.call("DELETE", f"/v1/saved-searches/{search_id}", agency=self.agency)
        assert answer.status_code == 204, answer.json
        self.deliver()

    def pending(self) -> list[dict[str, Any]]:
        """Events of this agency that are not yet on the bus, oldest first."""
        rows = self.room.db[OUTBOX].find({"status": "new", "aggregate": {"$regex": f"^{self.agency}/"}})
        return [row | {"event": json.loads(body_of(row))} for row in rows.sort([("at", 1), ("sequence", 1)])]

    def deliver(self) -> None:
        """Put what is pending on the bus; what matching itself consumes comes back to it."""
        while rows := self.pending():
            for row in rows:
                event = row["event"]
                check_contract(event["type"], event["data"])
                self.told.append(event)
                self.room.db[OUTBOX].update_one({"_id": row["_id"]}, {"$set": {"status": "sent", "sent_at": now()}})
                if event["type"] in CONSUMES:
                    assert self.room.inbox.receive(body_of(row)) in ("done", "duplicate")

    def serve(self, owner: str = "test", most: int = 1000) -> int:
        """Slices of long crossings until nothing is left; returns how many."""
        slices = 0
        turns = LongCrossings(self.room.inbox.deps.crosser, owner, SLICE)
        while slices < most and turns.serve():
            slices += 1
        self.deliver()
        return slices

    def current(self) -> dict[tuple[str, str], str]:
        """(listing, search) -> kind of every row whose stamps are the current versions."""
        listings, searches = self._documents("listings"), self._documents("searches")
        return {
            (row["listing_id"], row["saved_search_id"]): row["kind"]
            for row in self.room.db.matches.find({"agency_id": self.agency})
            if listings[row["listing_id"]]["sequence"] == row["listing_sequence"]
            and searches[row["saved_search_id"]]["sequence"] == row["search_sequence"]
        }

    def truth(self) -> dict[tuple[str, str], str]:
        """(listing, search) -> kind by asking the function about every pair that is stored."""
        world = World(now().date())
        listings = [as_listing(d) for d in self._documents("listings").values()]
        searches = [as_search(d) for d in self._documents("searches").values() if not d["removed"]]
        kinds = {(li.id, s.id): evaluate(s, li, world).kind for li in listings for s in searches}
        return {pair: kind for pair, kind in kinds.items() if kind in STARS}

    def rows(self) -> int:
        """How many match rows there are, current or not."""
        return self.room.db.matches.count_documents({"agency_id": self.agency})

    def found(self) -> list[tuple[str, str, str]]:
        """(search, kind, entered by) of every match told so far."""
        events = [e["data"] for e in self.told if e["type"] == "matching.matches.found"]
        return [(m["saved_search_id"], m["kind"], data["entered_by"]) for data in events for m in data["matches"]]

    def lost(self) -> list[tuple[str, str]]:
        """(listing, search) of every pair told as lost so far."""
        events = [e["data"] for e in self.told if e["type"] == "matching.matches.lost"]
        return [(data["listing_id"], pair["saved_search_id"]) for data in events for pair in data["pairs"]]

    def page(self, path: str, **query: Any) -> Any:
        """A GET under /v1 that must succeed."""
        headers = query.pop("headers", {})
        answer = self.room.call("GET", f"/v1/{path}", agency=self.agency, query_string=query, headers=headers)
        assert answer.status_code == 200, answer.json
        return answer.json

    def _documents(self, collection: str) -> dict[str, dict[str, Any]]:
        return {d["_id"]: d for d in self.room.db[collection].find({"agency_id": self.agency})}
