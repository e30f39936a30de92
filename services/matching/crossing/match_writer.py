"""The only writer of match rows: decides about each pair, writes its row and the event about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.matching.crossing.match_encoding import MatchEncoder
from services.matching.crossing.match_events import Loss, publish_losses, publish_matches
from services.matching.crossing.match_row import announcement_of, is_current, price_of, row_of
from services.matching.crossing.pair import Pair
from services.matching.crossing.reason_cache import ReasonCache
from services.matching.model import DISCARDED
from services.matching.store.documents import ListingDocument, MatchRow, SearchAlerts
from services.matching.store.feedback import NO_OPINION, Opinions
from services.matching.store.matches import MatchStore
from services.matching.store.searches import SearchStore


@dataclass(frozen=True)
class WriteContext:
    """What decides about the pairs of one agency, as the open transaction sees it.

    `known` are the existing rows by pair id; `searches` may lack their wishes.
    """

    agency_id: str
    entered_by: str
    listings: Mapping[str, ListingDocument]
    searches: Mapping[str, SearchAlerts]
    known: Mapping[str, MatchRow]
    languages: Mapping[str, str]
    opinions: Opinions
    reasons: ReasonCache

    def is_discarded(self, pair: Pair) -> bool:
        """Whether the person discarded the listing."""
        return self.opinions.get(pair.opinion_key, NO_OPINION).is_discarded

    def is_writable(self, pair: Pair) -> bool:
        """Whether the pair may have a row: it is not discarded, and both sides are at the versions that were
        compared.
        """
        return not self.is_discarded(pair) and is_current(pair, self.listings, self.searches)


@dataclass(frozen=True)
class MatchWriter:
    """Writes rows and events into the open transaction; called by crossings and by feedback alike."""

    matches: MatchStore
    searches: SearchStore

    def write(self, pairs: Iterable[Pair], context: WriteContext) -> set[str]:
        """Write the rows of these pairs, and an event about those that are new, better or cheaper; returns the row
        ids.
        """
        store, known = self.matches.of(context.agency_id), context.known
        writable = [pair for pair in pairs if context.is_writable(pair)]
        prices = {listing_id: price_of(listing) for listing_id, listing in context.listings.items()}
        rows = [row_of(pair, context.entered_by, known.get(pair.id), prices[pair.listing_id]) for pair in writable]
        store.put(rows, known)
        announcements = (
            announcement_of(pair, context.entered_by, prices[pair.listing_id], known.get(pair.id)) for pair in writable
        )
        whole_searches = self.searches.of(context.agency_id).by_ids
        encoder = MatchEncoder(context.languages, context.opinions, context.reasons, whole_searches)
        published = [one for one in announcements if one is not None]
        publish_matches(store, published, context.listings, context.searches, encoder)
        return {row["_id"] for row in rows}

    def remove(self, agency_id: str, rows: Sequence[MatchRow], loss: Loss, opinions: Opinions) -> None:
        """Delete these rows, and publish the pairs that met until now as lost."""
        store = self.matches.of(agency_id)
        if rows:
            store.drop(row["_id"] for row in rows)
            publish_losses(store, (row for row in rows if row["kind"] != DISCARDED), loss, opinions)

    def mark_discarded(self, pairs: Iterable[Pair], context: WriteContext) -> None:
        """Insert a row of kind `discarded` for each pair; a crossing under way then conflicts and is retried."""
        prices = {listing_id: price_of(listing) for listing_id, listing in context.listings.items()}
        rows = [row_of(pair, context.entered_by, None, prices[pair.listing_id]) for pair in pairs]
        for row in rows:
            row["kind"] = DISCARDED
        self.matches.of(context.agency_id).put(rows, ())
