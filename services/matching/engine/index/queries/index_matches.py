"""The matches of one record as an index returns them: best first, without an object for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from services.matching.engine.evaluate import KINDS
from services.matching.engine.index.tables.columns import Array, Rows
from services.matching.engine.index.tables.identifiers import Identifiers

MatchTuple = tuple[str, str, int, str, int, int]


@dataclass(frozen=True, slots=True)
class IndexMatch:
    """One record of the other side: its id and sequence in the index, and the verdict on the pair."""

    id: str
    contact_id: str | None
    sequence: int
    kind: str
    score: int
    confidence: int


class IndexMatches:
    """Hits in order: score, then confidence, descending, then id ascending."""

    def __init__(
        self, ids: Identifiers, sequences: Array, rows: Rows, kinds: Array, scores: Array, confidences: Array
    ) -> None:
        self._ids, self._sequences = ids, sequences
        self.rows, self.kinds, self.scores, self.confidences = rows, kinds, scores, confidences

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[IndexMatch]:
        for one, contact, sequence, kind, score, confidence in self.tuples():
            yield IndexMatch(one, contact or None, sequence, kind, score, confidence)

    def tuples(self) -> Iterator[MatchTuple]:
        """Every hit as a plain tuple in the order of IndexMatch's fields; a missing contact is empty."""
        kinds = map(KINDS.__getitem__, self.kinds.tolist())
        texts, others = self._ids.texts(self.rows), self._ids.others(self.rows)
        numbers = (self.scores.tolist(), self.confidences.tolist())
        return zip(texts, others, self._sequences[self.rows].tolist(), kinds, *numbers, strict=True)

    def kinds_and_scores(self) -> Iterator[tuple[str, str, int]]:
        """Id, kind and score of each: the content of a line in an output file."""
        texts = self._ids.texts(self.rows)
        return zip(texts, map(KINDS.__getitem__, self.kinds.tolist()), self.scores.tolist(), strict=True)

    def best(self, limit: int | None = None, by_kind: bool = False) -> IndexMatches:
        """The best `limit` hits, or all, in order; with `by_kind`, matches come before possible and near ones."""
        rank = (100 - self.scores) * 101 + (100 - self.confidences)
        if by_kind:
            rank += (len(KINDS) - 1 - self.kinds) * 101**2
        at = np.arange(len(self.rows))
        if limit is not None and limit < len(at):
            # there are few ranks, so counting them finds the last wanted one several times faster than sorting
            last = np.searchsorted(np.cumsum(np.bincount(rank)), limit)
            at = np.flatnonzero(rank <= last) if limit else at[:0]
        keys = (rank[at] << 40) | self._ids.order[self.rows[at]]
        by_key = np.argsort(keys, kind="stable")
        at, keys = at[by_key], keys[by_key]
        for start, end in _runs(keys):
            if limit is None or start < limit:
                texts = list(self._ids.texts(self.rows[at[start:end]]))
                at[start:end] = at[start:end][sorted(range(end - start), key=texts.__getitem__)]
        return self.picked(at[:limit])

    def picked(self, at: Rows) -> IndexMatches:
        """The hits at these positions."""
        picked = (self.rows[at], self.kinds[at], self.scores[at], self.confidences[at])
        return IndexMatches(self._ids, self._sequences, *picked)


def _runs(keys: Array) -> Iterator[tuple[int, int]]:
    """The start and end of each run of equal keys: rows added since the last settling may share an id number."""
    same = np.concatenate([[False], keys[1:] == keys[:-1], [False]])
    edges = np.flatnonzero(same[1:] != same[:-1])
    return zip(edges[::2].tolist(), (edges[1::2] + 1).tolist(), strict=True)
