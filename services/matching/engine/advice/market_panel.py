"""All listings that pass the gates of a search, judged by one criterion at a time; advice counts on it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from services.matching.engine.criteria import (
    BEST,
    Criterion,
    features,
    gates,
    kind_of_home,
    location,
    numbers,
)
from services.matching.engine.records.facts import Listing, Search
from services.matching.engine.world import World

States = NDArray[Any]
Rows = NDArray[np.int64]
PASSES = BEST["pass"]


class Panel(Protocol):
    """The homes of one agency that pass every gate of a search, in a fixed order of rows."""

    @property
    def size(self) -> int:
        """How many homes there are."""
        ...

    def states(self, search: Search, name: str, rows: Rows | None = None) -> States:
        """The state of one stated hard criterion for these homes, or all, as numbers of `criteria.BEST`."""
        ...

    def passing(self, search: Search, name: str, rows: Rows) -> int:
        """How many of these homes pass one stated hard criterion."""
        ...


class ScanPanel:
    """The simplest panel: calls the functions of `evaluate` for each listing."""

    def __init__(self, search: Search, listings: Iterable[Listing], world: World) -> None:
        mine = (one for one in listings if one.agency_id == search.agency_id)
        self.listings = [one for one in mine if not any(gates(search, one, world))]
        self.world = world

    @property
    def size(self) -> int:
        """How many homes there are."""
        return len(self.listings)

    def states(self, search: Search, name: str, rows: Rows | None = None) -> States:
        """The state of one stated hard criterion for these homes, or all."""
        listings = self.listings if rows is None else [self.listings[row] for row in rows]
        return np.array([BEST[self._criterion(search, one, name).state] for one in listings], np.int8)

    def passing(self, search: Search, name: str, rows: Rows) -> int:
        """How many of these homes pass one stated hard criterion."""
        return int((self.states(search, name, rows) == PASSES).sum())

    def _criterion(self, search: Search, listing: Listing, name: str) -> Criterion:
        if name == "location":
            criteria = location(search, listing)
        elif name == "property_sub_type":
            criteria = kind_of_home(search, listing)
        elif "." in name:
            criteria = features(search, listing)
        else:
            criteria = numbers(search, listing, self.world)
        return next(one for one in criteria if one.name == name)
