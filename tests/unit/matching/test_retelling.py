"""A listing told to many at once is told to each exactly as it would be told to them alone."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from services.matching.engine import retelling
from services.matching.engine.evaluate import evaluate
from services.matching.engine.facts import Listing, Search
from services.matching.engine.reasons import tell
from services.matching.engine.retelling import Retelling
from services.matching.engine.world import World
from tests.crowds_matching import homes, wishes
from tests.strategies_matching import RATES, TODAY, listing, search, world

LANGUAGES = ("en", "es", "pt", "sl", "sv")
Wire = dict[str, Any]
WORLD = World(TODAY, RATES)


def check(home: Wire, told_to: list[tuple[Wire, str]], around: World) -> None:
    """Tell each of them twice: what was just said is said again."""
    about = Listing.from_wire(home)
    teller = Retelling(about, around)
    for wire, language in (*told_to, *told_to):
        one = Search.from_wire(wire)
        alone = tell(evaluate(one, about, around), one, about, language)
        assert json.loads(f"{{{teller.tell(one, language)}}}") == json.loads(json.dumps(alone))


@settings(max_examples=40, deadline=None)
@given(home=listing(), told_to=st.lists(st.tuples(search(), st.sampled_from(LANGUAGES)), max_size=12), around=world())
def test_any_wishes_are_told_as_if_alone(home: Wire, told_to: list[tuple[Wire, str]], around: World) -> None:
    check(home, told_to, around)


def test_a_crowd_is_told_each_its_own() -> None:
    crowd = wishes(300, seed=3)
    for number, home in enumerate(homes(6, seed=4)):
        check(home, [(wish, LANGUAGES[(at + number) % 5]) for at, wish in enumerate(crowd)], WORLD)


def test_wishes_that_differ_in_one_thing_alone_are_told_apart() -> None:
    home: Wire = {"id": "l", "transaction": "sale", "list_price": 105_000, "currency": "EUR", "city": "Sevilla"}
    home |= {"bedrooms_total": 2, "features": ["lift"], "property_sub_type": "apartment", "living_area": 100}
    plain: Wire = {"id": "s", "transaction": "sale", "currency": "EUR", "list_price_max": 100_000}
    alike: list[Wire] = [
        {},
        {"tolerance_percent": 2},
        {"currency": "USD"},
        {"list_price_min": 90_000},
        {"bedrooms_min": 2},
        {"bedrooms_max": 2},
        {"must_have": ["lift"]},
        {"must_have": ["elevator"]},
        {"must_have": ["ascensr"]},
        {"wont_accept": ["lift"]},
        *({"preferences": {"lift": strength}} for strength in ("strong", "would", "might")),
        {"property_sub_types": ["apartment"]},
        {"property_sub_types": ["apartmnt"]},
        {"property_sub_types": ["apartment", "townhouse"]},
        {"areas": [{"place": {"city": "Sevilla"}}]},
        {"areas": [{"place": {"city": "Seville"}}]},
        {"areas": [{"place": {"city": "Sevila"}}]},
        {"areas": [{"place": {"name": "Sevilla"}}]},
        {"valid_until": "2020-01-01"},
        {"status": "paused"},
    ]
    check(home, [(plain | more, language) for language in ("en", "sl") for more in alike], WORLD)


def test_what_is_remembered_stays_bounded(monkeypatch: Any) -> None:
    monkeypatch.setattr(retelling, "REMEMBERED", 3)
    home = homes(1, seed=5)[0]
    teller = Retelling(Listing.from_wire(home), WORLD)
    for wish in wishes(60, seed=6):
        teller.tell(Search.from_wire(wish), "en")
        assert all(len(told) <= 3 + 40 for told in teller._told.values())
    check(home, [(wish, "en") for wish in wishes(60, seed=6)], WORLD)
