"""What every service answers about itself."""

from __future__ import annotations

from typing import Any

from services.gateway.upstream.service_status import DeadEntryDetails, Process, ServiceStatus
from tests.builders.made import AT, made


def a_process(**changes: Any) -> Process:
    """A worker that consumes."""
    return made(
        Process,
        changes,
        service="leads",
        kind="worker",
        state="consuming",
        host="host",
        pid=1,
        version="1.0",
        memory=64 * 2**20,
        per_second=0.5,
        started_at=AT,
        seen_at=AT,
    )


def a_service_status(**changes: Any) -> ServiceStatus:
    """A service with a web process and a worker, nothing waiting."""
    return made(
        ServiceStatus,
        changes,
        service="leads",
        version="1.0",
        outbox_waiting=0,
        outbox_oldest_seconds=0.0,
        inbox_parked=0,
        inbox_dead=0,
        inbox_oldest_parked_seconds=0.0,
        workers_alive=1,
        processes=[a_process(), a_process(kind="web", state="serving", pid=2)],
        rates={"minutes": 15, "published": [0.0] * 60, "handled": [0.0] * 60, "now": {}},
    )


def a_dead_entry(**changes: Any) -> DeadEntryDetails:
    """An event about something that never arrived."""
    return made(
        DeadEntryDetails,
        changes,
        id="entry-1",
        type="properties.listing.changed",
        subject="listing-1",
        attempts=12,
        error_class="NotYetKnown",
        error="contact is not known here",
        at=AT,
        tried_at=AT,
        state="dead",
        event={"type": "properties.listing.changed", "subject": "listing-1", "data": {}},
        audit=[],
    )
