"""Charts as figures: prices worth asking at, a curve on its grid, lower prices for the owner, prices over time."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, cast

import pytest
import time_machine

from services.gateway.components.charts import demand
from services.gateway.components.charts.demand import DemandChart, demand_chart, prices_around
from services.gateway.components.charts.price_history import PriceHistoryChart, price_history_chart
from services.gateway.upstream.matching import Demand
from tests.builders import a_history_entry


def a_curve(*people: int, now: int) -> DemandChart:
    curve: list[dict[str, Any]] = [
        {"price": 100_000 + 5_000 * n, "contacts": each, "searches": each, "current": n == now}
        for n, each in enumerate(people)
    ]
    chart = demand_chart(cast(Demand, {"currency": "EUR", "curve": curve}))
    assert chart is not None
    return chart


@pytest.mark.parametrize("price", [180, 900, 2_340, 251_000, 4_025_000])
def test_prices_are_asked_on_both_sides_in_round_steps(price: float) -> None:
    asked = list(prices_around(price))
    assert asked == sorted(set(asked))
    assert 5 < len(asked) <= 20
    assert asked[0] < price < asked[-1]
    assert price * 0.6 < asked[0]
    assert asked[-1] < price * 1.6


def test_a_curve_stays_on_its_grid_and_marks_the_prices_that_it_names() -> None:
    chart = a_curve(14, 12, 9, 7, 6, 5, 2, now=4)
    assert chart.grid[0].value == 0
    assert chart.grid[-1].value >= 14
    assert all(demand.TOP <= point.y <= demand.BASE for point in chart.points)
    assert [each.more for each in chart.lower_prices] == [1, 3]
    assert {point.price for point in chart.marked} == {each.price for each in chart.lower_prices}
    assert chart.current is not None
    assert chart.current.contacts == 6
    assert chart.ground.startswith(chart.path)


def test_a_price_that_loses_nobody_names_no_lower_one() -> None:
    assert a_curve(6, 6, 6, 6, now=2).lower_prices == ()


def test_few_people_are_counted_and_not_drawn() -> None:
    chart = a_curve(2, 1, 0, now=1)
    assert (chart.most, chart.points) == (2, ())
    assert demand_chart(None) is None


def a_history(*amounts: int) -> PriceHistoryChart:
    history = [a_history_entry(new=amount, at=f"2026-{n:02}-01T10:00:00+00:00") for n, amount in enumerate(amounts, 1)]
    chart = price_history_chart(history)
    assert chart is not None
    return chart


def test_the_price_history_begins_at_the_left_and_lists_the_latest_change_first() -> None:
    status = a_history_entry(field="standard_status", new="active")
    chart = price_history_chart([a_history_entry(new=300_000), status, a_history_entry(previous=300_000, new=270_000)])
    assert chart is not None
    assert chart.points[0].x == 0
    assert chart.points[1].y > chart.points[0].y
    assert chart.share == pytest.approx(-0.1)
    assert [each["new"] for each in chart.changes] == [270_000, "active", 300_000]
    assert price_history_chart([status]) is None


@time_machine.travel("2026-03-01T10:00:00+00:00", tick=False)
def test_a_history_counts_its_days_and_ends_before_the_edge() -> None:
    chart = a_history(300_000, 290_000, 280_000)
    assert chart.days == 59
    assert chart.points[-1].x < demand.WIDTH
    assert chart.path.endswith(f"H{demand.WIDTH}V{chart.points[-1].y}")


@time_machine.travel("2026-12-01T10:00:00+00:00", tick=False)
def test_labels_that_would_overlap_are_left_out() -> None:
    chart = a_history(*range(300_000, 290_000, -1_000))
    labels = [point.x for point in chart.labelled]
    assert labels[0] == 0
    assert labels[-1] == chart.points[-1].x
    assert len(labels) < len(chart.points)
    assert all(right - left > 74 for left, right in pairwise(labels))
