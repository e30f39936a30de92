"""Saved searches; they are replaced, never deleted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import cast

from services.matching.model import SavedSearch
from services.matching.store.documents import SearchAlerts, SearchDocument
from services.matching.store.versioned import VersionedStore
from shared.errors import NotFound
from shared.messaging import outbox
from shared.storage.mongo import Document
from shared.storage.paging import Page

# The fields that are read for a slice of many searches; the sentences are usually cached already.
ALERT_FIELDS = ("sequence", "name", "alerts", "alert_possible", "valid_until", "wordings")
_FIELDS = tuple(f.name for f in fields(SavedSearch) if f.name not in ("id", "events", "version"))


class SearchStore(VersionedStore[SearchDocument]):
    """Saved searches; one document each, `sequence` is the version."""

    COLLECTION = "searches"
    THING = "saved search"

    def get(self, search_id: str) -> SavedSearch:
        """One search; NotFound when it is missing, removed or another agency's."""
        return from_document(cast("Document", self.get_document(search_id)))

    def get_document(self, search_id: str) -> SearchDocument:
        """One search as stored; NotFound when it is missing, removed or another agency's."""
        document = self.document_or_tombstone(search_id)
        if document["removed"]:
            raise NotFound(f"There is no {self.THING} with this id.")
        return document

    def document_or_tombstone(self, search_id: str) -> SearchDocument:
        """One search as stored, also a removed one; NotFound when it is missing or another agency's."""
        return cast("SearchDocument", self.document(search_id))

    def alerts_by_ids(self, ids: Iterable[str]) -> dict[str, SearchAlerts]:
        """The fields of these searches that events carry, without their wishes."""
        return {one["_id"]: cast("SearchAlerts", one) for one in self.some(ids, ALERT_FIELDS)}

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

    def documents_of(self, contact_id: str) -> list[SearchDocument]:
        """The documents of a person's searches that are still there."""
        documents = self.rows.find(self.own(contact_id=contact_id, removed=False)).sort("_id", 1)
        return [cast("SearchDocument", one) for one in documents]

    def read_with_older(self, vocabulary: int, limit: int) -> list[SavedSearch]:
        """Searches that were interpreted with an older vocabulary."""
        query = self.own(vocabulary={"$lt": vocabulary}, removed=False)
        return [from_document(d) for d in self.rows.find(query).limit(limit)]

    def list(self, query: Document, limit: int, cursor: str | None) -> Page:
        """A page of searches, newest first."""
        page = self.page(query | {"removed": False}, limit, cursor)
        return Page([from_document(d) for d in page.items], page.next_cursor)


def to_document(search: SavedSearch) -> Document:
    """The document of a search; `sequence` repeats the version for those who follow both collections."""
    document = {"_id": search.id} | {name: getattr(search, name) for name in _FIELDS}
    return document | {"version": search.version, "sequence": search.version}


def from_document(document: Document) -> SavedSearch:
    """The search of a document."""
    known = {name: document[name] for name in _FIELDS if name in document}
    return SavedSearch(id=document["_id"], version=document["version"], **known)
