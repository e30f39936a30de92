"""The context that decides about a slice of pairs, read in one round trip inside the slice's own transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from services.matching.store.contacts import ContactStore
from services.matching.store.crossings import CrossingStore, key_of
from services.matching.store.documents import ListingDocument, MatchRow, SearchDocument
from services.matching.store.feedback import OPINION_FIELDS, FeedbackStore, Opinions, opinions_in
from services.matching.store.matches import MatchStore, rows_by_id
from services.matching.store.sides import LISTING, SEARCH, RowSide
from shared.storage.mongo import Document, Query, gather


@dataclass(frozen=True)
class SliceContext:
    """Existing rows, each person's language, opinions of the listings, and rows of older versions.

    `is_under_way` says whether a longer crossing of the same listing or search is running.
    """

    known: dict[str, MatchRow]
    languages: dict[str, str]
    opinions: Opinions
    outdated: list[MatchRow]
    is_under_way: bool


def context_of_listing(
    matches: MatchStore, listing: ListingDocument, pairs: Iterable[str], contacts: Iterable[str], most_outdated: int
) -> SliceContext:
    """The context of these pairs of a listing; each document that it reads is small."""
    about = {"listing_id": listing["_id"]}
    return _read(matches, LISTING, listing, about, pairs, contacts, most_outdated)


def context_of_search(
    matches: MatchStore, search: SearchDocument, pairs: Iterable[str], contacts: Iterable[str], most_outdated: int
) -> SliceContext:
    """The context of these pairs of a search."""
    about = {"contact_id": search["contact_id"]}
    return _read(matches, SEARCH, search, about, pairs, contacts, most_outdated)


def _read(
    matches: MatchStore,
    side: RowSide,
    crossed: ListingDocument | SearchDocument,
    about: Document,
    pairs: Iterable[str],
    contacts: Iterable[str],
    most_outdated: int,
) -> SliceContext:
    own, subject = matches.own, crossed["_id"]
    older = own(**{side.id_field: subject, side.stamp: {"$lt": crossed["sequence"]}})
    documents = gather(
        matches.db,
        {
            "known": Query(MatchStore.COLLECTION, own(_id={"$in": list(pairs)})),
            "contacts": Query(ContactStore.COLLECTION, own(_id={"$in": list(contacts)}), ("language",)),
            "opinions": Query(FeedbackStore.COLLECTION, own(**about), OPINION_FIELDS),
            "outdated": Query(MatchStore.COLLECTION, older, most=most_outdated),
            "crossings": Query(CrossingStore.COLLECTION, {"_id": key_of(side, subject)}, ("_id",)),
        },
    )
    return SliceContext(
        rows_by_id(documents["known"]),
        {contact["_id"]: contact.get("language", "en") for contact in documents["contacts"]},
        opinions_in(documents["opinions"]),
        cast("list[MatchRow]", documents["outdated"]),
        bool(documents["crossings"]),
    )
