"""The HTTP door of matching."""

from __future__ import annotations

from typing import Any

from flask_smorest import Blueprint

from services.matching import handlers, reading
from services.matching.model import SavedSearch
from services.matching.schemas import (
    Explanation,
    MatchOut,
    MatchQuery,
    PairQuery,
    SavedSearchIn,
    SavedSearchOut,
    SavedSearchPatch,
    SearchQuery,
)
from shared.auth import STAFF, policy
from shared.paging import Page
from shared.schemas import page_of
from shared.web import agency_id, deps, expected_version, reader_language, versioned, writes

searches = Blueprint("saved-searches", __name__, url_prefix="/v1/saved-searches", description="What people wish.")
matches = Blueprint("matches", __name__, url_prefix="/v1", description="Who fits what, and why.")


@searches.route("", methods=["POST"])
@policy(*STAFF)
@writes
@searches.arguments(SavedSearchIn)
@searches.response(201, SavedSearchOut)
def save_search(data: dict[str, Any]) -> Any:
    """Save somebody's wishes; homes that meet them are found at once."""
    search, warnings = handlers.save_search(deps(), agency_id(), data)
    return versioned(_answer(search, warnings), search.version, f"/v1/saved-searches/{search.id}")


@searches.route("")
@policy(*STAFF)
@searches.arguments(SearchQuery, location="query")
@searches.response(200, page_of(SavedSearchOut))
def list_searches(query: dict[str, Any]) -> Page:
    """List saved searches, newest first."""
    limit, cursor = query.pop("limit"), query.pop("cursor")
    page = deps().searches.of(agency_id()).list(query, limit, cursor)
    return Page([_answer(search, []) for search in page.items], page.next_cursor)


@searches.route("/<saved_search_id>")
@policy(*STAFF)
@searches.response(200, SavedSearchOut)
def show_search(saved_search_id: str) -> Any:
    """Show one saved search."""
    search = deps().searches.of(agency_id()).get(saved_search_id)
    return versioned(_answer(search, []), search.version)


@searches.route("/<saved_search_id>", methods=["PATCH"])
@policy(*STAFF)
@writes
@searches.arguments(SavedSearchPatch)
@searches.response(200, SavedSearchOut)
def change_search(data: dict[str, Any], saved_search_id: str) -> Any:
    """Change wishes or alerts; needs If-Match."""
    search, warnings = handlers.change_search(deps(), agency_id(), saved_search_id, data, expected_version())
    return versioned(_answer(search, warnings), search.version)


@searches.route("/<saved_search_id>", methods=["DELETE"])
@policy(*STAFF)
@writes
@searches.response(204)
def remove_search(saved_search_id: str) -> None:
    """Remove a saved search; its matches go with it."""
    handlers.remove_search(deps(), agency_id(), saved_search_id)


@searches.route("/<saved_search_id>/matches")
@policy(*STAFF)
@searches.arguments(MatchQuery, location="query")
@searches.response(200, page_of(MatchOut))
def matches_of_search(query: dict[str, Any], saved_search_id: str) -> Page:
    """Show the homes that meet a search, best first, with reasons."""
    return reading.matches_of_search(deps(), agency_id(), saved_search_id, query, reader_language())


@matches.route("/listings/<listing_id>/matches")
@policy(*STAFF)
@matches.arguments(MatchQuery, location="query")
@matches.response(200, page_of(MatchOut))
def matches_of_listing(query: dict[str, Any], listing_id: str) -> Page:
    """Show whose wishes a home meets, best first, with reasons."""
    return reading.matches_of_listing(deps(), agency_id(), listing_id, query, reader_language())


@matches.route("/explain")
@policy(*STAFF)
@matches.arguments(PairQuery, location="query")
@matches.response(200, Explanation)
def explain(query: dict[str, Any]) -> Any:
    """Explain one search against one listing: every criterion with its figure, whatever the verdict."""
    return reading.explain(deps(), agency_id(), **query, language=reader_language())


def _answer(search: SavedSearch, warnings: list[str]) -> dict[str, Any]:
    about = {name: getattr(search, name) for name in ("version", "created_at", "changed_at")}
    return {**search.to_wire(), **about, "warnings": warnings}
