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
    """Who is invited to work at the agency; `token` is what the link of the gateway's holds."""

    member_id = Identifier(required=True)
    address = fields.Email(required=True, validate=validate.Length(3, 254))
    full_name = Name(required=True)
    language = Language(required=True)
    token = fields.String(required=True, validate=validate.Regexp(r"[A-Za-z0-9_-]{20,200}\Z"))
