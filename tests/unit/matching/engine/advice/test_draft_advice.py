"""Advice counts exactly what a full evaluation counts, before and after each change."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import HealthCheck, given, settings

from services.matching.engine.advice.draft_advice import Advice, advise
from services.matching.engine.advice.market_panel import ScanPanel
from services.matching.engine.criteria import PASS, UNKNOWN
from services.matching.engine.dictionary.places import shipped_places
from services.matching.engine.dictionary.words import shipped_words
from services.matching.engine.evaluate import KINDS, Verdict, evaluate
from services.matching.engine.index.index import Index
from services.matching.engine.records.facts import Listing, Search
from services.matching.engine.records.resolution import resolve_search
from services.matching.engine.world import World
from tests.support.matching.strategies import RATES, TODAY, crowd, world

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
Wire = dict[str, Any]
HERE = {"latitude": 38.72, "longitude": -9.14}


def advice_on(wish: Wire, homes: list[Listing], around: World) -> Advice:
    resolved = resolve_search(wish, shipped_places(), shipped_words())[0]
    search = Search.from_wire(wish, resolved)
    index = Index()
    index.load(homes[: len(homes) // 2], [])
    for home in homes[len(homes) // 2 :]:
        index.apply_listing(home)
    plain = advise(ScanPanel(search, homes, around), search, wish, resolved)
    panel = index.panel(search, around)
    told = advise(panel, search, wish, resolved)
    assert told == plain
    found = panel.met(search, told.rows).best(by_kind=True)
    assert [(hit.kind, hit.score, hit.confidence, hit.id) for hit in found] == ranked(search, homes, around)
    return plain


def ranked(search: Search, homes: list[Listing], around: World) -> list[tuple[str, int, int, str]]:
    """The homes that the one function says are met, as a preview ranks them."""
    each = [(evaluate(search, home, around), home.id) for home in homes]
    met = [(verdict.kind, verdict.score, verdict.confidence, one) for verdict, one in each if verdict.kind != "none"]
    return sorted(met, key=lambda row: (-KINDS.index(row[0]), -row[1], -row[2], row[3]))


def verdicts(wish: Wire, homes: list[Listing], around: World) -> list[Verdict]:
    search = Search.from_wire(wish)
    return [evaluate(search, home, around) for home in homes]


def patched(wish: Wire, patch: Wire) -> Wire:
    return {name: value for name, value in (wish | patch).items() if value is not None}


def test_every_count_is_what_a_full_evaluation_counts() -> None:
    seen: Counter[str] = Counter()

    @settings(max_examples=30, deadline=None, suppress_health_check=SLOW)
    @given(wires=crowd(), around=world())
    def check(wires: tuple[list[Wire], list[Wire]], around: World) -> None:
        homes = [Listing.from_wire(wire) for wire in wires[0]]
        for wish in wires[1]:
            advice = advice_on(wish, homes, around)
            found = Counter(verdict.kind for verdict in verdicts(wish, homes, around))
            assert (advice.matches, advice.possible, advice.near) == (found["match"], found["possible"], found["near"])
            for gain in advice.gains:
                after = Counter(one.kind for one in verdicts(patched(wish, gain.change.patch), homes, around))
                assert after["match"] == advice.matches + gain.homes, gain
                seen[gain.change.code] += 1

    check()
    assert len(seen) >= 10, seen


@settings(max_examples=8, deadline=None, suppress_health_check=SLOW)
@given(wires=crowd(), around=world())
def test_the_funnel_and_the_single_misses_are_read_off_the_verdicts(
    wires: tuple[list[Wire], list[Wire]], around: World
) -> None:
    homes = [Listing.from_wire(wire) for wire in wires[0]]
    for wish in wires[1]:
        advice = advice_on(wish, homes, around)
        told = [
            v
            for v in verdicts(wish, homes, around)
            if all("." in c.name or c.points is not None or c.state == UNKNOWN for c in v.criteria)
        ]
        hard = [{c.name: c.state for c in v.criteria if c.hard} for v in told]
        names: list[str] = []
        for name, left in advice.funnel:
            names.append(name)
            assert left == sum(all(states[one] == PASS for one in names) for states in hard)
        missing = [[n for n, s in states.items() if s != PASS] for states in hard]
        only = Counter(m[0] for m, states in zip(missing, hard, strict=True) if len(m) == 1 and states[m[0]] != UNKNOWN)
        assert dict(advice.misses) == dict(only)
        assert advice.everything == len(told)


def test_a_wish_is_answered_with_what_would_bring_more_homes() -> None:
    base = {"transaction": "sale", "currency": "EUR", "features": ["lift"], "bedrooms_total": 3, **HERE}
    homes = [
        base | {"id": "fits", "list_price": 290_000},
        base | {"id": "dear", "list_price": 312_000},
        base | {"id": "stairs", "list_price": 280_000, "features": [], "features_absent": ["lift"]},
        base | {"id": "small", "list_price": 280_000, "bedrooms_total": 2},
        base | {"id": "far", "list_price": 280_000, "latitude": 38.77},
        base | {"id": "untold", "list_price": None},
        base | {"id": "both", "list_price": 312_000, "bedrooms_total": 2},
        base | {"id": "let", "list_price": 900, "transaction": "lease"},
    ]
    wish = {
        "id": "s",
        "transaction": "sale",
        "currency": "EUR",
        "list_price_max": 300_000,
        "bedrooms_min": 3,
        "must_have": ["elevador"],
        "areas": [{"circle": {**HERE, "radius_km": 5}}],
    }
    advice = advice_on(wish, [Listing.from_wire(home) for home in homes], World(TODAY, RATES))
    assert (advice.everything, advice.matches, advice.possible) == (7, 1, 1)
    assert advice.funnel == [("price", 4), ("location", 3), ("bedrooms", 2), ("must_have.lift", 1)]
    assert advice.misses == [("price", 1), ("location", 1), ("bedrooms", 1), ("must_have.lift", 1)]
    gains = {gain.change.code: (gain.homes, gain.change.patch) for gain in advice.gains}
    assert gains["price.raise"] == (1, {"list_price_max": 315_000})
    assert gains["bedrooms.fewer"] == (1, {"bedrooms_min": 2})
    assert gains["must_have.without"] == (1, {"must_have": []})
    assert gains["location.wider"] == (1, {"areas": [{"circle": {**HERE, "radius_km": 6}}]})
    assert gains["location.anywhere"] == (1, {"areas": []})


def test_a_single_wish_is_never_advised_away() -> None:
    wish = {"id": "s", "transaction": "sale", "must_have": ["lift"]}
    home = Listing.from_wire({"id": "l", "transaction": "sale", "features_absent": ["lift"]})
    assert advice_on(wish, [home], World(TODAY, RATES)).gains == []
