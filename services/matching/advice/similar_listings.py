"""Use case: the listings on the market that are most like one."""

from __future__ import annotations

from typing import TypedDict

from services.matching.deps import Deps
from services.matching.engine.advice.likeness import like, likeness
from services.matching.engine.sentences.likeness_sentences import LikenessSentences
from services.matching.engine.sentences.reasons import CATALOGS, ReasonReply
from services.matching.store.listing_summary import ListingSummary, summary_of
from services.matching.store.records import as_listing
from shared.vocabulary.i18n import translations

# How many roughly similar listings are compared in detail.
COMPARED = 200


class SimilarListing(TypedDict):
    """A listing, its likeness to the first one (0-100), and the reasons."""

    listing: ListingSummary
    similarity: int
    reasons: list[ReasonReply]


def similar_listings(deps: Deps, agency_id: str, listing_id: str, most: int, language: str) -> list[SimilarListing]:
    """The most similar listings first, with the traits that they share and those in which they differ."""
    listing = as_listing(deps.listings.of(agency_id).get(listing_id))
    index, world = deps.ready_index(), deps.world()
    alike = [other for other in index.met_by(like(listing), world, limit=COMPARED + 1) if other != listing.id]
    others = deps.listings.of(agency_id).by_ids(alike)
    ranking = [(*likeness(listing, as_listing(other), world), other) for other in others.values()]
    ranking.sort(key=lambda place: (-place[0], place[2]["_id"]))
    sentences = LikenessSentences(translations(CATALOGS, language), language)
    return [
        {
            "listing": summary_of(other),
            "similarity": figure,
            "reasons": [reason for trait in traits for reason in sentences.reasons(trait)],
        }
        for figure, traits, other in ranking[:most]
    ]
