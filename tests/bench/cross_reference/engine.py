"""The cross-reference: its index alone, its processes, its command."""

from __future__ import annotations

from pathlib import Path

from deploy.local.servers.private_servers import Servers
from tests.bench.cross_reference import curve, files, living, records
from tests.bench.report import Line
from tests.bench.sizes import Sizes
from tests.bench.stage import Stage


def measure(folder: Path, servers: Servers, sizes: Sizes) -> list[Line]:
    """All three, in databases of their own."""
    with Stage(folder, servers, "engine") as stage:
        market = Line("real sales that the market is drawn from", f"{len(records.sales()):,}")
        return [market, *curve.measure(stage, sizes), *living.measure(stage, sizes), *files.measure(stage, sizes)]
