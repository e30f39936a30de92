"""Use cases: save, change or remove a search; the worker crosses it shortly after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.matching.deps import Deps
from services.matching.model import SavedSearch
from services.matching.vocabulary.interpretation import state_wishes
from shared.messaging.event import now
from shared.running.context import new_id


def save_search(deps: Deps, agency_id: str, data: Mapping[str, Any]) -> tuple[SavedSearch, list[str]]:
    """Save the wishes of a validated request; returns the search and warnings."""
    deps.contacts.of(agency_id).may_be_ours(data["contact_id"])
    search = SavedSearch(new_id(), agency_id, data["contact_id"], {}, {})
    warnings = state_wishes(search, data, deps.lexicons.of(agency_id))
    deps.searches.of(agency_id).save(search)
    return search, warnings


def change_search(
    deps: Deps, agency_id: str, search_id: str, data: Mapping[str, Any], expected_version: int
) -> tuple[SavedSearch, list[str]]:
    """Change the wishes or the alerts of a search at the version that was read; returns the search and warnings."""
    store = deps.searches.of(agency_id)
    search = store.get(search_id)
    warnings = state_wishes(search, data, deps.lexicons.of(agency_id))
    store.save(search, expected_version)
    return search, warnings


def remove_search(deps: Deps, agency_id: str, search_id: str) -> None:
    """Replace a search by a tombstone."""
    store = deps.searches.of(agency_id)
    search = store.get(search_id)
    search.remove(now())
    store.save(search)
