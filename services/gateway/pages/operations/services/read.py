"""Asks every service how it is, the broker for queues and the supervisor for workers; has workers scaled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import cast

from services.gateway.accounts.model.member import Member
from services.gateway.components.dead_entries.read import client_of, known_service
from services.gateway.upstream.http import Unavailable
from services.gateway.upstream.service_status import ServiceStatus
from services.gateway.upstream.supervision import Kept
from services.gateway.web.clients import clients
from services.gateway.web.deps import deps
from services.gateway.web.language import gettext as _
from shared.errors import Forbidden
from shared.running.services import SERVICES

CHANGES_SHOWN = 5
OWN, QUEUES, KEPT = "gateway", "queues", "kept"


@dataclass(frozen=True)
class ServicesOverview:
    """Everything at one moment; `queues` is None where the broker does not answer, `kept` where nobody supervises."""

    services: Mapping[str, ServiceStatus | Unavailable]
    queues: Mapping[str, int] | None
    kept: Kept | None


@dataclass(frozen=True)
class WorkerChange:
    """Who changed how many workers a service has."""

    service: str
    before: int | None
    after: int
    by: str
    at: object


def overview(own_status: ServiceStatus, minutes: int) -> ServicesOverview:
    """How everything is; `own_status` is the gateway's, which is not asked over HTTP."""
    calls: dict[str, Callable[[], object]] = {
        name: partial(client_of(name).status, minutes=minutes) for name in SERVICES if name != OWN
    }
    answers = clients().each_in_parallel(
        {**calls, QUEUES: lambda: deps().depths.read(SERVICES), KEPT: deps().supervisor.kept}
    )
    statuses = {name: own_status if name == OWN else answers[name] for name in SERVICES}
    return ServicesOverview(
        cast(Mapping[str, ServiceStatus | Unavailable], statuses),
        cast(Mapping[str, int] | None, answers[QUEUES]),
        cast(Kept | None, answers[KEPT]),
    )


def scale(member: Member, service: str, workers: int, is_local: bool) -> None:
    """Keep so many workers of a service and record who wanted it; Forbidden to an admin elsewhere."""
    if not may_scale(member, is_local):
        raise Forbidden("Only the operator may change the number of workers.")
    supervisor = deps().supervisor
    before = supervisor.kept()
    supervisor.scale(known_service(service), workers)
    wanted = before.wanted[service] if before else None
    deps().changes.of(member.agency_id).scaled(member, service, wanted, workers)


def may_scale(member: Member, is_local: bool) -> bool:
    """The operator; on one's own machine an agency's admin too."""
    return member.role == "operator" or (member.role == "admin" and is_local)


def worker_changes(member: Member) -> list[WorkerChange]:
    """The latest changes with who made them; to the operator, members of agencies have no names."""
    rows = deps().changes.of(member.agency_id).latest(everybody=member.role == "operator", limit=CHANGES_SHOWN)
    return [
        WorkerChange(row["service"], row["before"], row["after"], _name(row["role"], row, member), row["at"])
        for row in rows
    ]


def _name(role: str, row: Mapping[str, str], member: Member) -> str:
    if role == "operator":
        return _("the operator")
    named = deps().members.by_id(row["member_id"]) if member.agency_id == row["agency_id"] else None
    return named.display_name if named else _("an admin")
