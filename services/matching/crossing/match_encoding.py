"""Matches as the JSON texts of events, each in its person's language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from services.matching.crossing.pair import Pair
from services.matching.crossing.reason_cache import ReasonCache
from services.matching.engine.sentences.listing_reasons import ENCODER, ListingReasons
from services.matching.model import pair_sequence
from services.matching.store.documents import ListingDocument, SearchAlerts, SearchDocument
from services.matching.store.feedback import NO_OPINION, Opinions
from services.matching.store.records import as_search
from shared.storage.mongo import Document

AT_ONCE = 200


@dataclass(frozen=True)
class MatchEncoder:
    """Encodes the matches of a slice; `whole_searches` loads the searches of which only the alerts were read."""

    languages: Mapping[str, str]
    opinions: Opinions
    reasons: ReasonCache
    whole_searches: Callable[[list[str]], Mapping[str, SearchDocument]]

    def encode(
        self, listing: ListingDocument, pairs: Sequence[Pair], searches: Mapping[str, SearchAlerts]
    ) -> Iterator[str]:
        """The matches of an event about one listing; accepts whole searches or searches with their alerts only."""
        for start in range(0, len(pairs), AT_ONCE):
            some = pairs[start : start + AT_ONCE]
            for pair, reasons in zip(some, self._reasons(listing, some, searches), strict=True):
                yield f"{ENCODER.encode(self._about(pair, searches[pair.search_id]))[:-1]}, {reasons}}}"

    def _reasons(
        self, listing: ListingDocument, pairs: Sequence[Pair], searches: Mapping[str, SearchAlerts]
    ) -> Iterator[str]:
        reasons = self.reasons.of(listing)
        mine = [(searches[pair.search_id], self._language(pair)) for pair in pairs]
        known = [reasons.recall(one.get("wordings", ()), one["valid_until"], language) for one, language in mine]
        parts = [one["_id"] for (one, _), text in zip(mine, known, strict=True) if text is None and "wishes" not in one]
        whole = self.whole_searches(parts) if parts else {}
        for (one, language), text in zip(mine, known, strict=True):
            # a search without its wishes is among the whole ones; any other has them itself
            yield text or self._anew(reasons, whole.get(one["_id"]) or cast("SearchDocument", one), language)

    @staticmethod
    def _anew(reasons: ListingReasons, search: SearchDocument, language: str) -> str:
        return reasons.encode(as_search(search), language, search.get("wordings", ()))

    def _language(self, pair: Pair) -> str:
        return self.languages.get(pair.contact_id, "en")

    def _about(self, pair: Pair, search: SearchAlerts) -> Document:
        opinion = self.opinions.get(pair.opinion_key, NO_OPINION)
        return {
            "contact_id": pair.contact_id,
            "saved_search_id": pair.search_id,
            "search_name": search.get("name"),
            "search_sequence": pair.search_sequence,
            "pair_sequence": pair_sequence(pair.listing_sequence, opinion.version),
            "kind": pair.kind,
            "score": pair.score,
            "confidence": pair.confidence,
            "language": self._language(pair),
            "alerts": search.get("alerts"),
            "alert_possible": search.get("alert_possible"),
        }
