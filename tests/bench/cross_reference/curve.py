"""Listing -> searches at growing sizes, and search -> listings: the index, a full scan in numpy, MongoDB."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from pymongo.collection import Collection

from tests.bench.cross_reference import records
from tests.bench.report import Line, Spread, at_most, figure
from tests.bench.rivals import geo
from tests.bench.sizes import Sizes
from tests.bench.stage import Stage

MILLION = 1_000_000
HOUR = 3600
T = TypeVar("T")


def measure(stage: Stage, sizes: Sizes) -> list[Line]:
    """A block of lines for each number of searches, and one for the listings."""
    lines = [line for size in sizes.searches for line in _searches(stage, sizes, size)]
    return [*lines, *_homes(stage, sizes)]


def _searches(stage: Stage, sizes: Sizes, size: int) -> list[Line]:
    ours = _contender(stage, "index", size, sizes.asked)
    candidates, matches = Spread.of(ours["candidates"]), Spread.of(ours["matches"])
    scan = _contender(stage, "scan", size, sizes.asked)
    lines = [
        Line(f"{size:,} searches: candidates", str(candidates), *_aim(size, candidates.p50, 0.5)),
        _beside(f"{size:,} searches: matches with scores", matches, "numpy full scan", scan, size, 3.0),
    ]
    if size <= sizes.rival:
        lines.append(_beside("  the same", matches, "MongoDB 2dsphere", _mongo(stage, sizes, size), size, None))
    each = f"{figure(ours['met'])}, {matches.p50 * 1000 / ours['met']:.2f} µs each"
    lines.append(Line("  possible and near ones too", str(Spread.of(ours["all_kinds"]))))
    lines.append(Line("  searches that match a listing", each, f"numpy full scan: {figure(scan['met'])}"))
    return [*lines, *_built(ours, size)]


def _built(ours: dict[str, Any], size: int) -> list[Line]:
    seconds, megabytes = ours["index_seconds"], ours["bytes"] / 1e6
    read = f"read from JSON before: {figure(ours['read_seconds'])} s"
    return [
        Line(f"{size:,} searches: index built", f"{figure(seconds)} s", read, *_aim(size, seconds, 20, "s")[1:]),
        Line("  memory it holds", f"{figure(megabytes)} MB", *_aim(size, megabytes, 600, "MB")),
    ]


def _aim(size: int, value: float, most: float, unit: str = "ms") -> tuple[Any, ...]:
    """The last columns of a line; the aims are for a million searches."""
    return ("", "", f"≤ {most:g} {unit}", value <= most) if size >= MILLION else ("", "", "", None)


def _beside(what: str, ours: Spread, name: str, rival: dict[str, Any], size: int, aim: float | None) -> Line:
    theirs = Spread.of(rival["matches"])
    told = f"{name}: {theirs}, {figure(rival['met'])} matches, loaded in {figure(rival['loaded'])} s"
    verdict = ("", None) if aim is None else _aim(size, ours.p50, aim)[2:]
    return Line(what, str(ours), told, f"{ours.p50 / theirs.p50:.3g} ×", *verdict)


def _homes(stage: Stage, sizes: Sizes) -> list[Line]:
    ours = _contender(stage, "best", sizes.homes, sizes.asked)
    best = Spread.of(ours["best"])
    rows = _fresh(stage, "homes")
    geo.load_homes(rows, sizes.homes)
    wishes = records.asked_searches(sizes.rival_asked)
    pairs = list(zip(wishes, records.as_searches(wishes), strict=True))
    theirs = Spread.of(_timed(lambda pair: geo.homes_of(rows, *pair), pairs)[0])
    rows.drop()
    told = f"MongoDB 2dsphere, 50 cheapest: {theirs}"
    what = f"{sizes.homes:,} listings: best 50 for a search"
    return [
        Line(what, str(best), told, f"{best.p50 / theirs.p50:.3g} ×", "p50 ≤ 1 ms", best.p50 <= 1),
        at_most("  its p95", best.p95, "ms", 5),
        Line("  possible and near ones too", str(Spread.of(ours["all_kinds"]))),
        Line("  memory it holds", f"{figure(ours['bytes'] / 1e6)} MB"),
    ]


def _mongo(stage: Stage, sizes: Sizes, size: int) -> dict[str, Any]:
    rows = _fresh(stage, "searches")
    loaded = geo.load_searches(rows, size)
    took, found = _timed(lambda home: geo.searches_of(rows, home), records.asked_homes(sizes.rival_asked))
    rows.drop()
    return {"matches": took, "met": sum(map(len, found)) / len(found), "loaded": loaded}


def _fresh(stage: Stage, name: str) -> Collection[dict[str, Any]]:
    rows: Collection[dict[str, Any]] = stage.db("rival")[name]
    rows.drop()
    return rows


def _timed(ask: Callable[[T], list[Any]], questions: Sequence[T]) -> tuple[list[float], list[list[Any]]]:
    """The seconds of each question, asked a second time so that the cache is warm, and the answers."""
    answers = [ask(question) for question in questions]
    took = []
    for question in questions:
        began = time.perf_counter()
        ask(question)
        took.append(time.perf_counter() - began)
    return took, answers


def _contender(stage: Stage, *words: object) -> dict[str, Any]:
    """Run one contender in a process of its own; what it measured."""
    program = stage.program("contender", "matching", "-m", "tests.bench.rivals.contender", *map(str, words))
    program.log.unlink(missing_ok=True)
    if stage.start(program).wait(HOUR):
        print(program.last_words(), file=sys.stderr)
        raise RuntimeError(f"{' '.join(map(str, words))}: see above")
    found: dict[str, Any] = json.loads(program.last_words(1))
    return found
