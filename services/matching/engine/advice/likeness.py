"""How similar two homes are: a figure of 0-100 with its traits; used for similar homes, never for matching."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from services.matching.engine.criteria import converted
from services.matching.engine.records.areas import Circle, Place
from services.matching.engine.records.facts import Listing, Search
from services.matching.engine.records.numeric import SearchBounds
from services.matching.engine.records.quantities import chord_squared, distance_squared, kilometres, major
from services.matching.engine.world import World

# Distance from which two homes no longer count as near, and the relative difference of price or size that counts as
# far.
FAR_KM = 10.0
FAR_SHARE = 0.5
WEIGHTS = {"location": 30, "price": 25, "living_area": 15, "bedrooms": 10, "property_sub_type": 10, "features": 10}


@dataclass(frozen=True)
class Trait:
    """One trait compared: from 0 (different) to 1 (the same), with its figures."""

    name: str
    alike: float
    figures: dict[str, Any]


def like(home: Listing) -> Search:
    """A search that homes like this one meet: similar price, same area, same features preferred."""
    price = home.figures.price
    share = int((price or 0) * FAR_SHARE)
    around = None if price is None else (price - share, price + share)
    return Search(
        id="similar",
        agency_id=home.agency_id,
        contact_id=None,
        sequence=0,
        transaction=home.transaction,
        status="active",
        valid_until=None,
        currency=home.currency,
        tolerance=0,
        bounds=SearchBounds(price=around),
        areas=_around(home),
        property_sub_types={},
        must_have={},
        wont_accept={},
        preferences=home.features,
        weights=dict.fromkeys(home.features, 1),
    )


def _around(home: Listing) -> tuple[Circle, ...] | tuple[Place, ...]:
    if home.point is not None and home.latitude is not None and home.longitude is not None:
        reach = chord_squared(FAR_KM)
        return (Circle(home.latitude, home.longitude, FAR_KM, home.point, reach, reach),)
    return (Place("city", home.city),) if home.city is not None else ()


def likeness(home: Listing, other: Listing, world: World) -> tuple[int, list[Trait]]:
    """The figure, and every trait that both homes state."""
    compared: tuple[Callable[[Listing, Listing, World], Trait | None], ...]
    compared = (_place, _price, _size, _rooms, _type, _features)
    traits = [trait for compare in compared if (trait := compare(home, other, world)) is not None]
    weight = sum(WEIGHTS[trait.name] for trait in traits)
    total = sum(WEIGHTS[trait.name] * trait.alike for trait in traits)
    return (round(100 * total / weight) if weight else 0), traits


def _place(home: Listing, other: Listing, _world: World) -> Trait | None:
    if home.point is not None and other.point is not None:
        away = kilometres(distance_squared(home.point, other.point))
        return Trait("location", max(0.0, 1 - away / FAR_KM), {"distance_km": away})
    if home.city is None or other.city is None:
        return None
    same = home.city.key == other.city.key
    return Trait("location", float(same), {"city": other.city.name})


def _price(home: Listing, other: Listing, world: World) -> Trait | None:
    mine, theirs = home.figures.price, other.figures.price
    if mine is None or theirs is None:
        return None
    if home.currency != other.currency:
        rate = world.rates.rate(other.currency, home.currency)
        if rate is None:
            return None
        theirs = converted(theirs, rate)
    return Trait("price", _near(mine, theirs), {"more": major(theirs - mine), "currency": home.currency})


def _size(home: Listing, other: Listing, _world: World) -> Trait | None:
    mine, theirs = home.figures.living_area, other.figures.living_area
    if mine is None or theirs is None:
        return None
    return Trait("living_area", _near(mine, theirs), {"more": major(theirs - mine)})


def _rooms(home: Listing, other: Listing, _world: World) -> Trait | None:
    mine, theirs = home.figures.bedrooms, other.figures.bedrooms
    if mine is None or theirs is None:
        return None
    return Trait("bedrooms", max(0.0, 1 - abs(mine - theirs) / 200), {"found": major(theirs), "more": theirs - mine})


def _type(home: Listing, other: Listing, _world: World) -> Trait | None:
    mine, theirs = home.property_sub_type, other.property_sub_type
    if mine is None or theirs is None:
        return None
    return Trait("property_sub_type", float(mine.key == theirs.key), {"type": theirs.key})


def _features(home: Listing, other: Listing, _world: World) -> Trait | None:
    mine, theirs = set(home.features), set(other.features)
    if not mine and not theirs:
        return None
    both = sorted(mine & theirs)
    return Trait("features", len(both) / len(mine | theirs), {"features": both})


def _near(mine: int, theirs: int) -> float:
    return max(0.0, 1 - abs(theirs - mine) / (FAR_SHARE * mine)) if mine else float(mine == theirs)


def at_price(home: Listing, hundredths: int) -> Listing:
    """The home as it would be on the market at another price."""
    return replace(home, figures=home.figures._replace(price=hundredths), standard_status="active")
