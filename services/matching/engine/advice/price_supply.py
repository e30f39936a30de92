"""A histogram of the prices on the market, shown behind a budget."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BARS = 24
USUAL = 97  # per cent of the homes that the bars show; the few dearest ones would flatten the bars
_STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Supply:
    """Homes in equal steps of price from 0 on, in hundredths; `above` are dearer than the last bar."""

    step: int
    counts: list[int]
    above: int


def supply(prices: NDArray[np.int64], most: int | None = None) -> Supply | None:
    """Count the known prices (negative means not known) in bars up to at least `most`; None without any price."""
    known = prices[prices >= 0]
    if not len(known):
        return None
    usual = len(known) * USUAL // 100
    widest = max(int(np.partition(known, usual)[usual]), most or 0, 100)
    step = _round_step(widest * 1.04 / BARS)
    bars = np.bincount(np.minimum(known // step, BARS), minlength=BARS + 1)
    return Supply(step, bars[:BARS].tolist(), int(bars[BARS]))


def _round_step(least: float) -> int:
    """The next round amount, in whole units."""
    power = 10 ** int(np.floor(np.log10(max(least, 100))))
    return int(next(factor * power for factor in _STEPS if factor * power >= least))
