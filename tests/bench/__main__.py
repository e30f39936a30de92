"""`python -m tests.bench [--only pipeline|http|engine|pages] [--quick] [--full]`: figures of docs/performance.md."""

from __future__ import annotations

import tempfile
import time
import traceback
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from deploy.local.servers.private_servers import Servers
from tests.bench import doors, machine, pages, pipeline, report
from tests.bench.cross_reference import engine
from tests.bench.sizes import FULL, QUICK, Sizes


class Part(StrEnum):
    """The four tables."""

    PIPELINE = "pipeline"
    HTTP = "http"
    ENGINE = "engine"
    PAGES = "pages"


PARTS: dict[Part, tuple[str, Callable[[Path, Servers, Sizes], list[report.Line]]]] = {
    Part.PIPELINE: ("1. From a listing to the mail", pipeline.measure),
    Part.HTTP: ("2. HTTP", doors.measure),
    Part.ENGINE: ("3. The cross-reference", engine.measure),
    Part.PAGES: ("4. The pages", pages.measure),
}


def main(
    only: Annotated[Part | None, typer.Option(help="One of the four parts.")] = None,
    quick: Annotated[
        bool, typer.Option(help="Tiny counts: tries the measuring itself, the figures mean little.")
    ] = False,
    full: Annotated[bool, typer.Option(help="Ask MongoDB about a million searches too.")] = False,
) -> None:
    """Measure Lintel beside the floor of the same machine, on private servers; nothing is asserted."""
    console = Console(width=report.WIDTH)
    machine.show(console)
    sizes = QUICK if quick else FULL if full else Sizes()
    with tempfile.TemporaryDirectory(prefix="lintel-bench-") as name:
        folder = Path(name)
        servers = Servers(folder / "servers", ("lintel", "http", "engine"))
        servers.start()
        try:
            machine.show_servers(console, servers)
            parts = list(Part) if only is None else [only]
            failed = [part for part in parts if not _measure(console, part, folder, servers, sizes)]
        finally:
            servers.remove()
    raise typer.Exit(1 if failed else 0)


def _measure(console: Console, part: Part, folder: Path, servers: Servers, sizes: Sizes) -> bool:
    """Measure and print one part; false, with the reason, when it could not be: the others are worth their figures."""
    title, measure = PARTS[part]
    began = time.monotonic()
    try:
        lines = measure(folder, servers, sizes)
    except Exception:
        console.print(f"[red bold]{title} could not be measured:[/]\n{escape(traceback.format_exc())}")
        return False
    report.show(console, title, lines)
    console.print(f"measured in {time.monotonic() - began:.0f} s\n")
    return True


commands = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
commands.command()(main)
commands()
