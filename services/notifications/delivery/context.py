"""The context of deliveries, read together: people, listing status, agency, pairs and earlier deliveries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from services.notifications.agencies.store import AgencyRow
from services.notifications.delivery.model import Decision, Delivery, decide_departure
from services.notifications.delivery.store import DECISIVE, UNSENT_ALERTS, DeliveryStore, from_document
from services.notifications.pairs.model import PairRow, StatusRow
from services.notifications.pairs.store import PairStore
from services.notifications.people.model import Person
from services.notifications.people.store import PeopleStore
from shared.storage.mongo import Query, gather


@dataclass(frozen=True)
class DeliveryContext:
    """The context of one delivery: its person, the listing's status, the agency, and its pairs."""

    person: Person
    status: StatusRow | None
    agency: AgencyRow | None
    pairs: list[PairRow]

    def decide(self, delivery: Delivery) -> Decision:
        """Whether it may still be sent."""
        return decide_departure(delivery, self.person, self.status, self.pairs, self.agency is not None)


@dataclass(frozen=True)
class Audience:
    """The context of a listing's matches: the people, the pairs as last reported (by search), deliveries with the
    same keys (by key), and alerts of the listing that have not been sent yet.
    """

    people: dict[str, Person]
    pairs: dict[str, PairRow]
    known: dict[str, Delivery]
    unsent: list[Delivery]


@dataclass(frozen=True)
class ContextReader:
    """Reads the context of deliveries in one round trip."""

    people: PeopleStore

    def of(self, delivery: Delivery) -> DeliveryContext:
        """Everything that decides about a delivery and appears in its mail."""
        db, agency_id, ids = self.people.db, delivery.agency_id, [delivery.contact_id]
        mine = {"agency_id": agency_id}
        besides = {
            "pairs": PairStore(db, agency_id).query(delivery.listing_id, delivery.matches),
            "listings": mine | {"_id": delivery.listing_id},
            "agencies": mine | {"_id": agency_id},
        }
        queries = {name: Query(name, where) for name, where in besides.items()}
        found = gather(db, self.people.queries(agency_id, ids) | queries)
        return DeliveryContext(
            self.people.among(found, ids)[delivery.contact_id],
            cast(StatusRow | None, next(iter(found["listings"]), None)),
            cast(AgencyRow | None, next(iter(found["agencies"]), None)),
            cast(list[PairRow], found["pairs"]),
        )

    def audience(self, agency_id: str, listing_id: str, search_ids: Iterable[str], keys: Mapping[str, str]) -> Audience:
        """Everything that decides about matches; `keys` of the deliveries are by contact."""
        db, ids = self.people.db, list(keys)
        deliveries = DeliveryStore(db, agency_id)
        unsent = deliveries.own(listing_id=listing_id, contact_id={"$in": ids}, **UNSENT_ALERTS)
        queries = self.people.queries(agency_id, ids) | {
            "pairs": Query("pairs", PairStore(db, agency_id).query(listing_id, search_ids)),
            "known": Query("deliveries", deliveries.own(_id={"$in": list(keys.values())}), DECISIVE),
            "unsent": Query("deliveries", unsent, DECISIVE),
        }
        found = gather(db, queries)
        pairs = cast(list[PairRow], found["pairs"])
        return Audience(
            self.people.among(found, ids),
            {pair["saved_search_id"]: pair for pair in pairs},
            {row["_id"]: from_document(row) for row in found["known"]},
            [from_document(row) for row in found["unsent"]],
        )
