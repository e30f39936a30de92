"""What a measurement comes to: spreads of durations, lines of a table, aims met or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rich.console import Console
from rich.table import Table

WIDTH = 150


@dataclass(frozen=True)
class Spread:
    """Percentiles of many durations, in milliseconds."""

    p50: float
    p95: float
    p99: float
    count: int

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Spread:
        """The percentiles of durations in seconds."""
        p50, p95, p99 = (float(value) * 1000 for value in np.percentile(seconds, (50, 95, 99)))
        return cls(p50, p95, p99, len(seconds))

    def __str__(self) -> str:
        return f"p50 {figure(self.p50)}  p95 {figure(self.p95)}  p99 {figure(self.p99)} ms"


@dataclass(frozen=True)
class Line:
    """One line of the table: Lintel's figure, the rival's or the floor's beside it, and what was aimed at."""

    what: str
    lintel: str
    beside: str = ""
    ratio: str = ""
    aim: str = ""
    met: bool | None = None


def figure(value: float) -> str:
    """A number as short as it is telling."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def compared(what: str, ours: Spread, theirs: Spread, name: str, aim: float | None = None) -> Line:
    """Two spreads side by side, by their medians; `aim` is the most that ours may be of theirs."""
    ratio = ours.p50 / theirs.p50
    told = "" if aim is None else f"p50 ≤ {aim:g} × {name}"
    return Line(what, str(ours), f"{name}: {theirs}", f"{ratio:.2f} ×", told, None if aim is None else ratio <= aim)


def at_most(what: str, value: float, unit: str, aim: float, beside: str = "") -> Line:
    """A figure that must not be larger than the aim."""
    return Line(what, f"{figure(value)} {unit}", beside, aim=f"≤ {aim:g} {unit}", met=value <= aim)


def show(console: Console, title: str, lines: Sequence[Line]) -> None:
    """Print one part's table."""
    table = Table(title=title, title_justify="left", title_style="bold", show_lines=False)
    for name, side in (("measured", "left"), ("Lintel", "left"), ("beside it", "left"), ("ratio", "right")):
        table.add_column(name, justify="right" if side == "right" else "left", overflow="fold")
    table.add_column("aim", overflow="fold")
    table.add_column("", no_wrap=True)
    for line in lines:
        verdict = {None: "", True: "[green]met[/]", False: "[red]NOT MET[/]"}[line.met]
        table.add_row(line.what, line.lintel, line.beside, line.ratio, line.aim, verdict)
    console.print(table)
