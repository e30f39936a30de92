"""What surrounds a slice of pairs, asked in one round trip inside the slice's own transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from services.matching.store import SIDES, ContactStore, CrossingStore, MatchStore
from services.matching.store.feedback import SAID, FeedbackStore, said_in
from shared.storage.mongo import Document, Query, gather


@dataclass(frozen=True)
class Around:
    """Rows of the pairs as they are, each person's language, what is said of the homes, rows of older versions, and
    whether a longer crossing of the same listing or search is under way."""

    known: dict[str, Document]
    languages: dict[str, str]
    said: dict[tuple[str, str], tuple[int, bool]]
    outdated: list[Document]
    is_under_way: bool


def around(
    matches: MatchStore,
    side: str,
    crossed: Document,
    pairs: Iterable[str],
    contacts: Iterable[str],
    most_outdated: int,
) -> Around:
    """What surrounds these pairs of the listing or search `crossed`; no document here is large or grows."""
    own, subject, sequence = matches.own, crossed["_id"], crossed["sequence"]
    id_field, stamp = SIDES[side]
    about = {"listing_id": subject} if side == "listing" else {"contact_id": crossed["contact_id"]}
    older = own(**{id_field: subject, stamp: {"$lt": sequence}})
    found = gather(
        matches.db,
        {
            "known": Query(MatchStore.COLLECTION, own(_id={"$in": list(pairs)})),
            "people": Query(ContactStore.COLLECTION, own(_id={"$in": list(contacts)}), ("language",)),
            "said": Query(FeedbackStore.COLLECTION, own(**about), SAID),
            "outdated": Query(MatchStore.COLLECTION, older, most=most_outdated),
            "crossings": Query(CrossingStore.COLLECTION, {"_id": f"{side}:{subject}"}, ("_id",)),
        },
    )
    return Around(
        {row["_id"]: row for row in found["known"]},
        {person["_id"]: person.get("language", "en") for person in found["people"]},
        said_in(found["said"]),
        found["outdated"],
        bool(found["crossings"]),
    )
