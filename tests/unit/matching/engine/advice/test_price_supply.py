"""The bars behind a budget."""

from __future__ import annotations

import numpy as np
import pytest

from services.matching.engine.advice.price_supply import BARS, Supply, supply


def prices(*units: float) -> np.ndarray:  # type: ignore[type-arg]
    return np.array([round(unit * 100) for unit in units], np.int64)


def test_every_home_with_a_price_is_in_one_bar_or_above_them() -> None:
    found = supply(prices(*range(100_000, 900_000, 7_000)))
    assert found is not None
    assert len(found.counts) == BARS
    assert sum(found.counts) + found.above == len(range(100_000, 900_000, 7_000))


def test_steps_are_round_amounts() -> None:
    found = supply(prices(610, 700, 940))
    assert found == Supply(5_000, found.counts if found else [], 0)
    assert found is not None
    assert [at for at, count in enumerate(found.counts) if count] == [12, 14, 18]


def test_one_very_dear_home_does_not_flatten_the_rest() -> None:
    found = supply(prices(*[200_000 + 1_000 * n for n in range(100)], 9_000_000))
    assert found is not None
    assert found.above == 1
    assert found.step <= 2_000_000


def test_a_budget_beyond_all_prices_is_still_on_the_bars() -> None:
    found = supply(prices(100_000, 120_000), most=50_000_000)
    assert found is not None
    assert found.step * BARS >= 50_000_000


@pytest.mark.parametrize("known", [np.empty(0, np.int64), np.array([-1, -1], np.int64)])
def test_without_a_known_price_there_are_no_bars(known: np.ndarray) -> None:  # type: ignore[type-arg]
    assert supply(known) is None
