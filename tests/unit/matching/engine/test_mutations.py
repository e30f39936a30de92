"""The tests bite: each small fault planted in the rules or the columns makes the comparison of the two turn red."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from services.matching.engine import criteria, evaluate
from services.matching.engine.dictionary import lexicon
from services.matching.engine.dictionary.places import places_of
from services.matching.engine.index.grids import stabbing
from services.matching.engine.index.index import Index
from services.matching.engine.index.queries import listings_of_search as listings_of
from services.matching.engine.index.queries import rules
from services.matching.engine.index.queries import searches_of_listing as searches_of
from services.matching.engine.index.tables import polygons, search_table
from services.matching.engine.records.facts import Listing, Search
from tests.support.matching.crowds import homes, wishes
from tests.support.matching.oracle import judge
from tests.unit.matching.engine.index.test_index import WORLD, check

MONEY = ("list_price", "list_price_min", "list_price_max")


def dear(wires: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same at prices that 24 bits cannot hold."""
    return [wire | {name: round(wire[name] * 37 + 0.37, 2) for name in MONEY if name in wire} for wire in wires]


def steps_from(home: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A circle of a few steps around a home, and a ring that it stands in the middle of."""
    x, y = home["longitude"], home["latitude"]
    ring, hole = (
        [[x - w, y - w], [x + w, y - w], [x + w, y + w], [x - w, y + w], [x - w, y - w]] for w in (0.02, 0.01)
    )
    areas = ({"circle": {"latitude": y + 1e-5, "longitude": x, "radius_km": 0.002}},
             {"polygon": {"type": "Polygon", "coordinates": [ring, hole]}})  # fmt: skip
    for number, area in enumerate(areas):
        yield WISHES[0] | {"id": f"{home['id']}-{number}", "areas": [area]}


HOMES, WISHES = dear(homes(40, 21)), dear(wishes(120, 22))
WISHES += [wish for home in HOMES[:12] if "latitude" in home for wish in steps_from(home)]
BARE = {"agency_id": None, "contact_id": None, "must_have": [], "wont_accept": []}


@pytest.fixture
def _mended() -> Iterator[None]:
    """Whatever a test changed in a module is undone."""
    modules = (criteria, evaluate, lexicon, listings_of, polygons, rules, search_table, searches_of, stabbing)
    before = [(module, dict(vars(module))) for module in modules]
    classes = [value for module, names in before for value in names.values() if _own(module, value)]
    methods = [(one, dict(vars(one))) for one in classes]
    yield
    for module, names in before:
        vars(module).update(names)
    for one, names in methods:
        for name, value in names.items():
            if inspect.isfunction(value):
                setattr(one, name, value)


def _own(module: ModuleType, value: Any) -> bool:
    return inspect.isclass(value) and value.__module__ == module.__name__


def plant(module: ModuleType, right: str, wrong: str) -> None:
    """Put the fault into a module that is loaded: its functions, and the methods of its classes."""
    source = inspect.getsource(module)
    assert source.count(right) >= 1, f"{right!r} is gone from {module.__name__}: plant the fault elsewhere"
    fresh: dict[str, Any] = {"__name__": module.__name__}
    exec(compile(source.replace(right, wrong), str(module.__file__), "exec"), fresh)
    for name, value in [item for item in fresh.items() if not item[0].startswith("__")]:
        old = vars(module).get(name)
        if _own(module, old) and _own(module, value):
            for method, code in vars(value).items():
                if inspect.isfunction(code):
                    setattr(old, method, code)
        elif getattr(value, "__module__", "") == module.__name__ or isinstance(value, (int, dict)):
            setattr(module, name, value)


def compare() -> None:
    """One function against the columns, and against the independent reading of the rules."""
    listings, searches = [Listing.from_wire(wire) for wire in HOMES], [Search.from_wire(wire) for wire in WISHES]
    for wish, search in zip(WISHES, searches, strict=True):
        for home, listing in zip(HOMES, listings, strict=True):
            verdict = evaluate.evaluate(search, listing, WORLD)
            assert (verdict.kind, verdict.score, verdict.confidence) == judge(BARE | wish, BARE | home, WORLD)
    index = Index()
    index.load(listings, searches)
    check(index, listings, searches, WORLD)


def test_without_a_fault_everything_agrees() -> None:
    compare()


FAULTS: list[tuple[ModuleType, str, str]] = [
    (criteria, "figure < low", "figure <= low"),
    (criteria, "figure > high", "figure >= high"),
    (criteria, "gap <= 100 else", "gap < 100 else"),
    (criteria, "100 * gap <= tolerance * bound", "100 * gap < tolerance * bound"),
    (criteria, "PASS: 3, UNKNOWN: 2, NEAR: 1", "PASS: 3, UNKNOWN: 1, NEAR: 2"),
    (criteria, "UNKNOWN if wanted else PASS", "UNKNOWN"),
    (evaluate, "near > 1 or", "near > 2 or"),
    (evaluate, "+ 5 * weights", "+ 4 * weights"),
    (evaluate, '"price": 30', '"price": 31'),
    (rules, "figure < low) |", "figure <= low) |"),
    (rules, "gap <= 100)", "gap < 100)"),
    (rules, "100 * gap <= tolerance * bound", "100 * gap < tolerance * bound"),
    (rules, "near, reach, factor = gap <= 100 * tolerance", "near, reach, factor = gap < 100 * tolerance"),
    (rules, "self.near > 1", "self.near > 2"),
    (searches_of, "bounds[:, :8] <= limits[:8]", "bounds[:, :8] < limits[:8]"),
    (searches_of, "bounds[:, 8] <= limits[8]", "bounds[:, 8] < limits[8]"),
    (searches_of, 'columns["until"].take(rows) >=', 'columns["until"].take(rows) <'),
    (searches_of, "(stated & A_PRICE) > 0", "(stated & A_SIZE) > 0"),
    (searches_of, "named[fields == field]", "named[fields <= field]"),
    (search_table, "A_SIZE * any(sizes)", "A_SIZE * any(sizes[1:])"),
    (listings_of, "figures <= high", "figures < high"),
    (listings_of, "figures >= max(low, 0)", "figures > max(low, 0)"),
    (stabbing, "self._low[cut] <= price", "self._low[cut] < price - 200"),
    (stabbing, "east[cut] >= across", "east[cut] > across + 2000"),
    (polygons, "% 2 == 1", ">= 1"),
]


@pytest.mark.usefixtures("_mended")
@pytest.mark.parametrize(("module", "right", "wrong"), FAULTS, ids=lambda value: str(getattr(value, "__name__", value)))
def test_a_planted_fault_is_noticed(module: ModuleType, right: str, wrong: str) -> None:
    plant(module, right, wrong)
    with pytest.raises(AssertionError):
        compare()


@pytest.mark.parametrize(("shape", "name"), [("_SHAPE", "bounds"), ("_AREA", "circle")])
def test_a_float32_column_is_noticed(shape: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    columns = getattr(search_table, shape)
    monkeypatch.setitem(columns, name, (np.float32, columns[name][1]))
    with pytest.raises((AssertionError, TypeError)):
        compare()


@pytest.mark.usefixtures("_mended")
def test_a_typing_error_guessed_between_two_places_is_noticed() -> None:
    plant(lexicon, "if len(keys) == 1 else None", "if keys else None")
    assert places_of({}, ["Abcde", "Abcdf"]).resolve("Abcdg").by == "typo"


def test_afterwards_everything_agrees_again() -> None:
    compare()
