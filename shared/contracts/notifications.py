"""Events of notifications: what became of each delivery."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts.base import Contract, Data, identifier, text


class DeliveryChanged(Data):
    """A delivery by id of person and home, never with an address; a letter (`kind`) may tell of several homes."""

    contact_id = identifier(required=True)
    listing_id = identifier(required=True)
    channel = fields.String(required=True)
    reason = text()
    at = text()
    kind = text()
    listing_ids = fields.List(identifier(), allow_none=True)
    by = text()


_WHO = ("leads", "gateway")
CONTRACTS = {
    f"notifications.delivery.{state}": Contract(DeliveryChanged(), _WHO, contact="contact_id")
    for state in ("queued", "sent", "skipped", "failed", "unknown")
}
