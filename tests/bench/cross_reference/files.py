"""The cross-reference of two files by its command, as anybody would run it: no server, one process."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from deploy.local import plan
from tests.bench.cross_reference import records
from tests.bench.report import Line, figure
from tests.bench.sizes import Sizes
from tests.bench.stage import Stage

HOUR = 3600


def measure(stage: Stage, sizes: Sizes) -> list[Line]:
    """What the command says of itself, and how long it took from start to end."""
    listings, searches = sizes.file
    what = f"cross-reference of files, {listings:,} × {searches:,}"
    names = {name: stage.folder / f"{name}.ndjson" for name in ("listings", "searches", "out")}
    _write(names["listings"], records.asked_homes(listings))
    _write(names["searches"], records.searches(searches))
    words = [word for name, path in names.items() for word in (f"--{name}", str(path))]
    program = stage.program("cross-reference", "matching", "-m", "services.matching", "cross-reference", *words)
    began = time.perf_counter()
    done = subprocess.run(
        program.argv, env=dict(program.env), cwd=plan.root(), capture_output=True, text=True, check=False, timeout=HOUR
    )
    took = time.perf_counter() - began
    if done.returncode:
        return [Line(what, f"failed with exit code {done.returncode}", _last_words(done.stderr))]
    told: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    each = told["per_listing_ms"]
    return [
        Line(what, f"{figure(took)} s", f"{told['matches']:,} matches, peak {figure(told['peak_mb'])} MB"),
        Line("  all matches of one listing", f"p50 {figure(each['p50'])}  p95 {figure(each['p95'])} ms"),
        Line("  from columns to the first answer", f"{figure(told['index_seconds'])} s"),
    ]


def _last_words(said: str) -> str:
    """The last line that says something; the command draws a box around it."""
    lines = [line.strip("│╭╰─╮╯ ") for line in said.splitlines()]
    return next((line for line in reversed(lines) if line), "")


def _write(path: Path, wires: Iterable[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(wire) + "\n" for wire in wires)
