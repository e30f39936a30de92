"""Word of pairs that met or no longer meet, in events of bounded size."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from services.matching.engine.evaluate import Verdict
from services.matching.engine.records.facts import Listing, Search
from services.matching.engine.sentences.listing_reasons import ENCODER, Retelling
from services.matching.engine.world import World
from services.matching.model import pair_sequence, told_of
from services.matching.store import MatchStore
from services.matching.store.records import as_listing, as_search
from shared.messaging import outbox
from shared.messaging.event import Encoded
from shared.storage.mongo import Document

# (contact, listing) -> the version of what is said, and whether it is a no.
Opinions = Mapping[tuple[str, str], tuple[int, bool]]
NOTHING = (0, False)
MOST_MATCHES = 200
MOST_BYTES = 240_000
MOST_REMARKS = 1000  # characters a language; whoever wants more reads the listing
SIZES = ("bedrooms_total", "bathrooms_total", "living_area")
PLACE = ("street_name", "city", "state_or_province", "postal_code", "country", "latitude", "longitude")
SUMMARY = (
    *("listing_id", "transaction", "property_sub_type", "list_price", "currency", *SIZES, *PLACE),
    *("photo", "public_remarks", "agent_member_id"),
)


class Pair(NamedTuple):
    """A listing and a search that meet, and how, at the versions that were compared."""

    listing_id: str
    search_id: str
    contact_id: str
    listing_sequence: int
    search_sequence: int
    kind: str
    score: int
    confidence: int

    @classmethod
    def judged(cls, search: Search, listing: Listing, verdict: Verdict) -> Pair:
        """The pair of two records and their verdict."""
        ids = (listing.id, search.id, search.contact_id or "", listing.sequence, search.sequence)
        return cls(*ids, verdict.kind, verdict.score, verdict.confidence)

    @property
    def id(self) -> str:
        """The key of the match row."""
        return f"{self.listing_id}:{self.search_id}"

    @property
    def opinion(self) -> tuple[str, str]:
        """The person and the home."""
        return self.contact_id, self.listing_id


@dataclass(frozen=True)
class Entered:
    """A pair that is news, and why; `previous_price` in hundredths where it met at a higher one before."""

    pair: Pair
    entered_by: str
    previous_price: int | None


@dataclass(frozen=True)
class Tellings:
    """What was told of some listings, each at one version, for as long as they are being told."""

    world: World
    _by_listing: dict[str, Retelling] = field(default_factory=dict)

    def of(self, document: Document) -> Retelling:
        """The retelling of a stored listing."""
        known = self._by_listing.get(document["_id"])
        if known is None or known.listing.sequence != document["sequence"]:
            known = self._by_listing[document["_id"]] = Retelling(as_listing(document), self.world)
        return known


@dataclass(frozen=True)
class Teller:
    """Tells pairs as JSON texts, each in its person's language; `whole` reads searches of which only a part is here."""

    languages: dict[str, str]
    said: Opinions
    tellings: Tellings
    whole: Callable[[list[str]], dict[str, Document]]

    def tell(self, listing: Document, pairs: list[Pair], searches: dict[str, Document]) -> Iterator[str]:
        """The matches of an event about one listing; of a search any part that has its wordings will do."""
        for start in range(0, len(pairs), MOST_MATCHES):
            some = pairs[start : start + MOST_MATCHES]
            for pair, reasons in zip(some, self._reasons(listing, some, searches), strict=True):
                yield f"{ENCODER.encode(self._about(pair, searches[pair.search_id]))[:-1]}, {reasons}}}"

    def _reasons(self, listing: Document, pairs: list[Pair], searches: dict[str, Document]) -> Iterator[str]:
        retelling = self.tellings.of(listing)
        mine = [(searches[pair.search_id], self._language(pair)) for pair in pairs]
        known = [retelling.retell(one.get("wordings", ()), one["valid_until"], language) for one, language in mine]
        parts = [one["_id"] for (one, _), text in zip(mine, known, strict=True) if text is None and "wishes" not in one]
        whole = self.whole(parts) if parts else {}
        for (one, language), text in zip(mine, known, strict=True):
            yield text or self._told(retelling, whole.get(one["_id"], one), language)

    @staticmethod
    def _told(retelling: Retelling, search: Document, language: str) -> str:
        return retelling.tell(as_search(search), language, search.get("wordings", ()))

    def _language(self, pair: Pair) -> str:
        return self.languages.get(pair.contact_id, "en")

    def _about(self, pair: Pair, search: Document) -> Document:
        opinion = self.said.get(pair.opinion, NOTHING)[0]
        return {
            "contact_id": pair.contact_id,
            "saved_search_id": pair.search_id,
            "search_name": search.get("name"),
            "search_sequence": pair.search_sequence,
            "pair_sequence": pair_sequence(pair.listing_sequence, opinion),
            "kind": pair.kind,
            "score": pair.score,
            "confidence": pair.confidence,
            "language": self._language(pair),
            "alerts": search.get("alerts"),
            "alert_possible": search.get("alert_possible"),
        }


def tell_found(
    store: MatchStore,
    agency_id: str,
    entered: list[Entered],
    listings: dict[str, Document],
    searches: dict[str, Document],
    teller: Teller,
) -> None:
    """Publish matching.matches.found, one listing and one cause an event."""

    def cause(one: Entered) -> tuple[str, str, int]:
        return one.pair.listing_id, one.entered_by, one.previous_price or -1

    rows: list[Document] = []
    for (listing_id, entered_by, previous), group in groupby(sorted(entered, key=cause), cause):
        document = listings[listing_id]
        summary = ENCODER.encode(summary_of(document, previous))
        told = teller.tell(document, [one.pair for one in group], searches)
        for batch in _batches(told, _weight(summary)):
            data = f'{{"listing": {summary}, "entered_by": "{entered_by}", "matches": [{", ".join(batch)}]}}'
            about = (agency_id, listing_id, document["told"])
            rows.append(outbox.row_of("matching", "matching.matches.found", *about, Encoded(data)))
    outbox.record_all(store.db, rows)


def tell_lost(
    store: MatchStore, agency_id: str, rows: list[Document], side: str, sequence: int, said: Opinions
) -> None:
    """Publish matching.matches.lost, one listing an event; `side` changed, or is "feedback" and neither did."""
    rows = sorted(rows, key=lambda row: str(row["listing_id"]))
    stamps = {row["listing_id"]: row["listing_sequence"] for row in rows}
    for listing_id, group in groupby(rows, lambda row: str(row["listing_id"])):
        pairs = [_lost(row, side, sequence, said) for row in group]
        for start in range(0, len(pairs), MOST_MATCHES):
            data: Document = {
                "listing_id": listing_id,
                "listing_sequence": told_of(sequence if side == "listing" else stamps[listing_id]),
                "pairs": pairs[start : start + MOST_MATCHES],
                "why": "discarded" if side == "feedback" else f"{side} changed",
            }
            about = data["listing_sequence"]
            outbox.record(store.db, "matching", "matching.matches.lost", agency_id, listing_id, about, data)


def summary_of(document: Document, previous_price: int = -1) -> Document:
    """What an alert tells of a home: from its stored state, price before in major units."""
    wire = document["wire"]
    summary = {name: wire.get(name) for name in SUMMARY}
    summary |= {"id": document["_id"], "sequence": document["told"]}
    remarks = wire.get("public_remarks") or {}
    summary["public_remarks"] = {language: text[:MOST_REMARKS] for language, text in remarks.items()}
    summary["previous_list_price"] = previous_price / 100 if previous_price >= 0 else wire.get("previous_list_price")
    return summary


def _lost(row: Document, side: str, sequence: int, said: Opinions) -> Document:
    pair = {name: row[name] for name in ("contact_id", "saved_search_id", "search_sequence")}
    stamp = sequence if side == "listing" else row["listing_sequence"]
    pair["pair_sequence"] = pair_sequence(stamp, said.get((row["contact_id"], row["listing_id"]), NOTHING)[0])
    return pair | ({"search_sequence": sequence} if side == "search" else {})


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
