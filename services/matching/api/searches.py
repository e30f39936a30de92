"""Saved searches over HTTP."""

from __future__ import annotations

from typing import Any

from services.matching.api.body import Fields
from services.matching.api.deps import deps
from services.matching.api.own import PEOPLE, only_own, own_contact, own_search
from services.matching.model import SavedSearch
from services.matching.saved_searches.changes import change_search as change
from services.matching.saved_searches.changes import remove_search as remove
from services.matching.saved_searches.changes import save_search as save
from services.matching.schemas.searches import SavedSearchIn, SavedSearchOut, SavedSearchPatch, SearchQuery
from shared.http.auth import policy
from shared.http.schemas import page_of
from shared.http.web import Blueprint, agency_id, expected_version, versioned, writes
from shared.storage.paging import Page

searches = Blueprint("saved-searches", __name__, url_prefix="/v1/saved-searches", description="What people wish.")


@searches.route("", methods=["POST"])
@policy(*PEOPLE)
@writes
@searches.arguments(SavedSearchIn)
@searches.response(201, SavedSearchOut)
def save_search(data: Fields) -> Any:
    """Save a search; it is crossed with all listings at once."""
    only_own(data["contact_id"])
    search, warnings = save(deps(), agency_id(), data)
    return versioned(_answer(search, warnings), search.version, f"/v1/saved-searches/{search.id}")


@searches.route("")
@policy(*PEOPLE)
@searches.arguments(SearchQuery, location="query")
@searches.response(200, page_of(SavedSearchOut))
def list_searches(query: Fields) -> Page:
    """List saved searches, newest first."""
    if mine := own_contact():
        query["contact_id"] = mine
    limit, cursor = query.pop("limit"), query.pop("cursor")
    page = deps().searches.of(agency_id()).list(query, limit, cursor)
    return Page([_answer(search, []) for search in page.items], page.next_cursor)


@searches.route("/<saved_search_id>")
@policy(*PEOPLE)
@searches.response(200, SavedSearchOut)
def show_search(saved_search_id: str) -> Any:
    """Show one saved search."""
    search = own_search(saved_search_id)
    return versioned(_answer(search, []), search.version)


@searches.route("/<saved_search_id>", methods=["PATCH"])
@policy(*PEOPLE)
@writes
@searches.arguments(SavedSearchPatch)
@searches.response(200, SavedSearchOut)
def change_search(data: Fields, saved_search_id: str) -> Any:
    """Change wishes or alerts; needs If-Match."""
    own_search(saved_search_id)
    search, warnings = change(deps(), agency_id(), saved_search_id, data, expected_version())
    return versioned(_answer(search, warnings), search.version)


@searches.route("/<saved_search_id>", methods=["DELETE"])
@policy(*PEOPLE)
@writes
@searches.response(204)
def remove_search(saved_search_id: str) -> None:
    """Remove a saved search; its matches go with it."""
    own_search(saved_search_id)
    remove(deps(), agency_id(), saved_search_id)


def _answer(search: SavedSearch, warnings: list[str]) -> Fields:
    about = {name: getattr(search, name) for name in ("version", "created_at", "changed_at")}
    return {**search.to_wire(), **about, "warnings": warnings}
