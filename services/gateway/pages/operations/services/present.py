"""One row of the services page: the instances, figures and curve of a service."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from services.gateway.pages.operations.services.read import ServicesOverview
from services.gateway.upstream.http import Unavailable
from services.gateway.upstream.service_status import Process, ServiceStatus
from services.gateway.web.language import gettext as _
from shared.messaging.event import now

WIDTH, HEIGHT = 72.0, 22.0
MAILS = "published:notifications.delivery.sent"


@dataclass(frozen=True)
class Instance:
    """One process; `state` is up, starting or held (it waits for something)."""

    name: str
    state: str
    note: str
    up_seconds: float
    memory: int
    version: str
    per_second: float


@dataclass(frozen=True)
class ServiceRow:
    """One service; `unavailable` says why there is nothing to show."""

    name: str
    unavailable: str = ""
    web: list[Instance] = field(default_factory=list)
    workers: list[Instance] = field(default_factory=list)
    versions: list[str] = field(default_factory=list)
    memory: int = 0
    status: ServiceStatus | None = None
    queue: int | None = None
    wanted: int | None = None
    missing: int = 0
    curve: str = ""
    per_second: float = 0.0
    mails: float | None = None

    @property
    def dead(self) -> int:
        """How many events wait for a person."""
        return self.status["inbox_dead"] if self.status else 0

    @property
    def is_troubled(self) -> bool:
        """Whether it does not answer or has no worker."""
        return bool(self.unavailable) or not self.workers


def service_rows(overview: ServicesOverview) -> list[ServiceRow]:
    """The services in their order."""
    return [_row(name, status, overview) for name, status in overview.services.items()]


def _row(name: str, status: ServiceStatus | Unavailable, overview: ServicesOverview) -> ServiceRow:
    queue = (overview.queues or {}).get(name)
    wanted = overview.kept.wanted.get(name) if overview.kept else None
    if isinstance(status, Unavailable):
        return ServiceRow(name, unavailable=status.detail, queue=queue, wanted=wanted)
    rates = status["rates"]
    workers = _instances(name, status["processes"], ("worker",))
    web = _instances(name, status["processes"], ("web", "stream"))
    return ServiceRow(
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


def _instances(service: str, processes: Iterable[Process], kinds: tuple[str, ...]) -> list[Instance]:
    chosen = [process for process in processes if process["kind"] in kinds]
    return [_instance(f"{service}-{process['kind']}-{n}", process) for n, process in enumerate(chosen, 1)]


def _instance(name: str, process: Process) -> Instance:
    states = {
        "consuming": ("up", ""),
        "serving": ("up", ""),
        "not ready": ("starting", _("starting up")),
        "paused": ("held", _("waiting for the database or the broker")),
    }
    state, note = states.get(process["state"], ("held", process["state"]))
    up = (now() - _moment(process["started_at"])).total_seconds()
    version, per_second = process.get("version", ""), process.get("per_second") or 0.0
    return Instance(name, state, note, up, process["memory"], version, per_second)


def _moment(value: str | datetime) -> datetime:
    """The gateway's own status holds moments, those of the others come as JSON."""
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def curve(*series: list[float]) -> str:
    """The points of a line over the sum of these, as SVG wants them."""
    values = [sum(each) for each in zip(*series, strict=True)]
    top = max([*values, 1.0])
    step = WIDTH / max(len(values) - 1, 1)
    return " ".join(f"{n * step:.1f},{HEIGHT - 2 - value / top * (HEIGHT - 4):.1f}" for n, value in enumerate(values))
