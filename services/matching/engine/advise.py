"""Advice on a draft search: how many homes each wish costs, which one thing stands in the way, what would help."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from services.matching.engine.changes import Change, Wire, changes, stated
from services.matching.engine.criteria import BEST
from services.matching.engine.facts import Search
from services.matching.engine.panel import PASSES, Panel, Rows, States

MOST_GAINS = 10
_NEAR, _UNKNOWN, _FAIL = BEST["near"], BEST["unknown"], BEST["fail"]


@dataclass(frozen=True)
class Gain:
    """A change and how many more homes match with it."""

    change: Change
    homes: int


@dataclass(frozen=True)
class Advice:
    """Counts of homes; `funnel` and `misses` are (criterion, homes) in the order of the wishes."""

    everything: int
    matches: int
    possible: int
    near: int
    funnel: list[tuple[str, int]]
    misses: list[tuple[str, int]]
    gains: list[Gain]


def advise(panel: Panel, search: Search, wire: Wire, resolved: Wire) -> Advice:
    """Count everything once for each criterion; `matches` is what a full evaluation of every home would count."""
    names = stated(search)
    states = {name: panel.states(search, name) for name in names}
    missed = np.zeros(panel.size, np.int16)
    for state in states.values():
        missed += state != PASSES
    possible, near = _others(states, panel.size)
    return Advice(
        everything=panel.size,
        matches=int((missed == 0).sum()),
        possible=possible,
        near=near,
        funnel=list(_funnel(states, panel.size)),
        misses=[(name, homes) for name in names if (homes := _only_miss(states[name], missed))],
        gains=_gains(panel, states, missed, changes(search, wire, resolved)),
    )


def _others(states: dict[str, States], size: int) -> tuple[int, int]:
    """How many homes are possible, and how many near."""
    near, unknown = np.zeros(size, np.int16), np.zeros(size, np.int16)
    failed = np.zeros(size, bool)
    for state in states.values():
        near += state == _NEAR
        unknown += state == _UNKNOWN
        failed |= state == _FAIL
    possible = ~failed & (near == 0) & (unknown > 0)
    return int(possible.sum()), int((~failed & (near == 1) & (unknown == 0)).sum())


def _funnel(states: dict[str, States], size: int) -> Iterator[tuple[str, int]]:
    left = np.ones(size, bool)
    for name, state in states.items():
        left &= state == PASSES
        yield name, int(left.sum())


def _only_miss(state: States, missed: States) -> int:
    """Homes that this criterion alone keeps away: by failing or nearly, not for want of a fact."""
    return int(((missed == 1) & ((state == _FAIL) | (state == _NEAR))).sum())


def _gains(panel: Panel, states: dict[str, States], missed: States, wanted: Iterator[Change]) -> list[Gain]:
    found = []
    for change in wanted:
        state = states[change.criterion]
        alone = np.flatnonzero((missed - (state != PASSES)) == 0)
        after = len(alone) if change.search is None else _passing(panel, change, alone)
        homes = after - int((state[alone] == PASSES).sum())
        if homes > 0:
            found.append(Gain(change, homes))
    # the sort is stable: of equal gains the one that people think of first
    return sorted(found, key=lambda gain: -gain.homes)[:MOST_GAINS]


def _passing(panel: Panel, change: Change, rows: Rows) -> int:
    assert change.search is not None
    return int((panel.states(change.search, change.criterion, rows) == PASSES).sum())
