"""Events of notifications: the state of each delivery."""

from __future__ import annotations

from typing import Any

from shared.contracts.base import Contract, Identifier, event_data


@event_data
class DeliveryChanged:
    """A delivery by id of person and home, never with an address; a letter (`kind`) may name several homes."""

    contact_id: Identifier
    listing_id: Identifier
    channel: str
    reason: str | None = None
    at: str | None = None
    kind: str | None = None
    listing_ids: list[Identifier] | None = None
    by: str | None = None


_CONSUMERS = ("leads", "gateway")
CONTRACTS: dict[str, Contract[Any]] = {
    f"notifications.delivery.{state}": Contract(DeliveryChanged, _CONSUMERS, contact="contact_id")
    for state in ("queued", "sent", "skipped", "failed", "unknown")
}
