"""Charts as figures: prices worth asking at, a curve on its grid, what to tell the owner."""

from __future__ import annotations

from typing import Any

import pytest

from services.gateway.components.charts import charts


def demand(*people: int, now: int) -> Any:
    curve = [
        {"price": 100_000 + 5_000 * n, "contacts": each, "searches": each, "current": n == now}
        for n, each in enumerate(people)
    ]
    return charts.demand({"currency": "EUR", "curve": curve})


@pytest.mark.parametrize("price", [180, 900, 2_340, 251_000, 4_025_000])
def test_prices_are_asked_on_both_sides_in_round_steps(price: float) -> None:
    asked = [float(each) for each in charts.around(price).split(",")]
    assert asked == sorted(set(asked))
    assert 5 < len(asked) <= 20
    assert asked[0] < price < asked[-1]
    assert price * 0.6 < asked[0]
    assert asked[-1] < price * 1.6


def test_a_curve_stays_on_its_grid_and_marks_what_it_tells() -> None:
    drawn = demand(14, 12, 9, 7, 6, 5, 2, now=4)
    assert drawn["grid"][0]["value"] == 0
    assert drawn["grid"][-1]["value"] >= 14
    assert all(charts.TOP <= point["y"] <= charts.BASE for point in drawn["points"])
    assert [one["more"] for one in drawn["says"]] == [1, 3]
    assert drawn["marked"] == {one["price"] for one in drawn["says"]}
    assert drawn["now"]["contacts"] == 6


def test_a_price_that_loses_nobody_says_nothing() -> None:
    assert demand(6, 6, 6, 6, now=2)["says"] == []


def test_few_people_are_told_and_not_drawn() -> None:
    assert demand(2, 1, 0, now=1)["few"] == 2
    assert charts.demand(None) is None


def test_the_price_history_begins_at_the_left_and_ends_today() -> None:
    line = {"field": "list_price", "currency": "EUR", "reason": "", "by": "agent:1"}
    history = [
        {**line, "previous": None, "new": 300_000, "at": "2026-01-01T10:00:00+00:00"},
        {**line, "field": "standard_status", "previous": None, "new": "active", "at": "2026-01-01T10:00:00+00:00"},
        {**line, "previous": 300_000, "new": 270_000, "at": "2026-02-01T10:00:00+00:00"},
    ]
    drawn = charts.prices(history)
    assert drawn is not None
    assert drawn["points"][0]["x"] == 0
    assert drawn["points"][1]["y"] > drawn["points"][0]["y"]
    assert drawn["change"] == pytest.approx(-0.1)
    assert [each["field"] for each in drawn["lines"]] == ["list_price", "standard_status", "list_price"]
    assert drawn["lines"][0]["new"] == 270_000
    assert charts.prices(history[1:2]) is None
