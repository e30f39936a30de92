"""The matching rules over columns: integer for integer what `evaluate` says of one pair.

Either side may be arrays and the other plain numbers: one listing against many searches, or one search against many
listings. A test compares every verdict with `evaluate`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from services.matching.engine.criteria import BEST, FAIL, FULL, NEAR, PASS, UNKNOWN
from services.matching.engine.evaluate import KINDS, WEIGHT
from services.matching.engine.index.tables.columns import Array, Rows
from services.matching.engine.index.tables.search_table import UNBOUNDED

# One byte a pair, since most of the time goes into moving these arrays.
FAILS, NEARS, UNKNOWNS, PASSES = (np.int8(BEST[state]) for state in (FAIL, NEAR, UNKNOWN, PASS))
NO_MATCH, NEAR_MATCH, POSSIBLE, MATCH = range(len(KINDS))
# A converted price above this fails anyway; it keeps a hundredfold gap inside 64 bits.
HIGHEST = 4e16
Numbers = Any


class Ledger:
    """Counts what decides the kind, and sums the groups of score and confidence, for `size` pairs at once.

    A sum that is equal for all pairs stays a plain number, since usually all that is stated is known.
    """

    def __init__(self, size: int) -> None:
        self.near = np.zeros(size, np.int16)
        self.unknown = np.zeros(size, np.int16)
        self.failed = np.zeros(size, np.bool_)
        self._points = np.zeros(size, np.int64)
        self._weight: Numbers = 0
        self._known: Numbers = 0
        self._stated: Numbers = 0

    def judge(self, states: Numbers) -> None:
        """Add one hard criterion; a criterion that is not stated counts as passed."""
        self.near += states == NEARS
        self.unknown += states == UNKNOWNS
        self.failed |= states == FAILS

    def group(self, weight: int, points: Numbers, share: Numbers, stated: Numbers, known: Numbers) -> None:
        """Add one group: points 0-1000 where known, share 0-1000 known where stated."""
        self._points += weight * points * known
        self._weight = self._weight + weight * known
        self._known = self._known + weight * share * stated
        self._stated = self._stated + weight * stated

    def keep(self, rows: Rows) -> None:
        """Continue with some of the pairs only."""
        for name, values in vars(self).items():
            setattr(self, name, pick(values, rows))

    def kinds(self) -> Array:
        """The kind of each pair, an index into KINDS."""
        out = self.failed | (self.near > 1) | ((self.near > 0) & (self.unknown > 0))
        kinds = np.where(self.unknown > 0, POSSIBLE, np.where(self.near > 0, NEAR_MATCH, MATCH))
        kinds[out] = NO_MATCH
        return kinds

    def totals(self) -> tuple[Array, Array]:
        """Score and confidence of each pair."""
        scores, confidences = _rounded(self._points, self._weight), _rounded(self._known, self._stated)
        return scores, np.broadcast_to(confidences, scores.shape)


def _rounded(total: Numbers, weights: Numbers) -> Array:
    rounded: Array = (total + 5 * weights) // (10 * np.maximum(weights, 1))
    return rounded


def stated(low: Numbers, high: Numbers) -> Numbers:
    """Whether either bound is stated."""
    return (low >= 0) | (high < UNBOUNDED)


def grade(name: str, low: Numbers, high: Numbers, figure: Numbers, tolerance: Numbers) -> tuple[Array, Array]:
    """State and points of a numeric criterion; bounds -1 and UNBOUNDED are not stated, a figure of -1 is not known."""
    outside = stated(low, high) & ((figure < low) | (figure > high) | (figure < 0))
    states, points = np.full(outside.shape, PASSES), np.full(outside.shape, FULL)
    # Few candidates are outside the bounds, and only they need the exact computation.
    at = np.flatnonzero(outside)
    if len(at):
        low, high, figure, tolerance = (pick(one, at) for one in (low, high, figure, tolerance))
        bound = np.where(figure < low, low, high)
        near, earned = _near(name, bound, np.abs(figure - bound), tolerance)
        missing = figure < 0
        states[at] = np.where(missing, UNKNOWNS, np.where(near, NEARS, FAILS))
        points[at] = np.where(near & ~missing, earned, 0)
    return states, points


def _near(name: str, bound: Numbers, gap: Numbers, tolerance: Numbers) -> tuple[Array, Array]:
    tolerance = np.asarray(tolerance, np.int64)
    if name in ("bedrooms", "bathrooms"):
        return (tolerance > 0) & (gap <= 100), np.full(np.shape(gap), 500)
    if name == "year_built":
        near, reach, factor = gap <= 100 * tolerance, 100 * tolerance, 500
    else:
        near, reach, factor = 100 * gap <= tolerance * bound, tolerance * bound, 50_000
    # Only a near gap is small enough to be multiplied.
    return near, FULL - factor * np.where(near, gap, 0) // np.maximum(reach, 1)


def reach(name: str, figure: int) -> int:
    """The highest lower bound to which a figure could still be near, at the widest tolerance."""
    if name in ("bedrooms", "bathrooms"):
        return figure + 100
    return figure + 5000 if name == "year_built" else 2 * figure


def pick(values: Numbers, at: Rows) -> Numbers:
    """Some of an array's values; a plain number stands for all."""
    return values[at] if np.ndim(values) else values


def convert(prices: Numbers, rate: float) -> Numbers:
    """Hundredths in another currency: one float64 product, half to even, as `criteria.converted`."""
    return np.minimum(np.rint(prices * rate), HIGHEST).astype(np.int64)


def circle(chord: Array, within: Numbers, beyond: Numbers) -> tuple[Array, Array]:
    """State and points of circles, from squared chords."""
    states = np.where(chord <= within, PASSES, np.where(chord <= beyond, NEARS, FAILS))
    points = np.where(chord <= within, FULL - np.floor(500.0 * (chord / within)), 0).astype(np.int64)
    near = np.flatnonzero(states == NEARS)
    if len(near):
        within, beyond = pick(within, near), pick(beyond, near)
        points[near] = 500 - np.floor(500.0 * ((chord[near] - within) / (beyond - within))).astype(np.int64)
    return states, points


def chords(points: Array, others: Array) -> Array:
    """Squared chords between unit vectors in columns of three, in the order of operations of `distance_squared`."""
    dx, dy, dz = (points[..., axis] - others[..., axis] for axis in range(3))
    chord: Array = dx * dx + dy * dy + dz * dz
    return chord


def yes_or_no(answers: Array) -> tuple[Array, Array]:
    """State and points of a criterion that passes or fails."""
    return np.where(answers, PASSES, FAILS), np.where(answers, FULL, 0)


class Sizes:
    """Collects the criteria of the size group: how many are stated, how many known, and their points."""

    def __init__(self, size: int) -> None:
        self._stated: Numbers = 0
        self._known: Numbers = 0
        self._points = np.zeros(size, np.int64)

    def add(self, stated: Numbers, known: Numbers, points: Array) -> None:
        """Add one criterion."""
        both = stated & known
        self._stated = self._stated + 1 * stated
        self._known = self._known + 1 * both
        self._points += points * both

    def enter(self, ledger: Ledger) -> None:
        """Add the group's mean points and its known share."""
        share = FULL * self._known // np.maximum(self._stated, 1)
        points = self._points // np.maximum(self._known, 1)
        ledger.group(WEIGHT["size"], points, share, self._stated > 0, self._known > 0)
