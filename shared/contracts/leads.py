"""Events of leads: people, how they may be reached, and their consents."""

from __future__ import annotations

from typing import Any, Literal

from shared.contracts.base import Channel, Contract, Flag, Identifier, Purpose, event_data


@event_data
class ContactChanged:
    """A person without anything that identifies them."""

    language: str
    time_zone: str
    stage: str | None = None
    agent_member_id: str | None = None


@event_data
class ContactErased:
    """The person was erased; the subject is the id."""


@event_data
class Address:
    """One way to reach a person."""

    value: str
    verified: Flag = False


@event_data
class ContactReachable:
    """Name and addresses: the one event with personal data, and only notifications consumes it."""

    full_name: str | None
    addresses: dict[Channel, Address]


@event_data
class ConsentChanged:
    """A person's latest decision on one purpose and channel."""

    contact_id: Identifier
    purpose: Purpose
    channel: Channel
    state: Literal["granted", "withdrawn"]
    wording_version: str | None = None
    source: str | None = None
    at: str


CONTRACTS: dict[str, Contract[Any]] = {
    "leads.contact.changed": Contract(ContactChanged, ("matching", "notifications"), contact="subject"),
    "leads.contact.erased": Contract(
        ContactErased, ("matching", "notifications", "properties", "gateway"), contact="subject"
    ),
    "leads.contact.reachable": Contract(ContactReachable, ("notifications",), contact="subject", personal=True),
    "leads.consent.changed": Contract(ConsentChanged, ("notifications",), contact="contact_id"),
}
