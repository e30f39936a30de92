"""Use case: the whole verdict on one pair, whatever it is, with the conditions for an alert that the wishes set."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from services.matching.deps import Deps
from services.matching.engine.criteria import Criterion
from services.matching.engine.evaluate import Verdict, evaluate, most_points
from services.matching.engine.records.facts import Listing, Search
from services.matching.engine.sentences.reasons import reasons_by_criterion
from services.matching.matches.pair_reply import reply_of
from services.matching.model import SavedSearch, alert_gates
from services.matching.store.listing_summary import summary_of
from services.matching.store.records import as_listing, as_search
from shared.storage.mongo import Document


def explain(deps: Deps, agency_id: str, saved_search_id: str, listing_id: str, language: str) -> Document:
    """The verdict on any pair of the agency's, criterion by criterion, each with its reason in this language."""
    store = deps.searches.of(agency_id)
    saved, document = store.get(saved_search_id), store.get_document(saved_search_id)
    stored = deps.listings.of(agency_id).get(listing_id)
    world = deps.world_of_contact(agency_id, saved.contact_id)
    search, listing = as_search(document), as_listing(stored)
    verdict = evaluate(search, listing, world)
    return reply_of(verdict, listing, search, document, language) | {
        "criteria": _criteria(verdict, search, listing, language),
        "gates": _gates(saved, verdict, world.today),
        "listing": summary_of(stored),
        "listing_sequence": stored["told"],
        "search_sequence": document["sequence"],
    }


def _gates(search: SavedSearch, verdict: Verdict, today: date) -> list[Document]:
    return [asdict(gate) for gate in alert_gates(search, verdict.kind, today)]


def _criteria(verdict: Verdict, search: Search, listing: Listing, language: str) -> list[Document]:
    most = most_points(verdict.criteria)
    reasons = [first.to_wire() for (_, first), *_ in reasons_by_criterion(verdict.criteria, search, listing, language)]
    return [
        _criterion(criterion, most.get(criterion.name), reason)
        for criterion, reason in zip(verdict.criteria, reasons, strict=True)
    ]


def _criterion(criterion: Criterion, most: float | None, reason: dict[str, Any]) -> Document:
    earned = None if most is None else round(most * (criterion.points or 0) / 1000, 1)
    shown = None if most is None else round(most, 1)
    return criterion.to_wire() | {"weight": criterion.weight, "most": shown, "earned": earned, "reason": reason}
