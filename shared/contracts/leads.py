"""Events of leads: people, how they may be reached, what they agreed to."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.contracts.base import CHANNELS, PURPOSES, Contract, Data, identifier, text


class ContactChanged(Data):
    """A person without anything that tells who it is."""

    language = fields.String(required=True)
    time_zone = fields.String(required=True)
    stage = text()
    agent_member_id = text()


class ContactErased(Data):
    """The person wished to be forgotten; the subject is the id."""


class Address(Data):
    """One way to reach a person."""

    value = fields.String(required=True)
    verified = fields.Boolean(load_default=False)


class ContactReachable(Data):
    """Name and addresses: the one event with personal data, and only notifications consumes it."""

    full_name = text(required=True)
    addresses = fields.Dict(
        keys=fields.String(validate=validate.OneOf(CHANNELS)), values=fields.Nested(Address), required=True
    )


class ConsentChanged(Data):
    """The latest word of a person on one purpose and channel."""

    contact_id = identifier(required=True)
    purpose = fields.String(required=True, validate=validate.OneOf(PURPOSES))
    channel = fields.String(required=True, validate=validate.OneOf(CHANNELS))
    state = fields.String(required=True, validate=validate.OneOf(("granted", "withdrawn")))
    wording_version = text()
    source = text()
    at = fields.String(required=True)


CONTRACTS = {
    "leads.contact.changed": Contract(ContactChanged(), ("matching", "notifications"), contact="subject"),
    "leads.contact.erased": Contract(
        ContactErased(), ("matching", "notifications", "properties", "gateway"), contact="subject"
    ),
    "leads.contact.reachable": Contract(ContactReachable(), ("notifications",), contact="subject", personal=True),
    "leads.consent.changed": Contract(ConsentChanged(), ("notifications",), contact="contact_id"),
}
