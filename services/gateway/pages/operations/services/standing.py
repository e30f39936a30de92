"""A service's line on the services page: its instances, figures and curve, from what it told of itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.gateway.upstream.http import Away
from services.gateway.upstream.watching import Sight
from services.gateway.web.language import gettext as _
from shared.messaging.event import now

WIDTH, HEIGHT = 72.0, 22.0
MAILS = "published:notifications.delivery.sent"


@dataclass(frozen=True)
class Instance:
    """One process; `state` is up, starting or held (it waits for something)."""

    name: str
    state: str
    told: str
    up_seconds: float
    memory: int
    version: str
    per_second: float


@dataclass(frozen=True)
class Line:
    """One service; `away` says why there is nothing to tell."""

    name: str
    away: str = ""
    web: list[Instance] = field(default_factory=list)
    workers: list[Instance] = field(default_factory=list)
    versions: list[str] = field(default_factory=list)
    memory: int = 0
    status: dict[str, Any] = field(default_factory=dict)
    queue: int | None = None
    wanted: int | None = None
    missing: int = 0
    curve: str = ""
    per_second: float = 0.0
    mails: float | None = None

    @property
    def dead(self) -> int:
        """How many events wait for a person."""
        return int(self.status.get("inbox_dead", 0))

    @property
    def is_troubled(self) -> bool:
        """Whether it does not answer or has nobody to work."""
        return bool(self.away) or not self.workers


def lines(sight: Sight) -> list[Line]:
    """The services in their order."""
    return [_line(name, status, sight) for name, status in sight.services.items()]


def _line(name: str, status: Any, sight: Sight) -> Line:
    queue = (sight.queues or {}).get(name)
    wanted = sight.kept.wanted.get(name) if sight.kept else None
    if isinstance(status, Away):
        return Line(name, away=status.why, queue=queue, wanted=wanted)
    rates = status["rates"]
    workers = _instances(name, status["processes"], ("worker",))
    web = _instances(name, status["processes"], ("web", "stream"))
    return Line(
        name,
        web=web,
        workers=workers,
        versions=sorted({each.version for each in (*web, *workers)} or {status["version"]}),
        memory=sum(each.memory for each in (*web, *workers)),
        status=status,
        queue=queue,
        wanted=wanted,
        missing=max((wanted or 0) - len(workers), 0),
        curve=curve(rates["handled"], rates["published"]),
        per_second=rates["now"].get("handled", 0) + rates["now"].get("published", 0),
        mails=rates["now"].get(MAILS, 0.0) if name == "notifications" else None,
    )


def _instances(service: str, rows: Iterable[dict[str, Any]], kinds: tuple[str, ...]) -> list[Instance]:
    mine = [row for row in rows if row["kind"] in kinds]
    return [_instance(f"{service}-{row['kind']}-{n}", row) for n, row in enumerate(mine, 1)]


def _instance(name: str, row: dict[str, Any]) -> Instance:
    states = {"consuming": ("up", ""), "serving": ("up", "")}
    states |= {
        "not ready": ("starting", _("making ready")),
        "paused": ("held", _("waits for the database or the broker")),
    }
    state, told = states.get(row["state"], ("held", row["state"]))
    started = row["started_at"]
    started = datetime.fromisoformat(started) if isinstance(started, str) else started
    up = (now() - started).total_seconds()
    return Instance(name, state, told, up, row["memory"], row.get("version", ""), row.get("per_second") or 0.0)


def curve(*series: list[float]) -> str:
    """The points of a line over the sum of these, as SVG wants them."""
    values = [sum(each) for each in zip(*series, strict=True)]
    top = max([*values, 1.0])
    step = WIDTH / max(len(values) - 1, 1)
    return " ".join(f"{n * step:.1f},{HEIGHT - 2 - value / top * (HEIGHT - 4):.1f}" for n, value in enumerate(values))
