"""Reads the dead entries of services, and replays or discards one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

from services.gateway.upstream.http import Unavailable
from services.gateway.upstream.service_status import (
    DeadEntry,
    DeadEntryDetails,
    ResolvedDeadEntry,
    ServiceStatusClient,
)
from services.gateway.web.clients import clients
from shared.errors import NotFound
from shared.running.services import SERVICES

SHOWN = 20
DETAILED = 3
WAITING = "waiting"
# State of the page -> what was done with its entries.
ACTIONS = {"replayed": "replay", "discarded": "discard"}
Entry = DeadEntry | ResolvedDeadEntry | DeadEntryDetails


@dataclass(frozen=True)
class DeadEntryList:
    """Entries in one state, each beside its service; `names` are the members in their notes, by id."""

    state: str
    entries: tuple[tuple[str, Entry], ...]
    unavailable: tuple[str, ...]
    names: Mapping[str, str] = field(default_factory=dict)


def waiting_entries(services: Iterable[str]) -> DeadEntryList:
    """The entries of these services that wait for a person, the first ones of each with their events."""
    answers = clients().each_in_parallel({name: partial(_waiting, client_of(name)) for name in services})
    return _listed(WAITING, answers, {})


def resolved_entries(services: Iterable[str], state: str, names: Mapping[str, str]) -> DeadEntryList:
    """The entries of these services that were replayed, or discarded, the latest first."""
    calls = {name: partial(client_of(name).resolved_dead_entries, ACTIONS[state], limit=SHOWN) for name in services}
    return _listed(state, clients().each_in_parallel(calls), names)


def client_of(service: str) -> ServiceStatusClient:
    """The client of a service of ours; NotFound for any other name."""
    return clients().service_status(known_service(service))


def known_service(service: str) -> str:
    """The name of a service of ours; NotFound for anything else."""
    if service not in SERVICES:
        raise NotFound("There is no such service.")
    return service


def _waiting(client: ServiceStatusClient) -> list[Entry]:
    items = client.dead_entries(limit=SHOWN)["items"]
    return [*(client.dead_entry(entry["id"]) for entry in items[:DETAILED]), *items[DETAILED:]]


def _listed(
    state: str, answers: Mapping[str, Iterable[Entry] | Unavailable], names: Mapping[str, str]
) -> DeadEntryList:
    entries: list[tuple[str, Entry]] = []
    unavailable = []
    for name, answer in answers.items():
        if isinstance(answer, Unavailable):
            unavailable.append(name)
        else:
            entries += [(name, entry) for entry in answer]
    return DeadEntryList(state, tuple(entries), tuple(unavailable), names)
