"""One pair as replies show it: the verdict, the beam and the reasons in the reader's language."""

from __future__ import annotations

from services.matching.engine.evaluate import Verdict, beam, evaluate
from services.matching.engine.records.facts import Listing, Search
from services.matching.engine.sentences.reasons import by_weight, tell
from services.matching.engine.world import World
from shared.storage.mongo import Document


def pair_reply(listing: Listing, search: Search, wishes: Document, world: World, language: str) -> Document:
    """One pair judged now; `wishes` is the search as stored."""
    return reply_of(evaluate(search, listing, world), listing, search, wishes, language)


def reply_of(verdict: Verdict, listing: Listing, search: Search, wishes: Document, language: str) -> Document:
    """One pair of which the verdict is known."""
    sentences = tell(verdict, search, listing, language)
    return {
        "listing_id": listing.id,
        "saved_search_id": search.id,
        "contact_id": search.contact_id,
        "search_name": wishes.get("name"),
        "alerts": wishes.get("alerts"),
        "kind": verdict.kind,
        "score": verdict.score,
        "confidence": verdict.confidence,
        "beam": beam(verdict.criteria),
        **sentences,
        "reasons": by_weight(sentences["reasons"]),
    }
