"""An agency's own words and places, and the cities of its listings that the built-in list lacks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from pymongo import ReturnDocument
from pymongo.database import Database

from services.matching.model import WORD_LISTS
from shared.messaging.event import now
from shared.storage.mongo import Document, Query, Store, gather

LEASE = timedelta(seconds=30)
EMPTY: Document = {"version": 0, "changed_at": None, **{name: {} for name in WORD_LISTS}}


class VocabularyStore(Store):
    """One document an agency; `pending` while stored records still have to be interpreted with its newest words."""

    COLLECTION = "vocabularies"
    THING = "vocabulary"

    def get(self) -> Document:
        """The agency's words, empty at version 0 where it has none."""
        document = self.rows.find_one(self.own(_id=self.agency_id))
        return _to_app(document) if document else EMPTY

    def with_cities(self) -> tuple[Document, list[str]]:
        """The agency's words and the cities of its homes, read at once."""
        mine = self.own(_id=self.agency_id)
        documents = gather(self.db, {name: Query(name, mine) for name in (self.COLLECTION, CityStore.COLLECTION)})
        (words, cities) = (rows[0] if rows else None for rows in documents.values())
        return _to_app(words) if words else EMPTY, list(cities["names"]) if cities else []

    def version(self) -> int:
        """The version alone."""
        document = self.rows.find_one(self.own(_id=self.agency_id), {"version": 1})
        return int(document["version"]) if document else 0

    def save(self, words: Document) -> Document:
        """Replace all words; the worker then interprets stored records anew."""
        state = {"version": self.version() + 1, "changed_at": now(), "pending": True, "due": now()}
        # words may hold dots, which keys of a document should not
        lists = {name: [list(pair) for pair in words[name].items()] for name in WORD_LISTS}
        self.rows.replace_one({"_id": self.agency_id}, self.own(**state, **lists), upsert=True)
        return words | state

    def done(self, version: int) -> None:
        """Record that everything stored was interpreted with this version."""
        query = self.own(_id=self.agency_id, version=version)
        self.rows.update_one(query, {"$set": {"pending": False}})

    def go_on(self) -> None:
        """Make the next turn due at once, since more is left to do."""
        self.rows.update_one(self.own(_id=self.agency_id), {"$set": {"due": now()}})


def claim(db: Database[Any]) -> Document | None:
    """Claim the vocabulary that has waited longest, of any agency, for a while."""
    document: Document | None = db[VocabularyStore.COLLECTION].find_one_and_update(
        {"pending": True, "due": {"$lte": now()}},
        {"$set": {"due": now() + LEASE}},
        sort=[("due", 1)],
        return_document=ReturnDocument.AFTER,
    )
    return document


class CityStore(Store):
    """Cities of an agency's listings that the built-in list lacks; one document an agency."""

    COLLECTION = "towns"
    THING = "city"

    def names(self) -> list[str]:
        """The cities, oldest first."""
        document = self.rows.find_one(self.own(_id=self.agency_id))
        return list(document["names"]) if document else []

    def add(self, name: str) -> None:
        """Add a city."""
        change = {"$addToSet": {"names": name}, "$setOnInsert": {"agency_id": self.agency_id}}
        self.rows.update_one({"_id": self.agency_id}, change, upsert=True)


def _to_app(document: Document) -> Document:
    return document | {name: dict(document.get(name) or []) for name in WORD_LISTS}
