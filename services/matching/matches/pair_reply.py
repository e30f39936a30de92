"""One pair as replies show it: the verdict, the beam and the reasons in the reader's language."""

from __future__ import annotations

from typing import NotRequired

from services.matching.engine.evaluate import BeamSegment, Verdict, beam, evaluate
from services.matching.engine.records.facts import Listing, Search
from services.matching.engine.sentences.reasons import ReasonReplies, by_weight, reasons_of
from services.matching.engine.world import World
from services.matching.store.documents import SearchAlerts
from services.matching.store.listing_summary import ListingSummary


class PairReply(ReasonReplies):
    """One pair in a reply; the last four fields only where the pairs of one search are shown."""

    listing_id: str
    saved_search_id: str
    contact_id: str | None
    search_name: str | None
    alerts: str
    kind: str
    score: int
    confidence: int
    beam: list[BeamSegment]
    listing: NotRequired[ListingSummary]
    taste: NotRequired[int]
    preference: NotRequired[str | None]
    viewed: NotRequired[bool]


def pair_reply(listing: Listing, search: Search, document: SearchAlerts, world: World, language: str) -> PairReply:
    """A pair evaluated now; `document` is the search as stored."""
    return reply_of(evaluate(search, listing, world), listing, search, document, language)


def reply_of(verdict: Verdict, listing: Listing, search: Search, document: SearchAlerts, language: str) -> PairReply:
    """A pair with a known verdict."""
    sentences = reasons_of(verdict, search, listing, language)
    return {
        "listing_id": listing.id,
        "saved_search_id": search.id,
        "contact_id": search.contact_id,
        "search_name": document["name"],
        "alerts": document["alerts"],
        "kind": verdict.kind,
        "score": verdict.score,
        "confidence": verdict.confidence,
        "beam": beam(verdict.criteria),
        "reasons": by_weight(sentences["reasons"]),
        "misses": sentences["misses"],
        "unknowns": sentences["unknowns"],
    }
