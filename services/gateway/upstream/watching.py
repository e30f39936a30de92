"""How the services are, what could not be handled, and keeping more or fewer workers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote

from services.gateway.accounts.handlers import Deps
from services.gateway.accounts.model import Member
from services.gateway.upstream.http import Away
from services.gateway.upstream.supervision import Kept
from shared.errors import Forbidden, NotFound
from shared.running.settings import SERVICES

SHOWN = 20
DETAILED = 3
Status = dict[str, Any]


@dataclass(frozen=True)
class Sight:
    """Everything at one moment: each service's status (or Away), queues (None: the broker is away), workers kept."""

    services: dict[str, Status | Away]
    queues: dict[str, int] | None
    kept: Kept | None


def look(deps: Deps, member: Member, minutes: int, own: Callable[[int], Status]) -> Sight:
    """Ask everybody at once; `own` tells of the gateway itself."""
    token = deps.tokens.of_member(member)

    def ask(name: str) -> Status:
        found: Status = deps.upstream.call(name, "GET", "/v1/status", token, query={"minutes": minutes})
        return found

    told: dict[str, Any] = deps.upstream.in_parallel(
        {name: partial(ask, name) for name in SERVICES if name != "gateway"}
        | {"queues": lambda: deps.depths.read(SERVICES), "kept": deps.supervisor.kept}
    )
    services = {name: own(minutes) if name == "gateway" else told[name] for name in SERVICES}
    return Sight(services, told["queues"], told["kept"])


def dead_entries(deps: Deps, member: Member, services: Iterable[str], detailed: int = DETAILED) -> dict[str, Any]:
    """The dead entries of these services that this person may see, the first ones with their events; or Away."""
    token = deps.tokens.of_member(member)

    def ask(name: str) -> list[dict[str, Any]]:
        page = deps.upstream.call(name, "GET", "/v1/dead-entries", token, query={"limit": SHOWN})
        items = list(page["items"])
        whole = [_whole(deps, token, name, entry["id"]) for entry in items[:detailed]]
        return [*whole, *items[detailed:]]

    return dict(deps.upstream.in_parallel({name: partial(ask, name) for name in services}))


def done_entries(deps: Deps, member: Member, services: Iterable[str], action: str) -> dict[str, Any]:
    """The entries of these services that were replayed, or discarded, the last first; or Away."""
    token = deps.tokens.of_member(member)

    def ask(name: str) -> list[dict[str, Any]]:
        query = {"action": action, "limit": SHOWN}
        return list(deps.upstream.call(name, "GET", "/v1/dead-entries-done", token, query=query)["items"])

    return dict(deps.upstream.in_parallel({name: partial(ask, name) for name in services}))


def dead_entry(deps: Deps, member: Member, service: str, entry_id: str) -> dict[str, Any]:
    """One dead entry with its event; NotFound when it is another agency's, or gone."""
    return _whole(deps, deps.tokens.of_member(member), known(service), entry_id)


def act_on_dead_entry(deps: Deps, member: Member, service: str, entry_id: str, action: str, body: Any) -> None:
    """Replay or discard a dead entry of a service in this person's name; DomainError in the service's words."""
    path = f"{_path(entry_id)}/{action}"
    deps.upstream.call(known(service), "POST", path, deps.tokens.of_member(member), body)


def scale(deps: Deps, member: Member, service: str, workers: int, is_local: bool) -> None:
    """Keep so many workers of a service, and write down who wanted it; Forbidden to an admin elsewhere."""
    if not may_scale(member, is_local):
        raise Forbidden("Only who runs the platform changes how many workers there are.")
    before = deps.supervisor.kept()
    deps.supervisor.scale(known(service), workers)
    deps.changes.of(member.agency_id).scaled(member, service, before.wanted[service] if before else None, workers)


def may_scale(member: Member, is_local: bool) -> bool:
    """The operator; on one's own machine an agency's admin too."""
    return member.role == "operator" or (member.role == "admin" and is_local)


def known(service: str) -> str:
    """The name of a service of ours; NotFound for anything else."""
    if service not in SERVICES:
        raise NotFound("There is no such service.")
    return service


def _whole(deps: Deps, token: str, service: str, entry_id: str) -> dict[str, Any]:
    found: dict[str, Any] = deps.upstream.call(service, "GET", _path(entry_id), token)
    return found


def _path(entry_id: str) -> str:
    return f"/v1/dead-entries/{quote(entry_id, safe='')}"
