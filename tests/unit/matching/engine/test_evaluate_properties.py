"""What holds for every pair of a listing and a search, random and adversarial."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.matching.engine.dictionary.places import shipped_places
from services.matching.engine.dictionary.words import shipped_words
from services.matching.engine.evaluate import evaluate
from services.matching.engine.records.facts import Listing, Search
from services.matching.engine.records.resolution import resolve_listing, resolve_search
from services.matching.engine.sentences.reasons import reasons_of
from services.matching.engine.world import World
from tests.support.matching.oracle import judge
from tests.support.matching.strategies import crowd, listing, search, world

Wires = tuple[list[dict[str, Any]], list[dict[str, Any]]]
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


def test_every_verdict_is_the_one_that_an_independent_reading_of_the_rules_gives() -> None:
    seen: Counter[str] = Counter()

    @settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
    @given(wires=crowd(), around=world())
    def check(wires: Wires, around: World) -> None:
        listings = [(wire, Listing.from_wire(wire)) for wire in wires[0]]
        for wish, asked in ((wire, Search.from_wire(wire)) for wire in wires[1]):
            for home, offered in listings:
                verdict = evaluate(asked, offered, around)
                assert (verdict.kind, verdict.score, verdict.confidence) == judge(wish, home, around)
                assert 0 <= verdict.score <= 100
                assert 0 <= verdict.confidence <= 100
                seen[verdict.kind] += 1

    check()
    assert sum(seen.values()) >= 20_000
    assert all(seen[kind] > 50 for kind in ("none", "near", "possible", "match")), seen


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(home=listing(), wish=search(), around=world(), lower=st.integers(1, 100))
def test_a_lower_price_never_hurts_somebody_without_a_lowest_price(
    home: dict[str, Any], wish: dict[str, Any], around: World, lower: int
) -> None:
    wish.pop("list_price_min", None)
    wish["list_price_max"] = wish.get("list_price_max", 100_000)
    home["list_price"] = 110_000
    cheaper = {**home, "list_price": 110_000 * (100 - lower) // 100}
    before, after = (_verdict(wish, wire, around) for wire in (home, cheaper))
    order = ("none", "near", "possible", "match")
    assert order.index(after[0]) >= order.index(before[0])
    assert after[1] >= before[1]


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(home=listing(), wish=search(), around=world(), more=st.integers(1, 50))
def test_more_tolerance_never_loses_a_home(
    home: dict[str, Any], wish: dict[str, Any], around: World, more: int
) -> None:
    before = _verdict(wish, home, around)
    wider = {**wish, "tolerance_percent": min(50, wish["tolerance_percent"] + more)}
    after = _verdict(wider, home, around)
    assert before[0] == "none" or after[0] == before[0]


def _verdict(wish: dict[str, Any], home: dict[str, Any], around: World) -> tuple[str, int, int]:
    verdict = evaluate(Search.from_wire(wish), Listing.from_wire(home), around)
    return verdict.kind, verdict.score, verdict.confidence


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(home=listing(), wish=search())
def test_what_the_door_resolved_survives_storage_and_reads_back_the_same(
    home: dict[str, Any], wish: dict[str, Any]
) -> None:
    kept = json.loads(json.dumps(resolve_listing(home, shipped_places(), shipped_words())))
    assert Listing.from_wire({**home, "resolved": kept}) == Listing.from_wire(home)
    stored = json.loads(json.dumps(resolve_search(wish, shipped_places(), shipped_words())[0]))
    assert Search.from_wire({**wish, "resolved": stored}) == Search.from_wire(wish)


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(home=listing(), wish=search(), around=world(), language=st.sampled_from(["en", "es", "pt", "sl", "sv"]))
def test_every_criterion_is_told_once_in_a_whole_sentence(
    home: dict[str, Any], wish: dict[str, Any], around: World, language: str
) -> None:
    asked, offered = Search.from_wire(wish), Listing.from_wire(home)
    verdict = evaluate(asked, offered, around)
    told = reasons_of(verdict, asked, offered, language)
    sentences = [one["text"] for drawer in told.values() for one in drawer]
    assert all(text and "%(" not in text for text in sentences)
    decisions = sum(one["code"].startswith(("accepted.", "price.converted")) for one in told["reasons"])
    assert len(sentences) - decisions == len(verdict.criteria)
    json.dumps(told, allow_nan=False)
