"""Calls that every service answers: how it is, and the events that it could not handle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NotRequired, TypedDict

from services.gateway.upstream.client import ServiceClient


class Process(TypedDict):
    """A live process; memory in bytes."""

    service: NotRequired[str]
    kind: NotRequired[str]
    state: NotRequired[str]
    host: NotRequired[str]
    pid: NotRequired[int]
    version: NotRequired[str]
    memory: NotRequired[int]
    per_second: NotRequired[float]
    started_at: NotRequired[str]
    seen_at: NotRequired[str]


class Rates(TypedDict):
    """Events a second: sixty points over the last minutes, oldest first, and by name how it is now."""

    minutes: int
    published: list[float]
    handled: list[float]
    now: dict[str, float]


class ServiceStatus(TypedDict):
    """How a service is; ages in seconds."""

    service: str
    version: str
    outbox_waiting: int
    outbox_oldest_seconds: float
    inbox_parked: int
    inbox_dead: int
    inbox_oldest_parked_seconds: float
    workers_alive: int
    processes: list[Process]
    rates: Rates


class DeadEntry(TypedDict):
    """An event that could not be handled, and the cause."""

    id: str
    type: str | None
    subject: str | None
    attempts: int
    error_class: str | None
    error: str | None
    at: str | None
    tried_at: str | None
    state: str


class DeadEntryPage(TypedDict):
    """Some dead entries, newest first."""

    items: list[DeadEntry]
    next_cursor: str | None


class AuditNote(TypedDict):
    """Who did what with a dead entry, and why."""

    at: str
    actor: str
    action: str
    reason: str


class ResolvedDeadEntry(DeadEntry):
    """A dead entry that somebody replayed or discarded."""

    audit: list[AuditNote]


class DeadEntryDetails(ResolvedDeadEntry):
    """A dead entry with its event (personal data masked) and what was done with it."""

    event: Any  # whatever could not be handled, shown as JSON


@dataclass(frozen=True)
class ServiceStatusClient(ServiceClient):
    """One service, by its name, as the people who look after it see it."""

    name: str = ""

    @property
    def service(self) -> str:
        """The name of the service that is called."""
        return self.name

    def status(self, *, minutes: int = 15) -> ServiceStatus:
        """Backlogs, live processes and rates of the last minutes (15, 360 or 1440)."""
        status: ServiceStatus = self._get("status", minutes=minutes)
        return status

    def dead_entries(self, *, limit: int = 50, cursor: str | None = None) -> DeadEntryPage:
        """The events that could not be handled."""
        page: DeadEntryPage = self._get("dead-entries", limit=limit, cursor=cursor)
        return page

    def dead_entry(self, entry_id: str) -> DeadEntryDetails:
        """One dead entry with its event; NotFound when it is another agency's, or not there any more."""
        entry: DeadEntryDetails = self._get("dead-entries", entry_id)
        return entry

    def resolved_dead_entries(self, action: str, *, limit: int = 20) -> list[ResolvedDeadEntry]:
        """The last entries that were replayed (`replay`) or discarded (`discard`)."""
        entries: list[ResolvedDeadEntry] = self._get("dead-entries-done", action=action, limit=limit)["items"]
        return entries

    def replay(self, entry_id: str) -> None:
        """Handle a dead entry again from the start."""
        self._post("dead-entries", entry_id, "replay")

    def discard(self, entry_id: str, *, reason: str) -> None:
        """Give a dead entry up for good."""
        self._post("dead-entries", entry_id, "discard", body={"reason": reason})
