"""What wishes find, as the editor shows it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from services.gateway.components.wish_editor.areas import WishArea
from services.gateway.components.wish_editor.forms import WishForm
from services.gateway.components.wish_editor.preview import homes_in, price_bars, wish_preview
from services.gateway.upstream.matching import MapPoint
from tests.builders import a_match, a_preview, a_reason, a_saved_search

pytestmark = pytest.mark.usefixtures("in_english")


def form(**changes: Any) -> WishForm:
    return WishForm.from_search(a_saved_search(**changes), "EUR")


def point(id_: str, kind: str = "match", latitude: float = 1, longitude: float = 1) -> MapPoint:
    place = {"latitude": latitude, "longitude": longitude}
    return {"id": id_, "kind": kind, "list_price": 250_000, "currency": "EUR", **place}  # type: ignore[typeddict-item]


def offer(change: str, patch: dict[str, Any], gain: int = 1, **figures: Any) -> Any:
    return {"change": change, "figures": figures, "text": f"{change}: {gain}", "gain": gain, "patch": patch}


def left(**homes: int) -> Any:
    return [{"criterion": name.replace("__", "."), "label": name, "left": count} for name, count in homes.items()]


def test_the_funnel_has_one_step_a_group_with_what_is_left_after_it() -> None:
    funnel = left(price=8, location=6, bedrooms=5, living_area=4, must_have__lift=2)
    search = form(areas=[{"place": {"name": "Cádiz"}}], bedrooms_min=2, living_area_min=60, must_have=["lift"])
    steps = wish_preview(a_preview(funnel=funnel), search, "/listings/").steps
    assert [(step.group, step.count) for step in steps] == [
        *(("all", 10), ("price", 8), ("location", 6), ("size", 4), ("features", 2))
    ]


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [(None, 310_000, "Up to €310,000"), (200_000, None, "From €200,000"), (200_000, 310_000, "€200,000 to €310,000")],
)
def test_the_budget_is_said_by_its_bounds(low: float | None, high: float | None, text: str) -> None:
    search = form(list_price_min=low, list_price_max=high)
    assert wish_preview(a_preview(), search, "/listings/").steps[1].text == text


@pytest.mark.parametrize(
    ("funnel", "words"),
    [
        (left(price=8, location=6), "of 10 homes, 8 within budget, 6 of them in your areas"),
        (left(location=6), "of 6 in your areas"),
        (left(price=8), "of 8 within budget"),
        (left(bedrooms=3), "of 10 homes"),
    ],
)
def test_the_funnel_in_one_sentence_names_what_was_stated(funnel: Any, words: str) -> None:
    assert wish_preview(a_preview(funnel=funnel), form(), "/me/homes/").plain == words


def test_what_would_find_more_is_one_of_a_kind_and_begins_with_what_left_no_home() -> None:
    offers = [
        offer("price", {"list_price_max": 320_000}),
        offer("price", {"list_price_max": 340_000}, 3),
        offer("must_have.drop", {"must_have": []}, feature="lift"),
        offer("must_have.drop", {"must_have": ["x"]}, feature="garden"),
    ]
    reply = a_preview(funnel=left(price=4, must_have__lift=0), counterfactuals=offers)
    patches = [json.loads(each.patch) for each in wish_preview(reply, form(), "/listings/").openings]
    assert patches == [{"must_have": []}, {"must_have": ["x"]}, {"list_price_max": 320_000}]


def test_the_best_homes_lead_to_their_pages_and_say_why_or_what_is_open() -> None:
    unsure = a_match(kind="possible", unknowns=[a_reason("Lift: not stated.")], listing_id="listing-2")
    best = wish_preview(a_preview(top=[a_match(), unsure]), form(), "/me/homes/").best
    assert [home.path for home in best] == ["/me/homes/listing-1", "/me/homes/listing-2"]
    assert best[1].note == "Lift: not stated."
    assert best[0].note == a_match()["reasons"][0]["text"]


def test_homes_are_counted_in_the_area_where_they_lie() -> None:
    circle = WishArea("circle", {"latitude": 1, "longitude": 1, "radius_km": 1})
    homes = [point("a"), point("b", latitude=5), point("c", "near"), point("d", "none")]
    assert homes_in(circle, homes) == 1
    assert homes_in(WishArea("place", {"name": "Sevilla"}), homes) is None
    assert homes_in(circle, [point(str(n)) for n in range(150)]) is None


def test_the_script_gets_pins_by_kind_and_counts_by_area() -> None:
    areas = [{"circle": {"latitude": 1, "longitude": 1, "radius_km": 1}}, {"place": {"name": "Cádiz"}}]
    reply = a_preview(homes=[point("a"), point("b", "near", 5), point("c", "none", 9)])
    data: Any = wish_preview(reply, form(areas=areas), "/listings/").script_data
    assert [(pin["kind"], pin["path"]) for pin in data["homes"]] == [
        *(("fits", "/listings/a"), ("near", "/listings/b"), ("other", "/listings/c"))
    ]
    assert data["counts"] == ["one home", ""]


def test_bars_within_the_budget_are_marked_and_the_slider_stands_at_the_budget() -> None:
    supply: Any = {"currency": "EUR", "step": 100_000, "counts": [4, 1, 0], "above": 2}
    bars = price_bars(supply, 150_000)
    assert bars is not None
    assert [bar.is_within for bar in bars.bars] == [True, True, False]
    assert [bar.height for bar in bars.bars] == [36, 18, 0]
    assert (bars.now, bars.most, bars.slider_step) == (150_000, 300_000, 50_000)
    assert price_bars(supply, None).now == 300_000  # type: ignore[union-attr]


@pytest.mark.parametrize("counts", [[], [0, 0]])
def test_without_homes_there_are_no_bars(counts: list[int]) -> None:
    assert price_bars({"currency": "EUR", "step": 1, "counts": counts, "above": 0}, None) is None
    assert price_bars(None, None) is None
