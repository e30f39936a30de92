"""Events of the gateway: agencies and the people who work there."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts.base import EVERYONE, Contract, Data, identifier, text


class AgencyChanged(Data):
    """An agency's public face."""

    name = fields.String(required=True)
    colour = text()
    languages = fields.List(fields.String(), required=True)
    time_zone = fields.String(required=True)
    currency = fields.String(required=True)
    from_name = text()
    from_address = text()
    reply_to = text()
    postal_address = text()
    public_url = text()


class MemberChanged(Data):
    """Somebody who works at an agency."""

    member_id = identifier(required=True)
    display_name = fields.String(required=True)
    phone = text()
    role = fields.String(required=True)
    active = fields.Boolean(required=True)
    photo_url = text()


class LinkRequested(Data):
    """Somebody asked for a link to their own pages; whether the address is anybody's, its holder alone knows."""

    address_print = fields.String(required=True)
    until = fields.String(required=True)


_OTHERS = tuple(service for service in EVERYONE if service != "gateway")
CONTRACTS = {
    "gateway.agency.changed": Contract(AgencyChanged(), _OTHERS),
    "gateway.member.changed": Contract(MemberChanged(), ("notifications", "leads")),
    "gateway.link.requested": Contract(LinkRequested(), ("notifications",)),
}
