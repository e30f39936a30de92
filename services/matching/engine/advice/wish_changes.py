"""Possible changes of a search, one criterion at a time: each as a search to count with and a patch to apply."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from services.matching.engine.records.areas import Area, Circle
from services.matching.engine.records.facts import Search
from services.matching.engine.records.numeric import NUMERIC_BY_NAME
from services.matching.engine.records.quantities import LONGEST_RADIUS_KM, chord_squared, major

PERCENTS = (5, 10)
KILOMETRES = (1, 5)
YEARS = 10
Wire = Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """One change of one criterion; `search` is None where the criterion is removed."""

    code: str
    criterion: str
    figures: dict[str, Any]
    patch: dict[str, Any]
    search: Search | None


def changes(search: Search, wire: Wire, resolved: Wire) -> Iterator[Change]:
    """Every change that leaves a search with hard criteria; `wire` holds the wishes as typed, `resolved` as
    interpreted.
    """
    alone = len(stated(search)) == 1
    for change in _all(search, wire, resolved):
        if change.search is not None or not alone:
            yield change


def _all(search: Search, wire: Wire, resolved: Wire) -> Iterator[Change]:
    yield from _of_price(search)
    yield from _of_rooms(search)
    yield from _of_sizes(search)
    yield from _of_places(search, wire)
    yield from _of_words(search, resolved)


def stated(search: Search) -> list[str]:
    """The hard criteria of a search in the usual order: price, place, size, type, features."""
    numeric = [name for name, bounds in search.bounds._asdict().items() if bounds]
    price, sizes = [name for name in numeric if name == "price"], [name for name in numeric if name != "price"]
    place = ["location"] if search.areas else []
    kind = ["property_sub_type"] if search.property_sub_types else []
    words = [f"{part}.{word}" for part in ("must_have", "wont_accept") for word in getattr(search, part)]
    return [*price, *place, *sizes, *kind, *words]


def _of_price(search: Search) -> Iterator[Change]:
    low, high = search.bounds.of("price")
    for percent in PERCENTS if high else ():
        # whole units, never below the share that is shown
        most = -(-(high or 0) * (100 + percent) // 10_000) * 100
        figures = {"percent": percent, "amount": major(most), "currency": search.currency}
        yield _bound(search, "price", "price.raise", figures, high=most)
    if low is not None:
        yield _unbound(search, "price", "price.no_minimum", {}, low=True)


def _of_rooms(search: Search) -> Iterator[Change]:
    for name in ("bedrooms", "bathrooms"):
        low, high = search.bounds.of(name)
        if low is not None and low >= 200:
            yield _bound(search, name, f"{name}.fewer", {"least": major(low - 100)}, low=low - 100)
        if high is not None:
            yield _bound(search, name, f"{name}.more", {"most": major(high + 100)}, high=high + 100)


def _of_sizes(search: Search) -> Iterator[Change]:
    for name in ("living_area", "lot_size_area"):
        low, high = search.bounds.of(name)
        if low:
            least = low * 90 // 10_000 * 100
            yield _bound(search, name, f"{name}.smaller", {"percent": 10, "least": major(least)}, low=least)
        if high is not None:
            yield _unbound(search, name, f"{name}.no_maximum", {}, low=False)
    oldest = search.bounds.of("year_built")[0]
    if oldest is not None and oldest > YEARS * 100:
        least = oldest - YEARS * 100
        yield _bound(search, "year_built", "year_built.older", {"years": YEARS, "least": major(least)}, low=least)


def _bound(
    search: Search, name: str, code: str, figures: dict[str, Any], low: int | None = None, high: int | None = None
) -> Change:
    """Move one bound."""
    criterion = NUMERIC_BY_NAME[name]
    before = search.bounds.of(name)
    after = (before[0] if low is None else low, before[1] if high is None else high)
    field, moved = (criterion.low, low) if low is not None else (criterion.high, high)
    patch = {str(field): major(moved)}
    return Change(code, name, figures, patch, replace(search, bounds=search.bounds.moved(name, after)))


def _unbound(search: Search, name: str, code: str, figures: dict[str, Any], low: bool) -> Change:
    """Remove one bound, and the whole criterion when it was the only one."""
    criterion = NUMERIC_BY_NAME[name]
    before = search.bounds.of(name)
    after = (None, before[1]) if low else (before[0], None)
    patch = {str(criterion.low if low else criterion.high): None}
    left = None if after == (None, None) else replace(search, bounds=search.bounds.moved(name, after))
    return Change(code, name, figures, patch, left)


def _of_places(search: Search, wire: Wire) -> Iterator[Change]:
    areas = list(wire.get("areas") or ())
    for more in KILOMETRES if any(isinstance(area, Circle) for area in search.areas) else ():
        wider = tuple(_wider(area, more, search.tolerance) for area in search.areas)
        patch = {"areas": [_wider_wire(area, more) for area in areas]}
        yield Change("location.wider", "location", {"kilometres": more}, patch, replace(search, areas=wider))
    if areas:
        yield Change("location.anywhere", "location", {"areas": len(areas)}, {"areas": []}, None)


def _wider(area: Area, kilometres: int, tolerance: int) -> Area:
    if not isinstance(area, Circle):
        return area
    radius = min(area.radius_km + kilometres, LONGEST_RADIUS_KM)
    beyond = chord_squared(radius * (1 + tolerance / 100))
    return replace(area, radius_km=radius, within=chord_squared(radius), beyond=beyond)


def _wider_wire(area: Wire, kilometres: int) -> dict[str, Any]:
    if "circle" not in area:
        return dict(area)
    radius = min(area["circle"]["radius_km"] + kilometres, LONGEST_RADIUS_KM)
    return {"circle": {**area["circle"], "radius_km": radius}}


def _of_words(search: Search, resolved: Wire) -> Iterator[Change]:
    for part in ("must_have", "wont_accept"):
        for key in getattr(search, part):
            left = [word["typed"] for word in resolved[part] if word["key"] != key]
            yield Change(f"{part}.without", f"{part}.{key}", {"feature": key}, {part: left}, None)
    if search.property_sub_types:
        kinds = list(search.property_sub_types)
        yield Change("property_sub_type.any", "property_sub_type", {"types": kinds}, {"property_sub_types": []}, None)
