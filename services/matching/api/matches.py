"""Matches over HTTP: the pairs of a search or a listing, and why they match."""

from __future__ import annotations

from services.matching.api.body import Fields
from services.matching.api.deps import deps
from services.matching.api.own import PEOPLE, own_search, visible_listing
from services.matching.matches import counts, pages
from services.matching.matches.explanation import Explanation as ExplanationReply
from services.matching.matches.explanation import explain as explain_pair
from services.matching.matches.pages import PageRequest
from services.matching.schemas.matches import (
    Explanation,
    HomesMatches,
    HomesQuery,
    MatchCounts,
    MatchOut,
    MatchQuery,
    PairQuery,
)
from shared.http.auth import policy
from shared.http.claims import STAFF
from shared.http.schemas import page_of
from shared.http.web import Blueprint, agency_id, reader_language
from shared.storage.paging import Page

matches = Blueprint("matches", __name__, url_prefix="/v1", description="Who fits what, and why.")
MATCHES = page_of(MatchOut)


@matches.route("/saved-searches/<saved_search_id>/matches")
@policy(*PEOPLE)
@matches.arguments(MatchQuery, location="query")
@matches.response(200, MATCHES)
def matches_of_search(query: Fields, saved_search_id: str) -> Page:
    """Show the homes that meet a search, best first, with reasons; opinions move homes within a page."""
    own_search(saved_search_id)
    return pages.matches_of_search(deps(), agency_id(), saved_search_id, PageRequest(**query), reader_language())


@matches.route("/listings/<listing_id>/matches")
@policy(*STAFF)
@matches.arguments(MatchQuery, location="query")
@matches.response(200, MATCHES)
def matches_of_listing(query: Fields, listing_id: str) -> Page:
    """Show the searches that a home meets, best first, with reasons."""
    return pages.matches_of_listing(deps(), agency_id(), listing_id, PageRequest(**query), reader_language())


@matches.route("/matches")
@policy(*STAFF)
@matches.arguments(HomesQuery, location="query")
@matches.response(200, HomesMatches)
def matches_of_listings(query: Fields) -> dict[str, list[pages.ListingMatches]]:
    """Show the searches that each of several homes meets, the best of each, with reasons and counts."""
    ids, request = query.pop("listing_id"), PageRequest(**query)
    return {"items": pages.matches_of_listings(deps(), agency_id(), ids, request, reader_language())}


@matches.route("/listings/<listing_id>/match-counts")
@policy(*STAFF)
@matches.response(200, MatchCounts)
def counts_of_listing(listing_id: str) -> dict[str, int]:
    """Count the people whose search a home meets, by kind."""
    return counts.counts_of_listing(deps(), agency_id(), listing_id)


@matches.route("/saved-searches/<saved_search_id>/match-counts")
@policy(*PEOPLE)
@matches.response(200, MatchCounts)
def counts_of_search(saved_search_id: str) -> dict[str, int]:
    """Count the homes that meet a search, by kind."""
    own_search(saved_search_id)
    return counts.counts_of_search(deps(), agency_id(), saved_search_id)


@matches.route("/explain")
@policy(*PEOPLE)
@matches.arguments(PairQuery, location="query")
@matches.response(200, Explanation)
def explain(query: Fields) -> ExplanationReply:
    """Explain one search against one listing: every criterion with its figure, whatever the verdict."""
    own_search(query["saved_search_id"])
    visible_listing(query["listing_id"])
    return explain_pair(deps(), agency_id(), **query, language=reader_language())
