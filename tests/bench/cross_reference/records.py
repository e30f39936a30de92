"""The records that every part of the engine's measurements is made of: the same market for Lintel and its rivals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from deploy.local import plan
from services.matching.engine.records.facts import Listing, Search
from services.matching.engine.world import World
from tests.bench import market

SALES = (Path("../shared/data/king_county_sales_5000.csv"), Path("tests/data/king_county_100.csv"))
SEARCHES, HOMES, ASKED_HOMES, ASKED_SEARCHES = 11, 12, 13, 14  # seeds
T = TypeVar("T")


def sales() -> list[dict[str, Any]]:
    """Real sales; where the large file is absent, the committed excerpt."""
    return market.sales(next(file for path in SALES if (file := plan.root() / path).exists()))


def searches(size: int) -> Iterator[dict[str, Any]]:
    """The searches of an index, as the API's JSON."""
    return market.searches(sales(), size, SEARCHES)


def homes(size: int) -> Iterator[dict[str, Any]]:
    """The listings of an index, as the API's JSON."""
    return market.listings(sales(), size, HOMES)


def asked_homes(count: int) -> list[dict[str, Any]]:
    """Listings that an index of searches is asked about."""
    return list(market.listings(sales(), count, ASKED_HOMES))


def asked_searches(count: int) -> list[dict[str, Any]]:
    """Searches that an index of listings is asked about."""
    return list(market.searches(sales(), count, ASKED_SEARCHES))


def as_listings(wires: list[dict[str, Any]]) -> list[Listing]:
    """The engine's records."""
    return [Listing.from_wire(wire) for wire in wires]


def as_searches(wires: list[dict[str, Any]]) -> list[Search]:
    """The engine's records."""
    return [Search.from_wire(wire) for wire in wires]


def in_chunks(items: Iterator[T], size: int = 5000) -> Iterator[list[T]]:
    """Lists of at most `size`, so that a million records are never objects all at once."""
    while chunk := list(islice(items, size)):
        yield chunk


def today() -> World:
    """The day of the questions; no rates, nothing discarded."""
    return World(datetime.now(UTC).date())
