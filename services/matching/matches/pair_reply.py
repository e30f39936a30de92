"""One pair as replies show it: the verdict, the beam and the reasons in the reader's language."""

from __future__ import annotations

from services.matching.engine.evaluate import Verdict, beam, evaluate
from services.matching.engine.records.facts import Listing, Search
from services.matching.engine.sentences.reasons import by_weight, reasons_of
from services.matching.engine.world import World
from services.matching.store.documents import SearchAlerts
from shared.storage.mongo import Document


def pair_reply(listing: Listing, search: Search, document: SearchAlerts, world: World, language: str) -> Document:
    """One pair judged now; `document` is the search as stored."""
    return reply_of(evaluate(search, listing, world), listing, search, document, language)


def reply_of(verdict: Verdict, listing: Listing, search: Search, document: SearchAlerts, language: str) -> Document:
    """One pair of which the verdict is known."""
    sentences = reasons_of(verdict, search, listing, language)
    return {
        "listing_id": listing.id,
        "saved_search_id": search.id,
        "contact_id": search.contact_id,
        "search_name": document.get("name"),
        "alerts": document.get("alerts"),
        "kind": verdict.kind,
        "score": verdict.score,
        "confidence": verdict.confidence,
        "beam": beam(verdict.criteria),
        **sentences,
        "reasons": by_weight(sentences["reasons"]),
    }
