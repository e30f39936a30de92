"""HTTP shapes of the gateway's JSON API."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate

from services.gateway.accounts import codes
from services.gateway.accounts.model import AGENCY_ROLES
from shared.codes import NOT_A_TIME_ZONE
from shared.http.schemas import Currency, Instant, Language, Name, Strict, YesNo

GRANT = "client_credentials"
TEXT = validate.Length(0, 500)


class Password(fields.String):
    """Taken in, never given out."""

    def __init__(self, **options: Any) -> None:
        length = validate.Length(12, 200, error=codes.PASSWORD_LENGTH)
        super().__init__(load_only=True, validate=length, **options)


class Address(fields.Email):
    """An e-mail address of at most 254 characters."""

    def __init__(self, **options: Any) -> None:
        super().__init__(validate=validate.Length(3, 254), **options)


class TimeZone(fields.String):
    """An IANA time zone."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        found = super()._deserialize(value, attr, data, **kwargs)
        if found not in available_timezones():
            raise ValidationError(NOT_A_TIME_ZONE)
        return found


def web_address(**options: Any) -> fields.Url:
    """An absolute http or https address."""
    return fields.Url(schemes={"http", "https"}, require_tld=False, validate=validate.Length(1, 1000), **options)


def unique(values: list[Any]) -> None:
    """Refuse a list that says something twice."""
    if len(set(values)) != len(values):
        raise ValidationError(codes.TWICE)


def languages(**options: Any) -> fields.List[str]:
    """Languages of ours, the main one first."""
    return fields.List(Language(), validate=validate.And(validate.Length(1, 5), unique), **options)


class AgencyFace(Strict):
    """What may be missing of an agency's public face."""

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


class NewMember(Strict):
    """Somebody who is to sign in."""

    email = Address(required=True)
    display_name = Name(required=True)
    phone = fields.String(allow_none=True, validate=validate.Length(0, 40))
    photo_url = web_address(allow_none=True)
    password = Password(required=True)


class MemberIn(NewMember):
    """A new member of one's own agency."""

    role = fields.String(required=True, validate=validate.OneOf(AGENCY_ROLES))


class MemberPatch(Strict):
    """A correction of a member; `active: false` lets somebody go."""

    email = Address()
    display_name = Name()
    phone = fields.String(allow_none=True, validate=validate.Length(0, 40))
    photo_url = web_address(allow_none=True)
    role = fields.String(validate=validate.OneOf(AGENCY_ROLES))
    active = YesNo()


class MemberOut(Strict):
    """A member as others of the agency see them."""

    id = fields.String(required=True)
    email = fields.String(required=True)
    display_name = fields.String(required=True)
    phone = fields.String(allow_none=True)
    photo_url = fields.String(allow_none=True)
    role = fields.String(required=True)
    active = fields.Boolean(required=True)
    version = fields.Integer(required=True)
    created_at = Instant()
    changed_at = Instant()


class NewPassword(Strict):
    """Another password."""

    password = Password(required=True)


class AgencyIn(AgencyFace):
    """A new agency with its first admin."""

    name = Name(required=True)
    languages = languages(required=True)
    time_zone = TimeZone(required=True)
    currency = Currency(required=True)
    admin = fields.Nested(NewMember, required=True)


class AgencyOut(AgencyFace):
    """An agency as it is."""

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


class ClientIn(Strict):
    """A program that is to act for the agency."""

    name = Name(required=True)
    role = fields.String(load_default="agent", validate=validate.OneOf(AGENCY_ROLES))


class ClientOut(Strict):
    """A program that acts for the agency, without its secret."""

    client_id = fields.String(required=True, attribute="id")
    name = fields.String(required=True)
    role = fields.String(required=True)
    created_at = Instant()
    revoked_at = Instant(allow_none=True)
    last_used_at = Instant(allow_none=True)


class ClientMade(ClientOut):
    """A new program with its secret, which is shown here and never again."""

    client_secret = fields.String(required=True)


class TokenRequest(Schema):
    """RFC 6749 section 4.4; other parameters are ignored, as it demands."""

    class Meta:
        """Clients may send parameters of extensions."""

        unknown = EXCLUDE

    grant_type = fields.String(required=True, validate=validate.OneOf((GRANT,)))
    client_id = fields.String(metadata={"description": "Unless sent by HTTP Basic."})
    client_secret = fields.String(metadata={"description": "Unless sent by HTTP Basic."})


class Token(Strict):
    """RFC 6749 section 5.1."""

    access_token = fields.String(required=True)
    token_type = fields.String(required=True)
    expires_in = fields.Integer(required=True)


class TokenRefusal(Strict):
    """RFC 6749 section 5.2."""

    error = fields.String(required=True)
    error_description = fields.String()


class PublicKeys(Strict):
    """RFC 7517."""

    keys = fields.List(fields.Dict(), required=True)


class Invited(Strict):
    """Somebody who is to choose a password by a link."""

    email = Address(required=True)
    display_name = Name(required=True)
    role = fields.String(required=True, validate=validate.OneOf(AGENCY_ROLES))
    language = Language(required=True)
    phone = fields.String(allow_none=True, validate=validate.Length(0, 40))


class MemberChanged(Strict):
    """What an admin corrects of a member."""

    email = Address(required=True)
    display_name = Name(required=True)
    role = fields.String(required=True, validate=validate.OneOf(AGENCY_ROLES))
    phone = fields.String(allow_none=True, validate=validate.Length(0, 40))
