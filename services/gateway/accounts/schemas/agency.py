"""HTTP shapes of agencies."""

from __future__ import annotations

from marshmallow import fields, validate

from services.gateway.accounts import codes
from services.gateway.accounts.schemas.fields import Address, TimeZone, languages, web_address
from services.gateway.accounts.schemas.member import MemberOut, NewMember
from shared.http.schemas import Currency, Instant, Name, Strict

TEXT = validate.Length(0, 500)


class AgencyFace(Strict):
    """The optional fields of an agency's public profile."""

    colour = fields.String(allow_none=True, validate=validate.Regexp(r"^#[0-9A-Fa-f]{6}\Z", error=codes.NOT_A_COLOUR))
    from_name = Name(allow_none=True, metadata={"description": "Who mail comes from."})
    from_address = Address(allow_none=True)
    reply_to = Address(allow_none=True)
    postal_address = fields.String(allow_none=True, validate=TEXT)
    public_url = web_address(allow_none=True)


class AgencyPatch(AgencyFace):
    """A correction of an agency."""

    name = Name()
    languages = languages()
    time_zone = TimeZone()
    currency = Currency()


class AgencyIn(AgencyFace):
    """A new agency with its first admin."""

    name = Name(required=True)
    languages = languages(required=True)
    time_zone = TimeZone(required=True)
    currency = Currency(required=True)
    admin = fields.Nested(NewMember, required=True)


class AgencyOut(AgencyFace):
    """An agency."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    languages = fields.List(fields.String(), required=True)
    time_zone = fields.String(required=True)
    currency = fields.String(required=True)
    version = fields.Integer(required=True)
    created_at = Instant()
    changed_at = Instant()


class AgencyOpened(AgencyOut):
    """A new agency and its first admin."""

    admin = fields.Nested(MemberOut, required=True)
