"""A listing told to many at once is told to each exactly as it would be told to them alone."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from services.matching.engine.criteria import gates
from services.matching.engine.evaluate import evaluate
from services.matching.engine.records.facts import Listing, Search
from services.matching.engine.sentences import listing_reasons as retelling
from services.matching.engine.sentences.listing_reasons import ListingReasons
from services.matching.engine.sentences.reasons import reasons_of
from services.matching.engine.sentences.wording_marks import VERSION, wordings
from services.matching.engine.world import World
from tests.support.matching.crowds import homes, wishes
from tests.support.matching.strategies import RATES, TODAY, listing, search, world

LANGUAGES = ("en", "es", "pt", "sl", "sv")
Wire = dict[str, Any]
WORLD = World(TODAY, RATES)
CORNERS = [[0.123456789, 0], [9.123456789, 0], [9, 9.123456789]]


def polygon(last: list[float]) -> Wire:
    """An area whose last corner alone tells it from another."""
    return {"areas": [{"polygon": {"type": "Polygon", "coordinates": [[*CORNERS, last, CORNERS[0]]]}}]}


def check(home: Wire, told_to: list[tuple[Wire, str]], around: World) -> None:
    """Tell each of them twice: what was just said is said again, by the wishes and by what stands for them."""
    about = Listing.from_wire(home)
    teller, from_marks = ListingReasons(about, around), ListingReasons(about, around)
    for wire, language in (*told_to, *told_to):
        one = Search.from_wire(wire)
        alone = reasons_of(evaluate(one, about, around), one, about, language)
        assert json.loads(f"{{{teller.encode(one, language)}}}") == json.loads(json.dumps(alone))
        told = from_marks.encode(one, language, wordings(one))
        assert json.loads(f"{{{told}}}") == json.loads(json.dumps(alone))
        if not list(gates(one, about, around)):
            assert from_marks.recall(wordings(one), wire.get("valid_until"), language) == told


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
        polygon([0, 9]),
        polygon([1, 9]),
    ]
    marks = [tuple(wordings(Search.from_wire(plain | more))) for more in alike]
    assert len(set(marks)) == len(alike)
    alike += [{"valid_until": "2020-01-01"}, {"status": "paused"}]
    check(home, [(plain | more, language) for language in ("en", "sl") for more in alike], WORLD)


def test_what_is_remembered_stays_bounded(monkeypatch: Any) -> None:
    monkeypatch.setattr(retelling, "REMEMBERED", 3)
    home = homes(1, seed=5)[0]
    teller = ListingReasons(Listing.from_wire(home), WORLD)
    for wish in wishes(60, seed=6):
        teller.encode(Search.from_wire(wish), "en")
        assert all(len(told) <= 3 + 40 for told in teller._told.values())
    check(home, [(wish, "en") for wish in wishes(60, seed=6)], WORLD)


def test_what_was_not_told_or_was_marked_otherwise_is_not_told_again() -> None:
    wish, home = wishes(1, seed=8)[0], homes(1, seed=9)[0] | {"standard_status": "active"}
    one = Search.from_wire(wish | {"status": "active", "valid_until": None, "transaction": home["transaction"]})
    teller = ListingReasons(Listing.from_wire(home), WORLD)
    assert teller.recall(wordings(one), None, "en") is None
    teller.encode(one, "en", wordings(one))
    assert teller.recall(wordings(one), None, "es") is None
    assert teller.recall(wordings(one), "2020-01-01", "en") is None
    assert teller.recall([], None, "en") is None
    assert teller.recall(["0", *wordings(one)[1:]], None, "en") is None
    assert wordings(one)[0] == VERSION
