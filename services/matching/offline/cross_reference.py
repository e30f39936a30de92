"""`python -m services.matching cross-reference`: matches two files with each other, without any server."""

from __future__ import annotations

import gc
import json
import resource
import sys
import time
from array import array
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import islice
from json.encoder import encode_basestring_ascii
from pathlib import Path
from typing import IO, Annotated, Any

import numpy as np
import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from services.matching.engine.dictionary.lexicon import Lexicon
from services.matching.engine.dictionary.places import places_of, shipped_places
from services.matching.engine.dictionary.words import shipped_words
from services.matching.engine.evaluate import KINDS
from services.matching.engine.index.agency import Agency
from services.matching.engine.index.queries.index_matches import IndexMatches
from services.matching.engine.index.queries.searches_of_listing import SearchesOf
from services.matching.engine.records.codes import SAME_ID
from services.matching.engine.records.facts import Listing, Search
from services.matching.engine.records.refusal import Refused
from services.matching.engine.world import Rates, World
from services.matching.offline.json_lines import read_listing, read_search

AT_ONCE = 2000
STEP = 1000


@dataclass
class Report:
    """The last line of stdout: times in seconds and milliseconds, memory in MB."""

    listings: int = 0
    searches: int = 0
    matches: int = 0
    read_seconds: float = 0.0
    index_seconds: float = 0.0
    refused: dict[str, int] = field(default_factory=lambda: {"listings": 0, "searches": 0})
    took: list[float] = field(default_factory=list)

    def to_wire(self) -> dict[str, Any]:
        """The report as one JSON object."""
        p50, p95 = np.percentile(self.took, [50, 95]) * 1000 if self.took else (0.0, 0.0)
        return {
            "listings": self.listings,
            "searches": self.searches,
            "matches": self.matches,
            "read_seconds": round(self.read_seconds, 3),
            "index_seconds": round(self.index_seconds, 3),
            "per_listing_ms": {"p50": round(float(p50), 3), "p95": round(float(p95), 3)},
            "peak_mb": round(_peak_mb(), 1),
            "refused": self.refused,
        }


def _peak_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak / 1e3


class CrossReference:
    """One run: reads the searches into an index, then queries it for each listing in turn."""

    def __init__(self, world: World, progress: Progress) -> None:
        self.world, self.progress = world, progress
        self.report = Report()
        self._agencies: dict[str | None, Agency] = {}
        self._expected = 0
        self._lines: dict[str | None, array[int]] = {}

    def read(self, searches: Path, places: Lexicon) -> None:
        """Fill the columns from the file of searches."""
        began, words = time.perf_counter(), shipped_words()
        waiting: list[tuple[int, Search]] = []
        for number, line in self._lines_of(searches, "searches"):
            try:
                waiting.append((number, read_search(line, places, words)))
            except Refused as refusal:
                self._refuse("searches", searches, number, refusal)
            if len(waiting) == AT_ONCE:
                self._expected = self._expected or self._lines_expected(searches)
                self._take(waiting)
        self._take(waiting)
        self.report.read_seconds = time.perf_counter() - began

    @staticmethod
    def _lines_expected(file: Path) -> int:
        """About how many lines a file has, estimated from its first ones."""
        with file.open("rb") as handle:
            some = sum(map(len, islice(handle, AT_ONCE)))
        return int(file.stat().st_size / some * AT_ONCE * 1.05)

    def _take(self, waiting: list[tuple[int, Search]]) -> None:
        sorted_out: dict[str | None, list[tuple[int, Search]]] = {}
        for number, search in waiting:
            sorted_out.setdefault(search.agency_id, []).append((number, search))
        for agency_id, some in sorted_out.items():
            agency = self._agencies.get(agency_id) or self._new_agency(agency_id, len(some) / len(waiting))
            agency.searches.load([search for _, search in some])
            self._lines.setdefault(agency_id, array("I")).extend(number for number, _ in some)
        self.report.searches += len(waiting)
        waiting.clear()

    def _new_agency(self, agency_id: str | None, share: float) -> Agency:
        """An agency with room for its share of the file, estimated from the first lines."""
        agency = self._agencies[agency_id] = Agency()
        agency.searches.reserve(int(self._expected * share))
        return agency

    def arrange(self, searches: Path) -> None:
        """Build the index of the records; a repeated id is refused."""
        task = self.progress.add_task("index", total=len(self._agencies))
        for agency_id, agency in self._agencies.items():
            for row in agency.searches.arrange():
                self.report.searches -= 1
                again = Refused({"id": [SAME_ID()]})
                self._refuse("searches", searches, self._lines[agency_id][row], again)
            self.progress.advance(task)
        self._lines.clear()

    def answer(self, listings: Path, out: IO[str], top: int | None, every_kind: bool) -> None:
        """Write every pair of every listing, best first; the first query of the index happens here."""
        places, words, seen = shipped_places(), shipped_words(), set()
        for number, line in self._lines_of(listings, "listings"):
            try:
                listing = read_listing(line, places, words)
                if (key := (listing.agency_id, listing.id)) in seen:
                    raise Refused({"id": [SAME_ID()]})
                seen.add(key)
            except Refused as refusal:
                self._refuse("listings", listings, number, refusal)
                continue
            self.report.listings += 1
            out.writelines(_rows(listing.id, self._answer(listing, top, every_kind)))

    def _answer(self, listing: Listing, top: int | None, every_kind: bool) -> IndexMatches:
        agency = self._agencies.setdefault(listing.agency_id, Agency())
        began = time.perf_counter()
        matches = SearchesOf(agency.searches.view, listing, self.world, only=not every_kind).answer().best(top)
        self.report.took.append(time.perf_counter() - began)
        self.report.matches += int(np.count_nonzero(matches.kinds == KINDS.index("match")))
        return matches

    def _lines_of(self, file: Path, what: str) -> Iterator[tuple[int, bytes]]:
        task = self.progress.add_task(what, total=file.stat().st_size)
        done = 0
        with file.open("rb") as handle:
            for number, line in enumerate(handle, 1):
                done += len(line)
                if number % STEP == 0:
                    self.progress.update(task, completed=done)
                if not line.isspace():
                    yield number, line
        self.progress.update(task, completed=done)

    def _refuse(self, what: str, file: Path, number: int, refusal: Refused) -> None:
        self.report.refused[what] += 1
        complaint = f"{file.name} line {number}: {refusal}"
        self.progress.console.print(complaint, markup=False, highlight=False, soft_wrap=True)


def _rows(listing_id: str, matches: IndexMatches) -> Iterator[str]:
    head = f'{{"listing_id": {encode_basestring_ascii(listing_id)}, "saved_search_id": '
    for search_id, kind, score in matches.kinds_and_scores():
        yield f'{head}{encode_basestring_ascii(search_id)}, "kind": "{kind}", "score": {score}}}\n'


def known_places(listings: Path) -> Lexicon:
    """The shipped places and the towns of the listings that the shipped list does not know."""
    towns: dict[str, None] = {}
    with listings.open("rb") as handle:
        for line in handle:
            try:
                wire = json.loads(line)
            except (ValueError, RecursionError):
                continue  # refused when the listings are read
            for name in ("city", "state_or_province"):
                town = wire.get(name) if isinstance(wire, dict) else None
                if isinstance(town, str) and town.strip():
                    towns[town] = None
    return places_of({}, towns)


def cross_reference(
    listings: Path,
    searches: Path,
    out: Path,
    world: World,
    top: int | None = None,
    every_kind: bool = False,
    complaints: IO[str] = sys.stderr,
) -> Report:
    """Write the pairs of two files to a third; a bad line is reported with its number and left out."""
    with ExitStack() as stack:
        target = stack.enter_context(out.open("w", encoding="ascii"))
        progress = stack.enter_context(_progress(complaints))
        run = CrossReference(world, progress)
        # The records contain no cycles; garbage collection of a growing heap would take half of the time.
        gc.disable()
        stack.callback(gc.enable)
        run.read(searches, known_places(listings))
        began = time.perf_counter()
        run.arrange(searches)
        run.report.index_seconds = time.perf_counter() - began
        run.answer(listings, target, top, every_kind)
        run.report.index_seconds += run.report.took[0] if run.report.took else 0.0
    return run.report


def _progress(complaints: IO[str]) -> Progress:
    columns = (TextColumn("{task.description:>8}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(file=complaints))


def command(
    listings: Annotated[
        Path, typer.Option(exists=True, dir_okay=False, help="One listing a line, as the API shows it.")
    ],
    searches: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="One saved search a line.")],
    out: Annotated[Path, typer.Option(help="One pair a line.")],
    top: Annotated[int | None, typer.Option(min=1, help="The best so many of each listing.")] = None,
    every_kind: Annotated[bool, typer.Option("--all", help="Possible and near pairs too.")] = False,
    rates: Annotated[str, typer.Option(help='As RATES: {"date": …, "base": …, "rates": {…}}.')] = "{}",
    today: Annotated[str | None, typer.Option(help="The day that valid_until is compared with, YYYY-MM-DD.")] = None,
) -> None:
    """Cross-reference a file of listings with a file of saved searches; needs no server."""
    try:
        table = Rates.from_settings(json.loads(rates))
        on = date.fromisoformat(today) if today else datetime.now(UTC).date()
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise typer.BadParameter(f"rates or today: {error}") from None
    if not out.parent.is_dir():
        raise typer.BadParameter(f"There is no folder {out.parent}.", param_hint="--out")
    report = cross_reference(listings, searches, out, World(on, table), top, every_kind)
    typer.echo(json.dumps(report.to_wire()))


def main(words: Sequence[str]) -> None:
    """Run the command alone, with these arguments."""
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    app.command()(command)
    app(list(words), prog_name="python -m services.matching cross-reference")
