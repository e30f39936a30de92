"""People's opinions of listings (RESO ContactListings): one document for each person and listing, with its history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from typing import Any, NamedTuple

from services.matching.model import Feedback
from shared.messaging import outbox
from shared.storage.mongo import Document, Store
from shared.storage.paging import Page

_FIELDS = tuple(one.name for one in fields(Feedback) if one.name != "events")
OPINION_FIELDS = ("contact_id", "listing_id", "version", "preference")
Pair = tuple[str, str]


class OpinionVersion(NamedTuple):
    """The version of one person's opinion of one listing, and whether it is a discard."""

    version: int
    is_discarded: bool


NO_OPINION = OpinionVersion(0, False)
# By contact and listing.
Opinions = Mapping[Pair, OpinionVersion]


class FeedbackStore(Store):
    """Opinions by person or by listing; the newest state with its history."""

    COLLECTION = "contact_listings"
    THING = "opinion"

    def get(self, contact_id: str, listing_id: str) -> Feedback | None:
        """A person's opinion of a listing, if any."""
        document = self.rows.find_one(self.own(_id=self._key(contact_id, listing_id)))
        return from_document(document) if document else None

    def on(self, contact_id: str, listing_ids: Iterable[str]) -> list[Feedback]:
        """A person's opinions of these listings, views included."""
        keys = [self._key(contact_id, listing_id) for listing_id in listing_ids]
        return [from_document(one) for one in self.rows.find(self.own(_id={"$in": keys}))]

    def save(self, feedback: Feedback) -> None:
        """Write a new version, with its event."""
        key = self._key(feedback.contact_id, feedback.listing_id)
        document = {"_id": key, **asdict(feedback)}
        if feedback.version == 1:
            self.insert(document)
        else:
            self.replace(document, feedback.version - 1)
        subject = f"{feedback.contact_id}:{feedback.listing_id}"
        about = ("contact_id", "listing_id", "preference", "reason", "viewed")
        data = {name: getattr(feedback, name) for name in about}
        outbox.record(self.db, "matching", "matching.feedback.given", self.agency_id, subject, feedback.version, data)

    def page_of(self, contact_id: str, preference: str | None, limit: int, cursor: str | None) -> Page:
        """A page of a person's opinions, in the order of the listings' ids."""
        return self._page({"contact_id": contact_id}, preference, limit, cursor)

    def page_of_home(self, listing_id: str, preference: str | None, limit: int, cursor: str | None) -> Page:
        """A page of the opinions of one listing, in the order of the people's ids."""
        return self._page({"listing_id": listing_id}, preference, limit, cursor)

    def newest(self, contact_id: str, limit: int) -> list[Feedback]:
        """A person's newest opinions that say yes or no, oldest first."""
        query = self.own(contact_id=contact_id, preference={"$ne": None})
        documents = self.rows.find(query).sort([("changed_at", -1), ("_id", 1)]).limit(limit)
        return [from_document(one) for one in documents][::-1]

    def versions(self, by: str, subject: str) -> Opinions:
        """The versions of all opinions of one person, or about one listing."""
        return opinions_in(self.rows.find(self.own(**{by: subject}), dict.fromkeys(OPINION_FIELDS, 1)))

    def discards(self, by: str, subject: str) -> frozenset[Pair]:
        """The (contact, listing) pairs that were discarded."""
        pair = {"contact_id": 1, "listing_id": 1}
        documents = self.rows.find(self.own(**{by: subject}, preference="discard"), pair)
        return frozenset((one["contact_id"], one["listing_id"]) for one in documents)

    def discards_of(self, listing_ids: Iterable[str]) -> frozenset[Pair]:
        """The (contact, listing) pairs of these listings that were discarded."""
        query = self.own(listing_id={"$in": list(listing_ids)}, preference="discard")
        return frozenset((one["contact_id"], one["listing_id"]) for one in self.rows.find(query))

    def erase(self, contact_id: str) -> None:
        """Delete all opinions of a person."""
        self.rows.delete_many(self.own(contact_id=contact_id))

    def _page(self, query: Document, preference: str | None, limit: int, cursor: str | None) -> Page:
        page = self.page(query | ({"preference": preference} if preference else {}), limit, cursor)
        return Page([from_document(one) for one in page.items], page.next_cursor)

    def _key(self, contact_id: str, listing_id: str) -> str:
        return f"{self.agency_id}/{contact_id}/{listing_id}"


def opinions_in(documents: Iterable[Document]) -> Opinions:
    """The versions of stored opinions; OPINION_FIELDS are enough for it."""
    return {
        (one["contact_id"], one["listing_id"]): OpinionVersion(one["version"], one["preference"] == "discard")
        for one in documents
    }


def from_document(document: Document) -> Feedback:
    """The opinion of a document."""
    known: dict[str, Any] = {name: document[name] for name in _FIELDS if name in document}
    return Feedback(**known)
