"""Taste: a prior for everybody, moved by each yes and no as far as the evidence goes."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from services.matching.engine.records.facts import Listing, Search
from services.matching.engine.world import World
from services.matching.feedback.taste import LABELS, PRIOR, VARIANCE, WORD_VARIANCE, Example, facets, learn, order
from tests.support.matching.strategies import RATES, TODAY

WORLD = World(TODAY, RATES)
HERE = {"latitude": 38.72, "longitude": -9.14}
WISH = {
    "id": "s",
    "transaction": "sale",
    "list_price_max": 200_000,
    "currency": "EUR",
    "bedrooms_min": 2,
    "areas": [{"circle": {**HERE, "radius_km": 5}}],
}
HOME = {"id": "l", "transaction": "sale", "list_price": 150_000, "currency": "EUR"}


def of(**facts: object) -> dict[str, float]:
    return facets(Search.from_wire(WISH), Listing.from_wire({**HOME, **facts}), WORLD)


def said(preference: str, **facts: float) -> Example:
    return ({name.replace("_", ".", 1): value for name, value in facts.items()}, *LABELS[preference])


def test_facets_stand_beside_the_wishes_and_leave_out_what_is_not_known() -> None:
    assert of() == {"price": 0.5}
    found = of(bedrooms_total=3, living_area=120, year_built=2020, features=["lift"], features_absent=["pool"], **HERE)
    assert found == {
        "price": 0.5,
        "distance": 1.0,
        "living_area": 0.2,
        "bedrooms": 0.5,
        "year_built": 1.0,
        "has.lift": 1.0,
        "has.pool": -1.0,
    }
    assert of(property_sub_type="piso")["type.apartment"] == 1.0
    assert of(currency="GBP", list_price=84_370)["price"] == 1.0
    assert "price" not in of(currency="JPY")
    assert "price" not in of(list_price=None)


def test_without_opinions_everybody_likes_what_most_people_like() -> None:
    taste = learn([({}, 1.0, 0.0)])
    assert taste.figure({"price": 1.0}) > taste.figure({}) > taste.figure({"price": -1.0})
    assert taste.figure({"has.lift": 1.0}) == taste.figure({}) == 50


def test_a_yes_and_a_no_move_what_they_speak_of_and_halves_move_less() -> None:
    liked = learn([said("favorite", has_terrace=1.0)])
    perhaps = learn([said("possibility", has_terrace=1.0)])
    refused = learn([said("discard", has_terrace=1.0)])
    weights = [taste.weights["has.terrace"] for taste in (liked, perhaps, refused)]
    assert weights[0] > weights[1] > 0 > weights[2]
    assert "has.lift" not in liked.weights


def test_more_of_the_same_counts_more_but_less_each_time() -> None:
    grown = [learn([said("favorite", has_terrace=1.0)] * n).weights["has.terrace"] for n in (0 + 1, 2, 3, 4)]
    steps = np.diff(grown)
    assert all(steps > 0)
    assert all(np.diff(steps) < 0)


def test_the_weights_are_the_most_probable_ones() -> None:
    examples = [said("favorite", price=0.4, has_lift=1.0), said("discard", price=0.9, has_lift=-1.0)]
    taste = learn(examples)

    def loss(weights: dict[str, float]) -> float:
        total = sum(
            (weights[name] - PRIOR.get(name, 0.0)) ** 2 / VARIANCE.get(name, WORD_VARIANCE) / 2 for name in weights
        )
        for known, label, count in examples:
            x = weights[""] + sum(weights[name] * value for name, value in known.items())
            total += count * float(np.log1p(np.exp(-x if label else x)))
        return total

    best = loss(dict(taste.weights))
    for name in taste.weights:
        for change in (-0.01, 0.01):
            assert loss({**taste.weights, name: taste.weights[name] + change}) > best


def test_it_is_the_same_for_the_same_opinions() -> None:
    examples = [said("favorite", price=0.4, has_lift=1.0), said("discard", has_pool=1.0)] * 5
    assert learn(examples) == learn(list(examples))


@pytest.mark.parametrize("seed", range(5))
def test_twenty_opinions_rank_a_persons_homes_better_than_none(seed: int) -> None:
    chance = Random(seed)
    names = [f"has.{n}" for n in range(6)]
    true = {name: chance.gauss(0, 1.5) for name in names}

    def home() -> dict[str, float]:
        return {name: chance.choice((-1.0, 1.0)) for name in names}

    def worth(known: dict[str, float]) -> float:
        return sum(true[name] * value for name, value in known.items())

    homes = [home() for _ in range(20)]
    taste = learn([(one, float(worth(one) > 0), 1.0) for one in homes])
    others = [home() for _ in range(200)]
    good, bad = [o for o in others if worth(o) > 0], [o for o in others if worth(o) <= 0]
    right = sum(taste.figure(g) > taste.figure(b) for g in good for b in bad)
    assert right / (len(good) * len(bad)) > 0.7


def test_the_figure_orders_homes_of_about_one_score_only() -> None:
    assert order([(90, 50), (89, 60)]) == [1, 0]
    assert order([(90, 0), (61, 100)]) == [1, 0]
    assert order([(90, 0), (60, 100)]) == [0, 1]
    assert order([(95, 0), (60, 100)]) == [0, 1]
    assert order([(80, 50), (80, 50)]) == [0, 1]
