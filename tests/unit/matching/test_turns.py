"""How large a slice of a long crossing is: by the time that the last one took."""

from __future__ import annotations

from services.matching.crossing import SLICE
from services.matching.turns import SECONDS, Pace


def test_a_slice_grows_with_care_and_shrinks_at_once() -> None:
    pace = Pace()
    assert pace.pairs == SLICE
    pace.learn(SLICE, SECONDS / 100)
    assert pace.pairs == 2 * SLICE
    pace.learn(2 * SLICE, SECONDS / 3)
    assert pace.pairs == 4 * SLICE
    pace.learn(4 * SLICE, SECONDS * 4)
    assert pace.pairs == SLICE
    pace.learn(SLICE, SECONDS * 4)
    assert pace.pairs == SLICE, "never less than what one event carries"


def test_a_slice_that_was_cut_short_teaches_nothing() -> None:
    pace = Pace(pairs=3 * SLICE)
    pace.learn(SLICE, SECONDS / 100)
    assert pace.pairs == 3 * SLICE


def test_a_slice_has_an_upper_bound() -> None:
    pace = Pace(most=3 * SLICE)
    for _ in range(5):
        pace.learn(pace.pairs, SECONDS / 100)
    assert pace.pairs == 3 * SLICE
