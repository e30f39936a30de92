"""Crossing: a new listing with all searches, a new search with all listings; slice by slice, both sides alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from services.matching.crossing.match_writer import MatchWriter, WriteContext
from services.matching.crossing.pair_list import PairList
from services.matching.crossing.sides import D, ListingSide, SearchSide, Side
from services.matching.store.crossings import CrossingStore
from services.matching.store.documents import CrossingDocument
from services.matching.store.sides import LISTING, SEARCH
from services.matching.store.slice_context import SliceContext

SLICE = 200  # as many as one event carries
FIRST = ""  # comes before every id
LAST = "~"  # comes after every id
MOST_REMEMBERED = 4


@dataclass(frozen=True)
class Crosser:
    """Writes the pairs of one listing or search, at once or in slices."""

    listing_side: ListingSide
    search_side: SearchSide
    writer: MatchWriter
    crossings: CrossingStore
    _remembered: dict[tuple[str, str, int], PairList] = field(default_factory=dict)

    def write(self, pairs: PairList) -> None:
        """Cross everything in the transaction of the event's mark; anything longer than a SLICE is left for later
        turns. Does nothing when a newer version is stored, since that version has its own crossing.
        """
        side = self._side_of(pairs)
        own = side.hold(pairs)
        if own is None:
            return
        crossings = self.crossings.of(pairs.agency_id)
        rest: str | None = FIRST
        if pairs.next_after(FIRST, SLICE) is None:
            rest, context = self._slice(side, own, pairs, FIRST, SLICE)
            if rest is None and context.is_under_way:
                crossings.end(pairs.side, pairs.subject)
        if rest is not None:
            self._remember(pairs)
            row = {"sequence": pairs.sequence, "entered_by": pairs.entered_by, "next": rest, "owner": None}
            crossings.begin(pairs.side, pairs.subject, row)

    def go_on(self, crossing: CrossingDocument, pairs: PairList, most: int = SLICE) -> None:
        """Cross one more slice in a transaction of its own; does nothing when a newer crossing has replaced it."""
        store, side = self.crossings.of(crossing["agency_id"]), self._side_of(pairs)
        own = side.stored(pairs)
        rest = None if own is None else self._slice(side, own, pairs, crossing["next"], most)[0]
        # held last: a writer of a newer version then waits for the commit alone, and the slice gives way
        side.hold(pairs)
        if store.go_on(crossing, rest) and rest is None:
            store.end(pairs.side, pairs.subject)

    def recall(self, crossing: CrossingDocument) -> PairList:
        """The pairs that an earlier slice of this process evaluated, or evaluated again after a restart."""
        known = self._remembered.get((crossing["side"], crossing["subject"], crossing["sequence"]))
        if known is not None:
            return known
        side = self._sides()[crossing["side"]]
        about = (crossing["agency_id"], crossing["subject"], crossing["sequence"], crossing["entered_by"])
        pairs = side.pairs(*about)
        self._remember(pairs)
        return pairs

    # The document of a side goes back to the side that it came from, so its type does not matter here.
    def _sides(self) -> dict[str, Side[Any]]:
        return {LISTING.name: self.listing_side, SEARCH.name: self.search_side}

    def _side_of(self, pairs: PairList) -> Side[Any]:
        return self._sides()[pairs.side.name]

    def _remember(self, pairs: PairList) -> None:
        while len(self._remembered) >= MOST_REMEMBERED:
            self._remembered.pop(next(iter(self._remembered)))
        self._remembered[(pairs.side.name, pairs.subject, pairs.sequence)] = pairs

    def _slice(self, side: Side[D], own: D, pairs: PairList, after: str, most: int) -> tuple[str | None, SliceContext]:
        """Write up to `most` pairs whose other id comes after `after`, then remove outdated rows.

        Returns the id to continue after (None at the end) and the context of the slice.
        """
        some, rest = pairs.after(after, most), pairs.next_after(after, most)
        most_outdated = 1 if rest else most
        context = side.context(pairs, own, some, most_outdated)
        written: set[str] = set()
        if some:
            documents = side.documents(pairs, own, some)
            written = self.writer.write(
                some,
                WriteContext(
                    agency_id=pairs.agency_id,
                    entered_by=pairs.entered_by,
                    listings=documents.listings,
                    searches=documents.searches,
                    known=context.known,
                    languages=context.languages,
                    opinions=context.opinions,
                    reasons=pairs.slice_reasons(),
                ),
            )
        if rest is None:
            # rows of an older version that were not written anew no longer meet
            outdated = [row for row in context.outdated if row["_id"] not in written]
            self.writer.remove(pairs.agency_id, outdated, side.loss(pairs.sequence), context.opinions)
            if len(context.outdated) == most:
                rest = pairs.last_id or LAST
        return rest, context
