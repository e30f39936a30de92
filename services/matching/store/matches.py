"""Match rows: pairs that meet, with the versions that were compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from typing import cast

from pymongo import ReplaceOne

from services.matching.model import KINDS
from services.matching.store.documents import MatchRow
from services.matching.store.sides import RowSide
from shared.codes import FOREIGN_CURSOR
from shared.errors import Invalid
from shared.storage.mongo import Document, Store
from shared.storage.paging import Page, read_cursor, write_cursor


class MatchStore(Store):
    """Pairs that meet, keyed by the pair; a row counts only while its stamps are the current versions."""

    COLLECTION = "matches"
    THING = "match"

    def existing(self, ids: Iterable[str]) -> dict[str, MatchRow]:
        """Rows by pair id."""
        return rows_by_id(self.rows.find(self.own(_id={"$in": list(ids)})))

    def rows_of_listing(self, listing_id: str) -> dict[str, MatchRow]:
        """Every row of a listing by pair id, current or not."""
        return rows_by_id(self.rows.find(self.own(listing_id=listing_id)))

    def put(self, rows: Iterable[MatchRow], known: Container[str]) -> None:
        """Insert rows that are not known by their pair id, replace known ones by stamps at least as new in both."""
        every = list(rows)
        new = [self.own(**row) for row in every if row["_id"] not in known]
        if new:
            self.rows.insert_many(new)
        changes = [self._over(row) for row in every if row["_id"] in known]
        if changes:
            self.rows.bulk_write(changes, ordered=False)

    def _over(self, row: MatchRow) -> ReplaceOne[Document]:
        stamps = {"listing_sequence": row["listing_sequence"], "search_sequence": row["search_sequence"]}
        older = {name: {"$lte": stamp} for name, stamp in stamps.items()}
        return ReplaceOne(self.own(_id=row["_id"], **older), self.own(**row))

    def drop(self, ids: Iterable[str]) -> None:
        """Delete rows by pair id."""
        self.rows.delete_many(self.own(_id={"$in": list(ids)}))

    def counts(self, side: RowSide, subjects: Mapping[str, int]) -> dict[str, dict[str, int]]:
        """Current rows by kind of listings or searches, each at its sequence."""
        other = side.other
        mine = [self.own(**{side.id_field: subject, side.stamp: sequence}) for subject, sequence in subjects.items()]
        fields = dict.fromkeys(("kind", side.id_field, other.id_field, other.stamp), 1)
        rows = list(self.rows.find({"$or": mine}, fields))
        ids = [row[other.id_field] for row in rows]
        others = self.db[other.collection].find({"_id": {"$in": ids}}, {"sequence": 1})
        versions = {(one["_id"], one["sequence"]) for one in others}
        current = (row for row in rows if (row[other.id_field], row[other.stamp]) in versions)
        kinds = Counter((row[side.id_field], row["kind"]) for row in current)
        return {one: {kind: kinds[one, kind] for kind in KINDS} for one in subjects}

    def best(self, side: RowSide, subject: str, sequence: int, kind: str, limit: int, cursor: str | None) -> Page:
        """Current rows of one listing or search, best first: score, confidence, then the pair's id."""
        other = side.other
        query = self.own(**{side.id_field: subject, side.stamp: sequence, "kind": kind})
        after = _worse_than(cursor)
        still = {"$and": [{"$expr": {"$eq": ["$_id", "$$id"]}}, {"$expr": {"$eq": ["$sequence", "$$sequence"]}}]}
        pipeline: list[Document] = [
            {"$match": {"$and": [query, after]}},
            {"$sort": {"score": -1, "confidence": -1, "_id": 1}},
            {
                "$lookup": {
                    "from": other.collection,
                    "let": {"id": f"${other.id_field}", "sequence": f"${other.stamp}"},
                    "pipeline": [{"$match": still}],
                    "as": "other",
                }
            },
            {"$match": {"other": {"$ne": []}}},
            {"$limit": limit + 1},
        ]
        rows = list(self.rows.aggregate(pipeline))
        has_more, rows = len(rows) > limit, rows[:limit]
        return Page(rows, write_cursor(_place(rows[-1]), rows[-1]["_id"]) if has_more else None)


def rows_by_id(documents: Iterable[Document]) -> dict[str, MatchRow]:
    """Match rows by pair id."""
    return {document["_id"]: cast("MatchRow", document) for document in documents}


def _place(row: Document) -> str:
    return f"{row['score']}:{row['confidence']}"


def _worse_than(cursor: str | None) -> Document:
    if not cursor:
        return {}
    place, last_id = read_cursor(cursor)
    score, _, confidence = str(place).partition(":")
    if not (score.isdigit() and confidence.isdigit()):
        raise Invalid("The cursor is not valid.", {"cursor": [FOREIGN_CURSOR()]})
    level = {"score": int(score), "confidence": int(confidence)}
    return {
        "$or": [
            {"score": {"$lt": level["score"]}},
            {"score": level["score"], "confidence": {"$lt": level["confidence"]}},
            {**level, "_id": {"$gt": last_id}},
        ]
    }
