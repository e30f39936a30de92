"""Listings in MongoDB: documents, the ledger and queries."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from pymongo import IndexModel
from pymongo.errors import BulkWriteError

from services.properties.codes import REFERENCE_TAKEN
from services.properties.model import LEDGERED, Change, Listing
from shared.errors import Conflict
from shared.http.schemas import to_major
from shared.messaging import outbox
from shared.messaging.event import now
from shared.running.context import new_id
from shared.storage.mongo import Duplicate, Projection, Store
from shared.storage.paging import Page

_FIELDS = tuple(f.name for f in fields(Listing) if f.name not in ("id", "changes"))
DUPLICATE_KEY = 11000
ORDERS = {"newest": ("_id", True), "price": ("list_price", False), "-price": ("list_price", True)}
MOST_PHOTOS = 12  # photos in an event; the listing itself has all of them
FACETS = ("standard_status", "transaction", "property_sub_type")
PRIVATE = frozenset({"agency_id", "version", "private_remarks", "photos", "created_at", "changed_at"})


class ListingStore(Store):
    """One agency's listings; saving writes listing, ledger and event in one transaction."""

    COLLECTION = "listings"
    THING = "listing"

    def get(self, listing_id: str) -> Listing:
        """One listing; NotFound when it is missing or another agency's."""
        return from_document(self.document(listing_id))

    def by_references(self, references: Iterable[str]) -> dict[str, Listing]:
        """The listings with these references of the agency's own, by reference."""
        # the index is used only when the query repeats its partial condition
        named = {"$in": list(references), "$type": "string"}
        return {found["listing_id"]: from_document(found) for found in self.rows.find(self.own(listing_id=named))}

    def save(self, listing: Listing, expected_version: int | None = None, by: str = "") -> None:
        """Write the pending changes, if any; PreconditionFailed when another change was faster."""
        if expected_version is not None:
            self.at_version(listing.version, expected_version)
        self.save_all([listing], by)

    def save_all(self, listings: Iterable[Listing], by: str = "") -> None:
        """Write the pending changes of different listings; new ones in one bulk write."""
        new, lines, events = [], [], []
        for listing in listings:
            if (type_ := listing.event_type()) is None:
                continue
            before, listing.version, listing.changed_at = listing.version, listing.version + 1, now()
            if before == 0:
                listing.created_at = listing.changed_at
                new.append(to_document(listing))
            else:
                self._replace(listing, before)
            lines += self._lines(listing, by)
            about = (self.agency_id, listing.id, listing.version)
            events.append(outbox.row_of("properties", type_, *about, to_wire(listing)))
            listing.changes = []
        self._insert(new)
        if lines:
            self.db.ledger.insert_many(lines)
        outbox.record_all(self.db, events)

    def history(self, listing_id: str) -> list[dict[str, Any]]:
        """The ledger of one listing, oldest first."""
        return list(self.db.ledger.find(self.own(listing=listing_id)).sort("_id", 1))

    def search(self, query: dict[str, Any], limit: int, cursor: str | None, sort: str) -> Page:
        """A page of listings that match the filters (see `criteria`)."""
        page = self.page(criteria(query), limit, cursor, *ORDERS[sort])
        return Page([from_document(d) for d in page.items], page.next_cursor)

    def counts(self, query: dict[str, Any]) -> dict[str, dict[str, int]]:
        """For each choice of FACETS, how many listings match it and all other filters, among those that state it."""
        others = criteria({name: value for name, value in query.items() if name not in FACETS})
        groups = {"$group": {"_id": {name: f"${name}" for name in FACETS}, "n": {"$sum": 1}}}
        rows = list(self.rows.aggregate([{"$match": self.own(**others)}, groups]))
        return {name: _facet(name, rows, query) for name in FACETS}

    def owned_by(self, contact_id: str) -> list[Listing]:
        """The listings of an owner."""
        return [from_document(d) for d in self.rows.find(self.own(owner_contact_ids=contact_id))]

    def _insert(self, documents: list[dict[str, Any]]) -> None:
        if documents:
            with _one_reference():
                self.rows.insert_many(documents)

    def _replace(self, listing: Listing, before: int) -> None:
        with _one_reference():
            self.replace(to_document(listing), before)

    def _lines(self, listing: Listing, by: str) -> list[dict[str, Any]]:
        lines = [change for change in listing.changes if change.field in LEDGERED]
        if listing.version == 1:
            lines = [Change(name, None, getattr(listing, name)) for name in ("list_price", "standard_status")]
        about: dict[str, Any] = {"agency_id": self.agency_id, "listing": listing.id, "currency": listing.currency}
        about |= {"by": by, "at": listing.changed_at, "version": listing.version}
        return [{"_id": new_id(), **asdict(line), **about} for line in lines]


@contextmanager
def _one_reference() -> Iterator[None]:
    """Turn a clash of references into a Conflict that names the field."""
    try:
        yield
    except (Duplicate, BulkWriteError) as error:
        if isinstance(error, BulkWriteError) and error.details["writeErrors"][0]["code"] != DUPLICATE_KEY:
            raise
        taken = {"listing_id": [REFERENCE_TAKEN()]}
        raise Conflict("There is already a listing with this reference.", taken) from None


class AgencyStore(Projection):
    """The agencies as the gateway published them: the defaults of their listings."""

    COLLECTION = "agencies"
    THING = "agency"

    def currency(self) -> str | None:
        """The agency's own currency, once known."""
        found = self.rows.find_one({"_id": self.agency_id}, {"currency": 1})
        return found["currency"] if found else None


INDEXES: dict[str, list[IndexModel]] = {
    "listings": [
        IndexModel([("agency_id", 1), ("_id", -1)]),
        IndexModel([("agency_id", 1), ("standard_status", 1), ("list_price", 1), ("_id", 1)]),
        # the counts beside the filters are read from this index alone
        IndexModel([("agency_id", 1), ("standard_status", 1), ("transaction", 1), ("property_sub_type", 1)]),
        IndexModel([("agency_id", 1), ("city", 1)]),
        IndexModel([("agency_id", 1), ("owner_contact_ids", 1)]),
        IndexModel(
            [("agency_id", 1), ("listing_id", 1)],
            unique=True,
            partialFilterExpression={"listing_id": {"$type": "string"}},
        ),
    ],
    "ledger": [IndexModel([("agency_id", 1), ("listing", 1), ("_id", 1)])],
    "agencies": [],
}


def criteria(query: dict[str, Any]) -> dict[str, Any]:
    """A MongoDB query from checked filters; every text is escaped."""
    found: dict[str, Any] = {}
    for name in ("standard_status", "transaction", "property_sub_type", "city"):
        if query.get(name) is not None:
            found[name] = query[name]
    if query.get("listing_id") is not None:
        found["listing_id"] = {"$eq": query["listing_id"], "$type": "string"}
    for name, field_name, sign in (
        ("list_price_min", "list_price", "$gte"),
        ("list_price_max", "list_price", "$lte"),
        ("bedrooms_min", "bedrooms_total", "$gte"),
        ("living_area_min", "living_area", "$gte"),
    ):
        if query.get(name) is not None:
            found.setdefault(field_name, {})[sign] = query[name]
    if query.get("q"):
        pattern = {"$regex": re.escape(query["q"]), "$options": "i"}
        found["$or"] = [{name: pattern} for name in ("listing_id", "street_name", "city", "postal_code")]
    return found


def _facet(name: str, rows: list[dict[str, Any]], query: dict[str, Any]) -> dict[str, int]:
    """The counts of one choice, over groups that match the other choices."""
    chosen = {other: query[other] for other in FACETS if other != name and query.get(other) is not None}
    found: Counter[str] = Counter()
    for row in rows:
        if row["_id"].get(name) is not None and all(row["_id"].get(other) == value for other, value in chosen.items()):
            found[row["_id"][name]] += row["n"]
    return dict(found)


def to_document(listing: Listing) -> dict[str, Any]:
    """The document of a listing."""
    return {"_id": listing.id} | {name: getattr(listing, name) for name in _FIELDS}


def from_document(document: dict[str, Any]) -> Listing:
    """The listing of a document."""
    return Listing(id=document["_id"], **{name: document[name] for name in _FIELDS if name in document})


def to_wire(listing: Listing) -> dict[str, Any]:
    """The whole public state, as events carry it: money in major units, times as text."""
    wire = {name: getattr(listing, name) for name in _FIELDS if name not in PRIVATE}
    photos = [{"url": photo["url"], "alt": photo.get("alt")} for photo in listing.photos[:MOST_PHOTOS]]
    return {
        "id": listing.id,
        **wire,
        "list_price": _major(listing.list_price),
        "previous_list_price": _major(listing.previous("list_price")),
        "previous_status": listing.previous("standard_status"),
        "photo": photos[0] if photos else None,
        "photos": photos,
        "activated_at": _text(listing.activated_at),
    }


def _major(minor: int | None) -> int | float | None:
    return None if minor is None else to_major(minor)


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat().replace("+00:00", "Z")
