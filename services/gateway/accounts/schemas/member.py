"""HTTP shapes of members, and what admins type about them."""

from __future__ import annotations

from marshmallow import fields, validate

from services.gateway.accounts.model.member import AGENCY_ROLES
from services.gateway.accounts.schemas.fields import Address, Password, web_address
from shared.http.schemas import Instant, Language, Name, Strict, YesNo


class NewMember(Strict):
    """A person who is to sign in."""

    email = Address(required=True)
    display_name = Name(required=True)
    phone = fields.String(allow_none=True, validate=validate.Length(0, 40))
    photo_url = web_address(allow_none=True)
    password = Password(required=True)


class MemberIn(NewMember):
    """A new member of one's own agency."""

    role = fields.String(required=True, validate=validate.OneOf(AGENCY_ROLES))


class MemberPatch(Strict):
    """A correction of a member; `active: false` deactivates the member."""

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


class Invited(Strict):
    """A person who is to choose a password by a link."""

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
