"""Events of the gateway: agencies and the people who work there."""

from __future__ import annotations

from typing import Any

from shared.contracts.base import Contract, Flag, Identifier, event_data
from shared.running.services import SERVICES


@event_data
class AgencyChanged:
    """An agency's public face."""

    name: str
    colour: str | None = None
    languages: list[str]
    time_zone: str
    currency: str
    from_name: str | None = None
    from_address: str | None = None
    reply_to: str | None = None
    postal_address: str | None = None
    public_url: str | None = None


@event_data
class MemberChanged:
    """A person who works at an agency."""

    member_id: Identifier
    display_name: str
    phone: str | None = None
    role: str
    active: Flag
    photo_url: str | None = None


@event_data
class LinkRequested:
    """A person requested a sign-in link; only the holder of the address learns whether it is known."""

    address_print: str
    until: str


_OTHERS = tuple(service for service in SERVICES if service != "gateway")
CONTRACTS: dict[str, Contract[Any]] = {
    "gateway.agency.changed": Contract(AgencyChanged, _OTHERS),
    "gateway.member.changed": Contract(MemberChanged, ("notifications", "leads")),
    "gateway.link.requested": Contract(LinkRequested, ("notifications",)),
}
