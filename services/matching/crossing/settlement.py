"""What somebody says of a listing settles the pairs of that person and that listing, at once and in one transaction.

Listing and searches are read and judged inside the transaction, so no index is involved. A pair that is discarded
leaves a row of kind `discarded`: a crossing that began before and would still write the pair meets that row, is tried
again by MongoDB, and then sees the opinion. When the person takes the opinion back, the pair is judged afresh.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.matching.crossing.match_events import DISCARDED_BY_CONTACT
from services.matching.crossing.match_writer import MatchWriter, WriteContext
from services.matching.crossing.pair import Pair
from services.matching.crossing.reason_cache import ReasonCache
from services.matching.engine.evaluate import evaluate
from services.matching.engine.world import PresentWorld
from services.matching.store.contacts import ContactStore
from services.matching.store.documents import ListingDocument, SearchDocument
from services.matching.store.feedback import FeedbackStore, Opinions
from services.matching.store.listings import ListingStore
from services.matching.store.records import as_listing, as_search
from services.matching.store.searches import SearchStore


@dataclass(frozen=True)
class Settlement:
    """Updates the match rows of one person and listing after the person's opinion changed."""

    writer: MatchWriter
    listings: ListingStore
    searches: SearchStore
    contacts: ContactStore
    feedback: FeedbackStore
    world: PresentWorld

    def settle(self, agency_id: str, contact_id: str, listing_id: str) -> None:
        """Evaluate the pairs again and write the results; does nothing for an unknown listing or an erased person."""
        listing = self.listings.of(agency_id).by_ids([listing_id]).get(listing_id)
        if listing is None or self.contacts.of(agency_id).is_erased(contact_id):
            return
        searches = {one["_id"]: one for one in self.searches.of(agency_id).documents_of(contact_id)}
        self._hold(agency_id, listing, searches)
        opinions = self.feedback.of(agency_id).versions("listing_id", listing_id)
        pairs = self._judged(listing, searches, opinions)
        context = self._context(agency_id, contact_id, listing, searches, pairs, opinions)
        lost = [pair for pair in pairs if pair.kind == "none"]
        rows = [row for pair in lost if (row := context.known.get(pair.id)) is not None]
        self.writer.remove(agency_id, rows, DISCARDED_BY_CONTACT, opinions)
        self.writer.mark_discarded([pair for pair in lost if context.is_discarded(pair)], context)
        self.writer.write([pair for pair in pairs if pair.kind != "none"], context)

    def _hold(self, agency_id: str, listing: ListingDocument, searches: Mapping[str, SearchDocument]) -> None:
        """Block newer versions of the listing and the searches until this transaction has ended."""
        self.listings.of(agency_id).hold(listing["_id"], listing["sequence"])
        for search in searches.values():
            self.searches.of(agency_id).hold(search["_id"], search["sequence"])

    def _judged(
        self, listing: ListingDocument, searches: Mapping[str, SearchDocument], opinions: Opinions
    ) -> list[Pair]:
        record = as_listing(listing)
        world = self.world(frozenset(pair for pair, opinion in opinions.items() if opinion.is_discarded))
        judged = (as_search(search) for search in searches.values())
        return [Pair.judged(search, record, evaluate(search, record, world)) for search in judged]

    def _context(
        self,
        agency_id: str,
        contact_id: str,
        listing: ListingDocument,
        searches: Mapping[str, SearchDocument],
        pairs: list[Pair],
        opinions: Opinions,
    ) -> WriteContext:
        return WriteContext(
            agency_id=agency_id,
            entered_by="criteria",
            listings={listing["_id"]: listing},
            searches=searches,
            known=self.writer.matches.of(agency_id).existing(pair.id for pair in pairs),
            languages=self.contacts.of(agency_id).languages([contact_id]),
            opinions=opinions,
            reasons=ReasonCache(self.world()),
        )
