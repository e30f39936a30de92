"""Interprets typed wishes with an agency's words and places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from services.matching.engine.records.facts import Search
from services.matching.engine.records.refusal import Refused
from services.matching.engine.records.resolution import resolve_search
from services.matching.engine.sentences.wording_marks import wordings
from services.matching.model import SavedSearch
from services.matching.vocabulary.lexicons import Reading
from shared.errors import Invalid
from shared.messaging.event import now

# The fields of a saved search besides its wishes.
APART = frozenset({"contact_id", "name", "alerts", "alert_possible", "status", "valid_until"})


def state_wishes(search: SavedSearch, data: Mapping[str, Any], reading: Reading) -> list[str]:
    """Put the fields of a request into a search and interpret them; returns warnings, raises Invalid."""
    for name in APART - {"contact_id"}:
        if name in data:
            setattr(search, name, data[name])
    if search.valid_until is not None:
        search.valid_until = str(search.valid_until)
    search.wishes |= {name: value for name, value in data.items() if name not in APART}
    warnings = _interpret(search, reading)
    try:
        search.wordings = wordings(Search.from_wire(search.to_wire(), search.resolved))
    except Refused as refused:
        raise Invalid("These wishes are not valid.", refused.fields) from None
    search.save(now())
    return warnings


def patched_search(search: SavedSearch, patch: Mapping[str, Any], reading: Reading) -> Search:
    """The search after a change of its wishes, as it would be compared; nothing is stored. Raises Invalid."""
    changed = replace(search, wishes=dict(search.wishes), events=[])
    state_wishes(changed, patch, reading)
    about = {name: getattr(changed, name) for name in ("agency_id", "status", "valid_until")}
    return Search.from_wire(changed.to_wire() | about | {"sequence": search.version}, changed.resolved)


def reinterpret(search: SavedSearch, reading: Reading) -> bool:
    """Interpret a search with newer words; true when that made a new version of it."""
    before, search.resolved = search.resolved, {}
    _interpret(search, reading)
    if search.resolved != before:
        try:
            search.wordings = wordings(Search.from_wire(search.to_wire(), search.resolved))
            search.save(now())
        except Refused:
            # the new words contradict each other here, so the earlier interpretation stays
            search.resolved = before
    return bool(search.events)


def _interpret(search: SavedSearch, reading: Reading) -> list[str]:
    search.vocabulary = reading.version
    search.resolved, warnings = resolve_search(search.wishes, reading.places, reading.words)
    return warnings
