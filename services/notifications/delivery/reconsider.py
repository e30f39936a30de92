"""Deciding anew on deliveries that waited for news, or were stopped by news that no longer holds."""

from __future__ import annotations

from services.notifications.delivery import model
from services.notifications.deps import Deps
from shared.messaging.event import now
from shared.storage.mongo import Document, transaction


def reconsider_next(deps: Deps) -> bool:
    """Decide anew on one delivery that has waited for a while; false when none is due.

    What it waits for may have been heard in the very moment in which the delivery was being written.
    """

    def work() -> bool:
        row = deps.deliveries.next_waiting()
        if row is not None:
            reconsider(deps, row["agency_id"], [row])
        return row is not None

    return transaction(deps.deliveries.db.client, work)


def reconsider(deps: Deps, agency_id: str, rows: list[Document]) -> None:
    """Decide anew on what waited for news, or was stopped by news that no longer holds."""
    people = deps.people.of(agency_id, {row["contact_id"] for row in rows})
    for row in rows:
        decision = model.decide(people[row["contact_id"]], row["frequency"])
        if decision.state not in ("waiting", row["state"]):
            changes = {"state": decision.state, "reason": decision.reason, "not_before": now()}
            begins = {"created_at": now(), "attempts": 0} if row["state"] == "canceled" else {}
            deps.deliveries.of(agency_id).change(row, **changes, **begins)
