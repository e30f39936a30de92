"""MongoDB of matching: searches and listings (replaced, never deleted), matches with stamps, crossings under way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import timedelta
from typing import Any

from pymongo import IndexModel, ReplaceOne, ReturnDocument
from pymongo.read_concern import ReadConcern

from services.matching.model import SavedSearch, stamp
from shared.errors import Invalid, NotFound
from shared.messaging import outbox
from shared.messaging.event import now
from shared.storage.mongo import Document, Duplicate, Projection, Store
from shared.storage.paging import Page, read_cursor, write_cursor

_FIELDS = tuple(f.name for f in fields(SavedSearch) if f.name not in ("id", "events", "version"))
LEASE = timedelta(seconds=30)
MILLISECOND = timedelta(milliseconds=1)


class Overtaken(Exception):
    """Something newer is stored already."""


class Held(Store):
    """What is crossed: while matches of one version are being written, no newer version is stored."""

    def hold(self, document_id: str, sequence: int) -> Document | None:
        """The document, if this is the stored version; whoever stores another one waits for the open transaction."""
        query = self.own(_id=document_id, sequence=sequence)
        found: Document | None = self.rows.find_one_and_update(query, {"$inc": {"held": 1}})
        return found

    def stored(self, document_id: str, sequence: int) -> Document | None:
        """The document, if this is the stored version; whoever writes because of it holds it before the end."""
        return self.rows.find_one(self.own(_id=document_id, sequence=sequence))

    def by_ids(self, ids: Iterable[str], wanted: Iterable[str] | None = None) -> dict[str, Document]:
        """Documents by id, removed ones too; whole, or the wanted fields of them."""
        every = list(ids)
        # all in one answer, which else holds a hundred
        found = self.rows.find(self.own(_id={"$in": every}), wanted, batch_size=len(every) + 1)
        return {document["_id"]: document for document in found}


class SearchStore(Held):
    """Saved searches; one document each, `sequence` is the version."""

    COLLECTION = "searches"
    THING = "saved search"

    def get(self, search_id: str) -> SavedSearch:
        """One search; NotFound when it is missing, removed or another agency's."""
        search = from_document(self.document(search_id))
        if search.removed:
            raise NotFound(f"There is no {self.THING} with this id.")
        return search

    def save(self, search: SavedSearch, expected_version: int | None = None) -> None:
        """Write the search over the version that was read, with its events."""
        before = search.version - len(search.events)
        if expected_version is not None:
            self.at_version(before, expected_version)
        document = to_document(search)
        if before == 0:
            self.insert(document)
        else:
            self.replace(document | {"version": search.version}, before)
        for type_ in search.events:
            data = {"contact_id": search.contact_id} if search.removed else search.to_wire()
            outbox.record(self.db, "matching", type_, self.agency_id, search.id, search.version, data)
        search.events = []

    def of_contact(self, contact_id: str) -> list[SavedSearch]:
        """Every search of a person that is still there."""
        return [from_document(d) for d in self.rows.find(self.own(contact_id=contact_id, removed=False))]

    def everything(self) -> Iterator[Document]:
        """Every search of every agency, for the index."""
        return _as_a_majority_has_it(self.rows)

    def is_removed(self, search_id: str) -> bool:
        """Whether nothing is left of the search but its tombstone."""
        return self.rows.find_one(self.own(_id=search_id, removed=True), {"_id": 1}) is not None

    def documents_of(self, contact_id: str) -> list[Document]:
        """The documents of a person's searches that are still there."""
        return list(self.rows.find(self.own(contact_id=contact_id, removed=False)).sort("_id", 1))

    def read_with_older(self, vocabulary: int, limit: int) -> list[SavedSearch]:
        """Searches whose words were read with an older vocabulary."""
        query = self.own(vocabulary={"$lt": vocabulary}, removed=False)
        return [from_document(d) for d in self.rows.find(query).limit(limit)]

    def list(self, query: Document, limit: int, cursor: str | None) -> Page:
        """A page of searches, newest first."""
        page = self.page(query | {"removed": False}, limit, cursor)
        return Page([from_document(d) for d in page.items], page.next_cursor)


class ListingStore(Held, Projection):
    """Listings as properties tells them: {told, vocabulary, sequence, wire, resolved}; see `model.stamp`."""

    COLLECTION = "listings"
    THING = "listing"

    def take(self, listing_id: str, state: Document, told: int, vocabulary: int) -> None:
        """Keep this state; raises Overtaken, which ends the open transaction, where a newer one was told."""
        about = {"told": told, "vocabulary": vocabulary, "sequence": stamp(told, vocabulary)}
        older = self.own(_id=listing_id, told={"$lte": told})
        try:
            self.rows.replace_one(older, self.own(**state, **about), upsert=True)
        except Duplicate:
            raise Overtaken from None

    def read_with_older(self, vocabulary: int, limit: int) -> list[Document]:
        """Listings whose words were read with an older vocabulary."""
        return list(self.rows.find(self.own(vocabulary={"$lt": vocabulary})).limit(limit))

    def read_anew(self, document: Document) -> None:
        """Write a listing as it is read now."""
        self.rows.replace_one(self.own(_id=document["_id"]), document)

    def everything(self) -> Iterator[Document]:
        """Every listing of every agency, for the index."""
        return _as_a_majority_has_it(self.rows)


class ContactStore(Projection):
    """What matching must know of people: their language; an erased one leaves a tombstone."""

    COLLECTION = "contacts"
    THING = "contact"

    def keep(self, document_id: str, data: Document, sequence: int) -> bool:
        """Keep the newest state, unless the person was erased."""
        if self.is_erased(document_id):
            return False
        return super().keep(document_id, data, sequence)

    def is_erased(self, contact_id: str) -> bool:
        """Whether the person wished to be forgotten."""
        return self.rows.find_one({"_id": contact_id, "erased": True}, {"_id": 1}) is not None

    def erase(self, contact_id: str, sequence: int) -> None:
        """Leave a tombstone, whatever version was known."""
        row = self.own(erased=True, sequence=sequence)
        self.rows.replace_one(self.own(_id=contact_id), row, upsert=True)

    def may_be_ours(self, contact_id: str) -> None:
        """Refuse a person who is known to be erased or another agency's; one not heard of yet may still come."""
        found = self.rows.find_one({"_id": contact_id}, {"agency_id": 1, "erased": 1})
        if found and (found["agency_id"] != self.agency_id or found.get("erased")):
            sentence = "There is no contact with this id."
            raise Invalid(sentence, {"contact_id": [sentence]})

    def languages(self, ids: Iterable[str]) -> dict[str, str]:
        """The language of each person known."""
        found = self.rows.find(self.own(_id={"$in": list(ids)}), {"language": 1})
        return {d["_id"]: d.get("language", "en") for d in found}


class AgencyStore(Projection):
    """An agency's defaults."""

    COLLECTION = "agencies"
    THING = "agency"


class MatchStore(Store):
    """Pairs that meet, keyed by the pair; a row counts only while its stamps are the current versions."""

    COLLECTION = "matches"
    THING = "match"

    def existing(self, ids: Iterable[str]) -> dict[str, Document]:
        """Rows by pair id."""
        return {d["_id"]: d for d in self.rows.find(self.own(_id={"$in": list(ids)}))}

    def rows_of_listing(self, listing_id: str) -> dict[str, Document]:
        """Every row of a listing by pair id, current or not."""
        return {row["_id"]: row for row in self.rows.find(self.own(listing_id=listing_id))}

    def put(self, rows: list[Document], known: dict[str, Document]) -> None:
        """Insert what is new, replace what is known by stamps at least as new in both."""
        new = [row for row in rows if row["_id"] not in known]
        if new:
            self.rows.insert_many([self.own(**row) for row in new])
        changes = [self._over(row) for row in rows if row["_id"] in known]
        if changes:
            self.rows.bulk_write(changes, ordered=False)

    def _over(self, row: Document) -> ReplaceOne[Document]:
        older = {name: {"$lte": row[name]} for name in ("listing_sequence", "search_sequence")}
        return ReplaceOne(self.own(_id=row["_id"], **older), self.own(**row))

    def drop(self, ids: Iterable[str]) -> None:
        """Delete rows by pair id."""
        self.rows.delete_many(self.own(_id={"$in": list(ids)}))

    def counts(self, side: str, subjects: Mapping[str, int]) -> dict[str, dict[str, int]]:
        """Current rows by kind of listings or searches, each at its sequence."""
        id_field, stamp = SIDES[side]
        other_collection, other_id, other_stamp = OTHERS[side]
        mine = [self.own(**{id_field: subject, stamp: sequence}) for subject, sequence in subjects.items()]
        rows = list(self.rows.find({"$or": mine}, {"kind": 1, id_field: 1, other_id: 1, other_stamp: 1}))
        others = self.db[other_collection].find({"_id": {"$in": [row[other_id] for row in rows]}}, {"sequence": 1})
        current = {(other["_id"], other["sequence"]) for other in others}
        kinds = Counter((row[id_field], row["kind"]) for row in rows if (row[other_id], row[other_stamp]) in current)
        return {one: {kind: kinds[one, kind] for kind in ("match", "possible", "near")} for one in subjects}

    def best(self, side: str, subject: str, sequence: int, kind: str, limit: int, cursor: str | None) -> Page:
        """Current rows of one listing or search, best first: score, confidence, then the pair's id."""
        id_field, stamp = SIDES[side]
        other_collection, other_id, other_stamp = OTHERS[side]
        query = self.own(**{id_field: subject, stamp: sequence, "kind": kind})
        after = _worse_than(cursor)
        still = {"$and": [{"$expr": {"$eq": ["$_id", "$$id"]}}, {"$expr": {"$eq": ["$sequence", "$$sequence"]}}]}
        pipeline: list[Document] = [
            {"$match": {"$and": [query, after]}},
            {"$sort": {"score": -1, "confidence": -1, "_id": 1}},
            {
                "$lookup": {
                    "from": other_collection,
                    "let": {"id": f"${other_id}", "sequence": f"${other_stamp}"},
                    "pipeline": [{"$match": still}],
                    "as": "other",
                }
            },
            {"$match": {"other": {"$ne": []}}},
            {"$limit": limit + 1},
        ]
        found = list(self.rows.aggregate(pipeline))
        more, found = len(found) > limit, found[:limit]
        return Page(found, write_cursor(_place(found[-1]), found[-1]["_id"]) if more else None)


class CrossingStore(Store):
    """Crossings too long for one transaction: served in turn, a slice at a time."""

    COLLECTION = "crossings"
    THING = "crossing"

    def begin(self, side: str, subject: str, row: Document) -> None:
        """Leave the rest for later turns; a newer crossing of the same thing takes the place of an older."""
        key = f"{side}:{subject}"
        self.rows.replace_one({"_id": key}, self.own(side=side, subject=subject, due=now(), **row), upsert=True)

    def end(self, side: str, subject: str) -> None:
        """Nothing is left to do."""
        self.rows.delete_one({"_id": f"{side}:{subject}"})

    def agencies(self) -> list[str]:
        """Agencies with a crossing that is due."""
        return sorted(self.rows.distinct("agency_id", {"due": {"$lte": now()}}))

    def claim(self, owner: str) -> Document | None:
        """Take this agency's crossing that waits longest, for a while: longer each time that a claim ended in nothing,
        so that a crossing which ends every process that serves it does so ever more rarely."""
        doubled = {"$multiply": [LEASE // MILLISECOND, {"$pow": [2, {"$min": [{"$ifNull": ["$claims", 0]}, 7]}]}]}
        lease = {
            "owner": owner,
            "due": {"$add": ["$$NOW", doubled]},
            "claims": {"$add": [{"$ifNull": ["$claims", 0]}, 1]},
        }
        found: Document | None = self.rows.find_one_and_update(
            self.own(due={"$lte": now()}), [{"$set": lease}], sort=[("due", 1)], return_document=ReturnDocument.AFTER
        )
        return found

    def go_on(self, crossing: Document, next_: str | None) -> bool:
        """Note how far it came and free it; false when a newer crossing has taken its place."""
        mine = {name: crossing[name] for name in ("_id", "owner", "sequence")}
        change = {"$set": {"next": next_, "due": now(), "owner": None, "claims": 0}}
        return self.rows.update_one(mine, change).matched_count == 1


SIDES = {"listing": ("listing_id", "listing_sequence"), "search": ("saved_search_id", "search_sequence")}
OTHERS = {
    "listing": ("searches", "saved_search_id", "search_sequence"),
    "search": ("listings", "listing_id", "listing_sequence"),
}
_BEST = [("score", -1), ("confidence", -1), ("_id", 1)]
INDEXES = {
    "searches": [
        IndexModel([("agency_id", 1), ("_id", -1)]),
        IndexModel([("agency_id", 1), ("contact_id", 1), ("_id", -1)]),
        IndexModel([("agency_id", 1), ("vocabulary", 1)]),
    ],
    "listings": [IndexModel([("agency_id", 1), ("_id", -1)]), IndexModel([("agency_id", 1), ("vocabulary", 1)])],
    "contacts": [],
    "agencies": [],
    "matches": [
        # one for each side serves its pages, its counts and its sweeping: every row is written into all of them
        IndexModel([("agency_id", 1), ("listing_id", 1), ("listing_sequence", 1), ("kind", 1), *_BEST]),
        IndexModel([("agency_id", 1), ("saved_search_id", 1), ("search_sequence", 1), ("kind", 1), *_BEST]),
    ],
    "crossings": [IndexModel([("agency_id", 1), ("due", 1)])],
    "contact_listings": [
        IndexModel([("agency_id", 1), ("contact_id", 1), ("_id", -1)]),
        IndexModel([("agency_id", 1), ("listing_id", 1)]),
    ],
    "vocabularies": [IndexModel([("pending", 1), ("due", 1)])],
    "towns": [],
}


def _as_a_majority_has_it(rows: Any) -> Iterator[Document]:
    # whatever a change stream will show and this does not, comes after the stream was opened
    yield from rows.with_options(read_concern=ReadConcern("majority")).find()


def to_document(search: SavedSearch) -> Document:
    """The document of a search; `sequence` repeats the version for those who follow both collections."""
    document = {"_id": search.id} | {name: getattr(search, name) for name in _FIELDS}
    return document | {"version": search.version, "sequence": search.version}


def from_document(document: Document) -> SavedSearch:
    """The search of a document."""
    known = {name: document[name] for name in _FIELDS if name in document}
    return SavedSearch(id=document["_id"], version=document["version"], **known)


def _place(row: Document) -> str:
    return f"{row['score']}:{row['confidence']}"


def _worse_than(cursor: str | None) -> Document:
    if not cursor:
        return {}
    place, last_id = read_cursor(cursor)
    score, _, confidence = str(place).partition(":")
    if not (score.isdigit() and confidence.isdigit()):
        raise Invalid("The cursor is not one of ours.", {"cursor": ["Take it unchanged from next_cursor."]})
    level = {"score": int(score), "confidence": int(confidence)}
    return {
        "$or": [
            {"score": {"$lt": level["score"]}},
            {"score": level["score"], "confidence": {"$lt": level["confidence"]}},
            {**level, "_id": {"$gt": last_id}},
        ]
    }
