"""The published language: one class for each event, with the services that consume it; fields are only added."""

from __future__ import annotations

from typing import Any

from shared.contracts import gateway, leads, matching, notifications, properties
from shared.contracts.base import Contract

CONTRACTS: dict[str, Contract[Any]] = {
    **gateway.CONTRACTS,
    **leads.CONTRACTS,
    **properties.CONTRACTS,
    **matching.CONTRACTS,
    **notifications.CONTRACTS,
}


def has_consumer(type_: str) -> bool:
    """Whether any service consumes this type, so that an unroutable message is a fault."""
    contract = CONTRACTS.get(type_)
    return contract is not None and bool(contract.consumers)


def consumed_by(service: str) -> set[str]:
    """The types that a service consumes."""
    return {type_ for type_, contract in CONTRACTS.items() if service in contract.consumers}
