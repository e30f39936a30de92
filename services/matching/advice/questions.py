"""Use case: which facts of a listing are missing that people's searches ask for."""

from __future__ import annotations

from collections import defaultdict
from typing import TypedDict

from services.matching.deps import Deps
from services.matching.store.records import as_listing

# How many pairs, best first, are checked for missing facts.
MOST_PAIRS = 400


class Question(TypedDict):
    """A missing fact: how many people cannot match without it, and how many others would like it."""

    about: str
    waiting: int
    wishing: int


def questions_about(deps: Deps, agency_id: str, listing_id: str) -> list[Question]:
    """The missing facts of a listing that searches ask for, those that block most people first."""
    listing = as_listing(deps.listings.of(agency_id).get(listing_id))
    index, world = deps.ready_index(), deps.world_of_listing(agency_id, listing_id)
    waiting: dict[str, set[str]] = defaultdict(set)
    wishing: dict[str, set[str]] = defaultdict(set)
    for about, decides, contacts in index.unstated(listing, world, MOST_PAIRS):
        (waiting if decides else wishing)[about].update(contacts)
    questions = [_question(about, waiting[about], wishing[about]) for about in {*waiting, *wishing}]
    return sorted(questions, key=lambda one: (-one["waiting"], -one["wishing"], one["about"]))


def _question(about: str, waiting: set[str], wishing: set[str]) -> Question:
    return {"about": about, "waiting": len(waiting), "wishing": len(wishing - waiting)}
