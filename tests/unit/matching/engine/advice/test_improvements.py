"""Each change that is offered for a pair makes the criterion pass that it is offered for."""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import Any

import pytest

from services.matching.engine.advice.improvements import Improvement, improvements, missing_criteria
from services.matching.engine.advice.likeness import at_price
from services.matching.engine.dictionary.places import shipped_places
from services.matching.engine.dictionary.words import shipped_words
from services.matching.engine.evaluate import evaluate
from services.matching.engine.records.facts import Listing, Search
from services.matching.engine.records.quantities import MOST_MONEY, hundredths
from services.matching.engine.records.refusal import Refused
from services.matching.engine.records.resolution import resolved_search
from services.matching.engine.world import World
from tests.support.matching.crowds import homes, wishes
from tests.support.matching.strategies import TODAY

Wire = dict[str, Any]
LISTING = {"id": "l1", "transaction": "sale", "list_price": 300_000, "currency": "EUR", "bedrooms_total": 2}
SEARCH = {"id": "s1", "transaction": "sale", "list_price_max": 310_000, "currency": "EUR"}
WORLD = World(TODAY)


def offered(search: Wire, listing: Wire) -> list[Improvement]:
    resolved = resolved_search(search, shipped_places(), shipped_words())
    verdict = evaluate(Search.from_wire(search, resolved), Listing.from_wire(listing), WORLD)
    return improvements(verdict.criteria, resolved)


def codes(search: Wire, listing: Wire) -> list[tuple[str, str]]:
    return [(one.code, one.side) for one in offered(SEARCH | search, LISTING | listing)]


@pytest.mark.parametrize(
    ("search", "listing", "expected"),
    [
        ({}, {}, []),
        ({"list_price_max": 280_000}, {}, [("lower_price", "listing"), ("raise_budget", "search")]),
        ({}, {"list_price": None}, [("state_fact", "listing")]),
        ({"bedrooms_min": 3}, {}, [("lower_bound", "search")]),
        ({"bedrooms_max": 1}, {}, [("raise_bound", "search")]),
        ({"must_have": ["pool"]}, {"features_absent": ["pool"]}, [("drop_must_have", "search")]),
        ({"must_have": ["pool"]}, {}, [("state_fact", "listing")]),
        ({"wont_accept": ["pool"]}, {"features": ["pool"]}, [("accept_feature", "search")]),
        ({"property_sub_types": ["apartment"]}, {"property_sub_type": "townhouse"}, []),
        ({"transaction": "lease", "list_price_max": 280_000}, {}, []),
        ({"list_price_max": 280_000, "currency": "SEK"}, {}, [("state_fact", "listing")]),
    ],
)
def test_a_missing_criterion_has_its_changes(search: Wire, listing: Wire, expected: list[tuple[str, str]]) -> None:
    assert codes(search, listing) == expected


def test_a_change_says_what_would_be_instead_of_what() -> None:
    lower, raise_budget = offered(SEARCH | {"list_price_max": 280_000}, LISTING)
    assert (lower.price, lower.figures) == (280_000, {"price": 280_000, "currency": "EUR"})
    assert raise_budget.patch == {"list_price_max": 300_000}
    (rooms,) = offered(SEARCH | {"bedrooms_min": 3}, LISTING)
    assert (rooms.patch, rooms.figures) == ({"bedrooms_min": 2}, {"wanted": 3, "found": 2})


def test_a_word_is_dropped_however_it_was_typed() -> None:
    listing = LISTING | {"features": ["garden"], "features_absent": ["lift"]}
    (change,) = offered(SEARCH | {"must_have": ["Elevador", "garden"]}, listing)
    assert (change.figures, change.patch) == ({"feature": "lift"}, {"must_have": ["garden"]})


def test_more_than_three_missing_criteria_are_not_worth_an_offer() -> None:
    wanted = {"bedrooms_min": 3, "bathrooms_min": 1, "living_area_min": 80}
    assert len(codes(wanted, {})) == 3
    assert codes(wanted | {"year_built_min": 1990}, {}) == []


def test_every_combination_of_one_change_for_each_criterion_makes_a_match() -> None:
    seen: Counter[str] = Counter()
    for wish in wishes(60, 5):
        resolved = resolved_search(wish, shipped_places(), shipped_words())
        search = Search.from_wire(wish, resolved)
        for home in homes(40, 6):
            listing = Listing.from_wire(home)
            verdict = evaluate(search, listing, WORLD)
            changes = improvements(verdict.criteria, resolved)
            if changes and all(change.code != "state_fact" for change in changes):
                seen.update(change.code for change in changes)
                assert_matches(wish, listing, changes)
    assert set(seen) >= {"lower_price", "raise_budget", "lower_bound", "drop_must_have"}


def assert_matches(wish: Wire, listing: Listing, changes: list[Improvement]) -> None:
    criteria = dict.fromkeys(change.criterion for change in changes)
    for chosen in product(*([one for one in changes if one.criterion == name] for name in criteria)):
        patched, priced = dict(wish), listing
        for change in chosen:
            if change.price is not None:
                priced = at_price(priced, hundredths(change.price, MOST_MONEY))
            for field, value in (change.patch or {}).items():
                kept = [word for word in patched[field] if word in value] if isinstance(value, list) else value
                patched[field] = kept
        try:
            search = Search.from_wire(patched)
        except Refused:
            continue  # nothing that decides was left
        left = missing_criteria(evaluate(search, priced, WORLD).criteria)
        assert left == [], (wish, chosen)
