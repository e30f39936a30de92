"""Use case: the whole verdict on one pair of any kind, with the alert conditions of the search."""

from __future__ import annotations

from typing import Any, TypedDict

from services.matching.deps import Deps
from services.matching.engine.criteria import FULL, Criterion
from services.matching.engine.evaluate import Verdict, evaluate, most_points
from services.matching.engine.records.facts import Listing, Search
from services.matching.engine.sentences.reasons import ReasonReply, reasons_by_criterion
from services.matching.matches.pair_reply import PairReply, reply_of
from services.matching.model import alert_gates
from services.matching.store.listing_summary import summary_of
from services.matching.store.records import as_listing, as_search


class CriterionReply(TypedDict):
    """One criterion; `most` is the most points of 100 that it can earn (None for a gate), `earned` what it earns."""

    name: str
    hard: bool
    state: str
    wanted: Any  # a number, a word, a list or an object, by criterion
    found: Any  # as `wanted`
    gap: float | None
    points: int | None
    weight: int
    most: float | None
    earned: float | None
    reason: ReasonReply


class GateReply(TypedDict):
    """One alert condition of the search."""

    code: str
    open: bool
    value: str | None


class Explanation(PairReply):
    """The whole verdict on a pair."""

    criteria: list[CriterionReply]
    gates: list[GateReply]
    listing_sequence: int
    search_sequence: int


def explain(deps: Deps, agency_id: str, saved_search_id: str, listing_id: str, language: str) -> Explanation:
    """The verdict on any pair of the agency, criterion by criterion, each with its reason in this language."""
    store = deps.searches.of(agency_id)
    saved, document = store.get(saved_search_id), store.get_document(saved_search_id)
    stored = deps.listings.of(agency_id).get(listing_id)
    world = deps.world_of_contact(agency_id, saved.contact_id)
    search, listing = as_search(document), as_listing(stored)
    verdict = evaluate(search, listing, world)
    gates = alert_gates(saved, verdict.kind, world.today)
    return {
        **reply_of(verdict, listing, search, document, language),
        "criteria": _criteria(verdict, search, listing, language),
        "gates": [{"code": gate.code, "open": gate.open, "value": gate.value} for gate in gates],
        "listing": summary_of(stored),
        "listing_sequence": stored["told"],
        "search_sequence": document["sequence"],
    }


def _criteria(verdict: Verdict, search: Search, listing: Listing, language: str) -> list[CriterionReply]:
    most = most_points(verdict.criteria)
    reasons = [first.to_wire() for (_, first), *_ in reasons_by_criterion(verdict.criteria, search, listing, language)]
    return [
        _criterion(criterion, most.get(criterion.name), reason)
        for criterion, reason in zip(verdict.criteria, reasons, strict=True)
    ]


def _criterion(criterion: Criterion, most: float | None, reason: ReasonReply) -> CriterionReply:
    return {
        "name": criterion.name,
        "hard": criterion.hard,
        "state": criterion.state,
        "wanted": criterion.wanted,
        "found": criterion.found,
        "gap": criterion.gap,
        "points": criterion.points,
        "weight": criterion.weight,
        "most": None if most is None else round(most, 1),
        "earned": None if most is None else round(most * (criterion.points or 0) / FULL, 1),
        "reason": reason,
    }
