"""Advice on a draft search: how many homes each criterion excludes, which one excludes most, which changes would
help.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from services.matching.engine.advice.market_panel import PASSES, Panel, Rows, States
from services.matching.engine.advice.wish_changes import Change, Wire, changes, stated
from services.matching.engine.criteria import BEST
from services.matching.engine.records.facts import Search

MOST_GAINS = 10
_NEAR, _FAIL = BEST["near"], BEST["fail"]


@dataclass(frozen=True)
class Gain:
    """A change and how many more homes match with it."""

    change: Change
    homes: int


@dataclass(frozen=True)
class Advice:
    """Counts of homes; `funnel` and `misses` are (criterion, homes) in the order of the wishes.

    `rows` are those of the panel that match, are possible or near.
    """

    everything: int
    matches: int
    possible: int
    near: int
    funnel: list[tuple[str, int]]
    misses: list[tuple[str, int]]
    gains: list[Gain]
    rows: Rows = field(compare=False)


def advise(panel: Panel, search: Search, wire: Wire, resolved: Wire) -> Advice:
    """Count everything once for each criterion; `matches` equals the count of a full evaluation of every home."""
    beam, funnel = _Beam(panel.size), []
    for name in stated(search):
        left = beam.take(name, panel.states(search, name, beam.rows))
        funnel.append((name, left))
    matches, possible, near = beam.kinds()
    return Advice(
        everything=panel.size,
        matches=int(matches.sum()),
        possible=int(possible.sum()),
        near=int(near.sum()),
        funnel=funnel,
        misses=beam.single_misses(),
        gains=_gains(panel, beam, changes(search, wire, resolved)),
        rows=beam.rows[matches | possible | near],
    )


class _Beam:
    """Homes that one change or one unknown fact may still add; homes that miss two criteria are dropped at once."""

    def __init__(self, size: int) -> None:
        self.rows: Rows = np.arange(size)
        self.missed = np.zeros(size, np.int8)
        self.near = np.zeros(size, np.int8)
        self.failed = np.zeros(size, bool)
        self.states: dict[str, States] = {}

    def take(self, name: str, state: States) -> int:
        """Add one criterion; returns how many homes pass it and all before it."""
        self.states[name] = state
        self.missed += state != PASSES
        self.near += state == _NEAR
        self.failed |= state == _FAIL
        left = int((self.missed == 0).sum())
        self._keep(np.flatnonzero((self.missed <= 1) | ~(self.failed | (self.near > 0))))
        return left

    def _keep(self, kept: Rows) -> None:
        if len(kept) == len(self.rows):
            return
        self.rows, self.missed = self.rows[kept], self.missed[kept]
        self.near, self.failed = self.near[kept], self.failed[kept]
        self.states = {name: state[kept] for name, state in self.states.items()}

    def kinds(self) -> tuple[States, States, States]:
        """The homes that match, are possible and are near."""
        open_, missed = ~self.failed, self.missed > 0
        return ~missed, open_ & missed & (self.near == 0), open_ & (self.near == 1) & (self.missed == 1)

    def single_misses(self) -> list[tuple[str, int]]:
        """Homes that only this criterion excludes, by failing or nearly failing, not by an unknown fact."""
        missing = (self.missed == 1) & (self.failed | (self.near > 0))
        counts = [(name, int((missing & (state != PASSES)).sum())) for name, state in self.states.items()]
        return [(name, homes) for name, homes in counts if homes]

    def waiting_for(self, name: str) -> Rows:
        """The rows of the panel that this criterion alone keeps from matching, unknown facts included."""
        rows: Rows = self.rows[(self.missed == 1) & (self.states[name] != PASSES)]
        return rows


def _gains(panel: Panel, beam: _Beam, wanted: Iterator[Change]) -> list[Gain]:
    """Count what each change adds; a change only widens its criterion, so no present match is lost."""
    gains: list[Gain] = []
    best: dict[tuple[str, str], int] = {}
    for change in wanted:
        rows = beam.waiting_for(change.criterion)
        homes = len(rows) if change.search is None else panel.passing(change.search, change.criterion, rows)
        # skip a wider change that adds no more than the narrower one before it
        if homes > best.get((change.code, change.criterion), 0):
            best[change.code, change.criterion] = homes
            gains.append(Gain(change, homes))
    # the sort is stable: among equal gains the order of the criteria stays
    return sorted(gains, key=lambda gain: -gain.homes)[:MOST_GAINS]
