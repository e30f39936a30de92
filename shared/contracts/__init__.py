"""The published language: one class for each event, with the services that consume it; fields are only added."""

from __future__ import annotations

from typing import Any

from shared.contracts import gateway, leads, matching, notifications, properties
from shared.contracts.base import Contract
from shared.messaging.event import Event

CONTRACTS: dict[str, Contract[Any]] = {
    **gateway.CONTRACTS,
    **leads.CONTRACTS,
    **properties.CONTRACTS,
    **matching.CONTRACTS,
    **notifications.CONTRACTS,
}


def contact_of(event: Event[Any]) -> str | None:
    """The one contact that an event speaks of, if any; erasing that person discards it."""
    contract = CONTRACTS.get(event.type)
    if contract is None or contract.contact is None:
        return None
    found = event.subject if contract.contact == "subject" else getattr(event.data, contract.contact)
    return found if isinstance(found, str) else None


def has_consumer(type_: str) -> bool:
    """Whether somebody is bound to this type, so that an unroutable message is a fault."""
    contract = CONTRACTS.get(type_)
    return contract is not None and bool(contract.consumers)


def consumed_by(service: str) -> set[str]:
    """The types that a service consumes."""
    return {type_ for type_, contract in CONTRACTS.items() if service in contract.consumers}
