"""HTTP shapes of invitations."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.http.schemas import (
    Identifier,
    Language,
    Name,
    Strict,
)


class InvitationIn(Strict):
    """The person invited to join the agency; `token` is that of the gateway's link."""

    member_id = Identifier(required=True)
    address = fields.Email(required=True, validate=validate.Length(3, 254))
    full_name = Name(required=True)
    language = Language(required=True)
    token = fields.String(required=True, validate=validate.Regexp(r"[A-Za-z0-9_-]{20,200}\Z"))
