"""A person's taste, learned from yes and no: Bayesian logistic regression around a prior that holds for everybody.

A home is described by facets: how it stands to the wishes (price, distance, size, rooms, age: about -1 to 1) and what
it has (+1), is known to lack (-1) or is (its type). The prior says what most people like; each opinion moves the
weights from there, as far as its evidence goes: the most probable weights under a Gaussian prior, found by Newton's
method. Nothing is stored, so nothing outlives an erased person. The figure ranks; it never filters, and never touches
kind or score.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from services.matching.engine.criteria import converted
from services.matching.engine.records.areas import Circle
from services.matching.engine.records.facts import Listing, Search
from services.matching.engine.records.quantities import distance_squared, kilometres
from services.matching.engine.world import World

# The default taste before any opinion: cheaper, nearer, larger, rather newer. Everything else is 0.
PRIOR = {"price": 0.6, "distance": 0.4, "living_area": 0.3, "year_built": 0.1}
# The variance of the prior: opinions change the weights of numbers more easily than those of words, the intercept most.
VARIANCE = {"": 4.0, "price": 1.0, "distance": 1.0, "living_area": 1.0, "bedrooms": 1.0, "year_built": 1.0}
WORD_VARIANCE = 0.5
# A "possibility" counts as half a yes.
LABELS = {"favorite": (1.0, 1.0), "possibility": (1.0, 0.5), "discard": (0.0, 1.0)}
# Ten points of taste are worth three points of score.
POINTS_OF_SCORE = 0.3
AVERAGE = 50
_USUAL_AREA = 10_000
_USUAL_YEAR = 198_000
_STEPS = 30
Facets = Mapping[str, float]
Example = tuple[Facets, float, float]


@dataclass(frozen=True)
class Share:
    """How far one facet moved a home, compared with the default taste."""

    name: str
    value: float
    moved: float


@dataclass(frozen=True)
class Taste:
    """Learned weights by facet; "" is the intercept."""

    weights: Facets

    def figure(self, facets: Facets) -> int:
        """How well a home suits, 0-100."""
        return round(100 / (1 + float(np.exp(-self._sum(facets)))))

    def shares(self, facets: Facets) -> list[Share]:
        """The contribution of each facet, largest first."""
        known = ((name, x) for name, x in facets.items() if name in self.weights)
        shares = [Share(name, x, (self.weights[name] - PRIOR.get(name, 0.0)) * x) for name, x in known]
        return sorted(shares, key=lambda share: (-abs(share.moved), share.name))

    def _sum(self, facets: Facets) -> float:
        weights = self.weights
        known = (weights.get(name, PRIOR.get(name, 0.0)) * x for name, x in sorted(facets.items()))
        return weights.get("", 0.0) + sum(known)


def learn(examples: Sequence[Example]) -> Taste:
    """The most probable weights after these (facets, label, weight); the same for the same examples."""
    names = ["", *sorted({name for facets, *_ in examples for name in facets})]
    x = np.array([[1.0 if name == "" else facets.get(name, 0.0) for name in names] for facets, *_ in examples])
    labels, counts = (np.array([example[at] for example in examples]) for at in (1, 2))
    mean = np.array([PRIOR.get(name, 0.0) for name in names])
    precision = np.array([1 / VARIANCE.get(name, WORD_VARIANCE) for name in names])
    weights = mean.copy()
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (counts * (chance - labels)) + precision * (weights - mean)
        curve = (x.T * (counts * chance * (1 - chance))) @ x + np.diag(precision)
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-9:
            break
    # rounded, so that two machines give equal figures
    return Taste({name: round(float(weight), 6) for name, weight in zip(names, weights, strict=True)})


def facets(search: Search, home: Listing, world: World) -> dict[str, float]:
    """The facets of a home beside the wishes; unknown ones are left out, which counts as average."""
    known = {
        "price": _price(search, home, world),
        "distance": _distance(search, home),
        "living_area": _against(home.figures.living_area, _bound(search, "living_area") or _USUAL_AREA),
        "bedrooms": _rooms(search, home),
        "year_built": _age(home.figures.year_built),
    }
    facets = {name: round(value, 6) for name, value in known.items() if value is not None}
    facets |= {f"has.{word}": -1.0 for word in home.features_absent}
    facets |= {f"has.{word}": 1.0 for word in home.features}
    if home.property_sub_type is not None:
        facets[f"type.{home.property_sub_type.key}"] = 1.0
    return facets


def _price(search: Search, home: Listing, world: World) -> float | None:
    """The share of the budget that is left, doubled and clipped."""
    price, most = home.figures.price, search.bounds.of("price")[1]
    if price is None or not most:
        return None
    if home.currency != search.currency:
        rate = world.rates.rate(home.currency, search.currency)
        if rate is None:
            return None
        price = converted(price, rate)
    return _clip(2 * (most - price) / most)


def _distance(search: Search, home: Listing) -> float | None:
    """1 at the centre of the nearest circle, -1 at its edge."""
    circles = [area for area in search.areas if isinstance(area, Circle)]
    if home.point is None or not circles:
        return None
    return max(_clip(1 - 2 * kilometres(distance_squared(one.point, home.point)) / one.radius_km) for one in circles)


def _rooms(search: Search, home: Listing) -> float | None:
    wanted, found = _bound(search, "bedrooms"), home.figures.bedrooms
    return None if wanted is None or found is None else _clip((found - wanted) / 200)


def _age(year_built: int | None) -> float | None:
    return None if year_built is None else _clip((year_built - _USUAL_YEAR) / 4000)


def _bound(search: Search, name: str) -> int | None:
    low, high = search.bounds.of(name)
    return high if low is None else low


def _against(found: int | None, wanted: int) -> float | None:
    return None if found is None else _clip((found - wanted) / wanted)


def _clip(value: float) -> float:
    return max(-1.0, min(1.0, value))


def order(scores: Iterable[tuple[int, int]]) -> list[int]:
    """The places of (score, taste) pairs, best first; equals keep their order."""
    worth = [score + POINTS_OF_SCORE * (taste - AVERAGE) for score, taste in scores]
    return sorted(range(len(worth)), key=lambda at: -worth[at])
