"""Demand for a home and what it leaves unstated are counted exactly as the one function judges every search."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from services.matching.engine.advice.likeness import at_price
from services.matching.engine.criteria import UNKNOWN
from services.matching.engine.evaluate import Verdict, evaluate
from services.matching.engine.index.index import Index
from services.matching.engine.records.facts import Listing, Search
from services.matching.engine.world import World
from tests.support.matching.crowds import homes, wishes
from tests.support.matching.strategies import RATES, TODAY, crowd, world

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)
WORLD = World(TODAY, RATES)
PRICES = (9_000_000, 25_000_000, 70_000_000)
Pairs = list[tuple[Search, Verdict]]


def indexed(searches: list[Search], loaded: int) -> Index:
    """Some of them under the grid, the others in the tail."""
    index = Index()
    index.load([], searches[:loaded])
    for search in searches[loaded:]:
        index.apply_search(search)
    return index


def judged(home: Listing, searches: list[Search], around: World) -> Pairs:
    """Every search that a home meets, best first."""
    pairs = [(search, evaluate(search, home, around)) for search in searches]
    met = [pair for pair in pairs if pair[1].kind != "none"]
    return sorted(met, key=lambda pair: (-pair[1].score, -pair[1].confidence, pair[0].id))


def unstated(pairs: Pairs, limit: int) -> dict[tuple[str, bool], set[str]]:
    """Who asks what a home does not state, read off the verdicts."""
    asked = defaultdict(set)
    best = [pair for pair in pairs if pair[1].kind in ("match", "possible")][:limit]
    for search, verdict in best:
        for one in verdict.criteria:
            if one.state == UNKNOWN or ("." in one.name and one.found is None):
                asked[one.name.rpartition(".")[2], one.hard].add(search.contact_id or search.id)
    return dict(asked)


def told(index: Index, home: Listing, around: World, limit: int) -> dict[tuple[str, bool], set[str]]:
    """The same of the index."""
    asked = defaultdict(set)
    for about, decides, people in index.unstated(home, around, limit):
        asked[about, decides].update(people)
    return dict(asked)


def check(home: Listing, searches: list[Search], index: Index, around: World) -> int:
    pairs = judged(home, searches, around)
    for limit in (1000, 3):
        assert told(index, home, around, limit) == unstated(pairs, limit)
    states = [at_price(home, price) for price in PRICES]
    found = index.demand(states, around)
    people = [[s for s, verdict in judged(one, searches, around) if verdict.kind == "match"] for one in states]
    assert [len(one) for one in found.states] == [len(one) for one in people]
    contacts = [{search.contact_id for search in one} for one in people]
    assert [len(found.people(at)) for at in range(len(states))] == [len(one) for one in contacts]
    for at, later in ((0, 1), (2, 1)):
        gained = np.setdiff1d(found.people(at), found.people(later))
        assert len(gained) == len(contacts[at] - contacts[later])
        others = found.others(at, found.people(later)).best()
        assert [hit.id for hit in others] == [s.id for s in people[at] if s.contact_id not in contacts[later]]
    return len(unstated(pairs, 1000))


@settings(max_examples=25, deadline=None, suppress_health_check=SLOW, phases=UNSHRUNK)
@given(wires=crowd(), around=world(), loaded=st.integers(0, 20))
def test_demand_and_gaps_are_those_of_the_verdicts_for_adversarial_records(
    wires: tuple[list[dict[str, Any]], list[dict[str, Any]]], around: World, loaded: int
) -> None:
    searches = [Search.from_wire(wire) for wire in wires[1]]
    index = indexed(searches, loaded)
    for wire in wires[0][:8]:
        check(Listing.from_wire(wire), searches, index, around)


def test_a_market_asks_of_its_homes_what_the_verdicts_say() -> None:
    searches = [Search.from_wire(wire) for wire in wishes(600, 21)]
    index = indexed(searches, 400)
    assert sum(check(Listing.from_wire(wire), searches, index, WORLD) for wire in homes(40, 22)) > 100


def test_people_whose_hashes_are_equal_stay_different_people() -> None:
    wish = {"transaction": "sale", "currency": "EUR", "list_price_max": 300_000}
    who = ("a", "b", "a", None, "c", None)
    searches = [Search.from_wire({**wish, "id": f"s{at}", "contact_id": one}) for at, one in enumerate(who)]
    index = indexed(searches, 3)
    table = index._agency(None).searches.view.table
    table.rows["owner"][: len(who)] = 7
    home = Listing.from_wire({"id": "l", "transaction": "sale", "currency": "EUR", "list_price": 1})
    found = index.demand([home], WORLD)
    assert (len(found.states[0]), len(found.people(0))) == (len(who), 4)
