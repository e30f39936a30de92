"""Everything that decides whether one may write to somebody, gathered at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from services.notifications.delivery.model import CHANNEL, LETTER_PURPOSES, PURPOSE, Person
from services.notifications.delivery.store import ALERTS, DECIDES, DeliveryStore, PairStore, Rows, consent_id, first
from shared.contracts.leads import ContactReachable
from shared.http.links import address_print
from shared.messaging.event import now
from shared.storage.mongo import Document, Query, gather


@dataclass(frozen=True)
class Around:
    """What surrounds a delivery: its person, the home's status, the agency and the pairs that it tells of."""

    person: Person
    home: Document | None
    agency: Document | None
    pairs: Rows


@dataclass(frozen=True)
class Audience:
    """Whom matches of a home concern: the people, the pairs as last told (by search), deliveries of the same key (by
    key), and alerts of the home that have not left yet."""

    people: dict[str, Person]
    pairs: Rows
    known: dict[str, Document]
    open: Rows


class PeopleStore:
    """Everything that decides whether one may write to somebody, read together."""

    def __init__(self, db: Any, key: str) -> None:
        self.db, self.key = db, key

    def of(self, agency_id: str, contact_ids: Iterable[str]) -> dict[str, Person]:
        """What is known of each of these people."""
        ids = list(contact_ids)
        return self.among(gather(self.db, self.queries(agency_id, ids)), ids)

    def queries(self, agency_id: str, ids: list[str]) -> dict[str, Query]:
        """What to gather for `among`."""
        people = {"agency_id": agency_id, "_id": {"$in": ids}}
        keys = [consent_id(i, purpose, CHANNEL) for i in ids for purpose in LETTER_PURPOSES]
        return {
            "contacts": Query("contacts", people),
            "reachable": Query("reachable", people, beside=("suppressions", "address_print")),
            "consents": Query("consents", people | {"_id": {"$in": keys}}),
        }

    def among(self, found: dict[str, Rows], ids: list[str]) -> dict[str, Person]:
        """These people from what was gathered."""
        contacts, reach, consents = ({r["_id"]: r for r in found[n]} for n in ("contacts", "reachable", "consents"))
        return {
            i: Person(
                contacts.get(i),
                reach.get(i),
                consents.get(consent_id(i, PURPOSE, CHANNEL)),
                i in reach and bool(reach[i]["suppressions"]),
                consents.get(consent_id(i, "service", CHANNEL)),
            )
            for i in ids
        }

    def audience(self, agency_id: str, listing_id: str, search_ids: Iterable[str], keys: Mapping[str, str]) -> Audience:
        """Everything that decides what becomes of matches, read at once; `keys` of the deliveries are by contact."""
        ids, deliveries = list(keys), DeliveryStore(self.db, agency_id)
        alerts = deliveries.own(listing_id=listing_id, contact_id={"$in": ids}, **ALERTS)
        queries = self.queries(agency_id, ids) | {
            "pairs": Query("pairs", PairStore(self.db, agency_id).query(listing_id, search_ids)),
            "known": Query("deliveries", deliveries.own(_id={"$in": list(keys.values())}), DECIDES),
            "open": Query("deliveries", alerts, DECIDES),
        }
        found = gather(self.db, queries)
        known = {row["_id"]: row for row in found["known"]}
        return Audience(self.among(found, ids), found["pairs"], known, found["open"])

    def around(self, row: Document) -> Around:
        """Everything that decides on a delivery and stands in its mail, read at once."""
        agency_id, ids = row["agency_id"], [row["contact_id"]]
        mine = {"agency_id": agency_id}
        besides = {
            "pairs": PairStore(self.db, agency_id).query(row["listing_id"], row["matches"]),
            "listings": mine | {"_id": row["listing_id"]},
            "agencies": mine | {"_id": agency_id},
        }
        queries = self.queries(agency_id, ids) | {name: Query(name, where) for name, where in besides.items()}
        found = gather(self.db, queries)
        person = self.among(found, ids)[row["contact_id"]]
        return Around(person, first(found["listings"]), first(found["agencies"]), found["pairs"])

    def suppress(self, address: str, reason: str) -> None:
        """Never write to this address again; only its HMAC is kept."""
        row = {"reason": reason[:200], "at": now()}
        self.db.suppressions.update_one({"_id": address_print(self.key, address)}, {"$setOnInsert": row}, upsert=True)

    def fingerprint(self, person: ContactReachable) -> str:
        """The HMAC of a person's address, or nothing."""
        address = person.addresses.get(CHANNEL)
        return address_print(self.key, address.value) if address else ""
