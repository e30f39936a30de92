"""`python -m tests.bench.rivals.contender index|scan|best SIZE ASKED`: one contender in a process of its own, as JSON.

A process of its own, so that each has its memory to itself and leaves nothing to the next.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from services.matching.engine.index.index import Index
from services.matching.engine.index.queries.searches_of_listing import SearchesOf
from tests.bench.cross_reference import records
from tests.bench.rivals.scan import Scan

T = TypeVar("T")
NOBODY = None  # the agency of records that name none


def index(size: int, asked: int) -> dict[str, Any]:
    """Listing -> searches by the index: build, candidates, matches with scores."""
    searches, world = Index(), records.today()
    side = searches._agency(NOBODY).searches
    began = time.perf_counter()
    for wires in records.in_chunks(records.searches(size)):
        side.load(records.as_searches(wires))
    read = time.perf_counter() - began
    gc.collect()
    homes = records.as_listings(records.asked_homes(asked))
    began = time.perf_counter()
    searches._agency(NOBODY).rebuild()
    searches.matches_of_listing(homes[0], world, only_matches=True)
    built = time.perf_counter() - began
    took, met = timed(lambda home: searches.matches_of_listing(home, world, only_matches=True), homes)
    return {
        "read_seconds": read,
        "index_seconds": built,
        "bytes": searches.bytes(),
        "candidates": timed(lambda home: SearchesOf(side.view, home, world, True).candidates(), homes)[0],
        "matches": took,
        "all_kinds": timed(lambda home: searches.matches_of_listing(home, world), homes)[0],
        "met": sum(map(len, met)) / len(homes),
    }


def scan(size: int, asked: int) -> dict[str, Any]:
    """Listing -> searches by looking at every search, in numpy."""
    began = time.perf_counter()
    columns = Scan(records.searches(size))
    loaded = time.perf_counter() - began
    homes = records.as_listings(records.asked_homes(asked))
    took, met = timed(columns.matches, homes)
    return {"matches": took, "met": sum(map(len, met)) / len(homes), "loaded": loaded}


def best(size: int, asked: int) -> dict[str, Any]:
    """Search -> the 50 best listings by the index."""
    homes, world = Index(), records.today()
    side = homes._agency(NOBODY).listings
    for wires in records.in_chunks(records.homes(size)):
        side.load(records.as_listings(wires))
    homes._agency(NOBODY).rebuild()
    gc.collect()
    wishes = records.as_searches(records.asked_searches(asked))
    took, _ = timed(lambda wish: homes.matches_of_search(wish, world, limit=50, only_matches=True), wishes)
    every, _ = timed(lambda wish: homes.matches_of_search(wish, world, limit=50), wishes)
    return {"best": took, "all_kinds": every, "bytes": homes.bytes()}


def timed(ask: Callable[[T], Any], questions: Sequence[T]) -> tuple[list[float], list[Any]]:
    """The seconds that each question takes when asked a second time, and the answers."""
    answers = [ask(question) for question in questions]
    took = []
    for question in questions:
        began = time.perf_counter()
        ask(question)
        took.append(time.perf_counter() - began)
    return took, answers


if __name__ == "__main__":
    contender = {"index": index, "scan": scan, "best": best}[sys.argv[1]]
    print(json.dumps(contender(int(sys.argv[2]), int(sys.argv[3]))))
