"""Events about pairs that meet or no longer meet, of bounded size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from services.matching.crossing.match_encoding import MatchEncoder
from services.matching.crossing.pair import Announcement
from services.matching.engine.sentences.listing_reasons import ENCODER
from services.matching.model import pair_sequence, published_sequence
from services.matching.store.documents import ListingDocument, MatchRow, SearchAlerts
from services.matching.store.feedback import NO_OPINION, Opinions
from services.matching.store.listing_summary import summary_of
from services.matching.store.matches import MatchStore
from shared.messaging import outbox
from shared.messaging.event import Encoded
from shared.storage.mongo import Document

MOST_MATCHES = 200
MOST_BYTES = 240_000


@dataclass(frozen=True)
class Loss:
    """Why pairs no longer meet, a code of MATCH_LOSSES, and the version of the side that changed (None: unchanged)."""

    why: str
    listing_sequence: int | None = None
    search_sequence: int | None = None


DISCARDED_BY_CONTACT = Loss("discarded")


def publish_matches(
    store: MatchStore,
    announcements: Iterable[Announcement],
    listings: Mapping[str, ListingDocument],
    searches: Mapping[str, SearchAlerts],
    encoder: MatchEncoder,
) -> None:
    """Publish matching.matches.found, one listing and one cause an event."""

    def cause(one: Announcement) -> tuple[str, str, int]:
        return one.pair.listing_id, one.entered_by, one.previous_price or -1

    rows: list[Document] = []
    for (listing_id, entered_by, previous), group in groupby(sorted(announcements, key=cause), cause):
        listing = listings[listing_id]
        summary = ENCODER.encode(summary_of(listing, None if previous < 0 else previous))
        matches = encoder.encode(listing, [one.pair for one in group], searches)
        for batch in _batches(matches, _weight(summary)):
            data = f'{{"listing": {summary}, "entered_by": "{entered_by}", "matches": [{", ".join(batch)}]}}'
            about = (store.agency_id, listing_id, listing["told"])
            rows.append(outbox.row_of("matching", "matching.matches.found", *about, Encoded(data)))
    outbox.record_all(store.db, rows)


def publish_losses(store: MatchStore, rows: Iterable[MatchRow], loss: Loss, opinions: Opinions) -> None:
    """Publish matching.matches.lost, one listing an event."""
    by_listing = sorted(rows, key=lambda row: row["listing_id"])
    for listing_id, group in groupby(by_listing, lambda row: row["listing_id"]):
        lost = list(group)
        stamp = lost[-1]["listing_sequence"] if loss.listing_sequence is None else loss.listing_sequence
        sequence = published_sequence(stamp)
        pairs = [_lost_pair(row, loss, opinions) for row in lost]
        for start in range(0, len(pairs), MOST_MATCHES):
            data: Document = {
                "listing_id": listing_id,
                "listing_sequence": sequence,
                "pairs": pairs[start : start + MOST_MATCHES],
                "why": loss.why,
            }
            outbox.record(store.db, "matching", "matching.matches.lost", store.agency_id, listing_id, sequence, data)


def _lost_pair(row: MatchRow, loss: Loss, opinions: Opinions) -> Document:
    stamp = row["listing_sequence"] if loss.listing_sequence is None else loss.listing_sequence
    opinion = opinions.get((row["contact_id"], row["listing_id"]), NO_OPINION)
    return {
        "contact_id": row["contact_id"],
        "saved_search_id": row["saved_search_id"],
        "search_sequence": row["search_sequence"] if loss.search_sequence is None else loss.search_sequence,
        "pair_sequence": pair_sequence(stamp, opinion.version),
    }


def _batches(matches: Iterable[str], used: int) -> Iterator[list[str]]:
    batch: list[str] = []
    size = used
    for match in matches:
        weight = _weight(match)
        if batch and (len(batch) == MOST_MATCHES or size + weight > MOST_BYTES):
            yield batch
            batch, size = [], used
        batch.append(match)
        size += weight
    if batch:
        yield batch


def _weight(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode())
