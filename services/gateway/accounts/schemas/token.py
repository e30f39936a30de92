"""HTTP shapes of tokens (RFC 6749, RFC 7517)."""

from __future__ import annotations

from marshmallow import EXCLUDE, Schema, fields, validate

from shared.http.schemas import Strict

GRANT = "client_credentials"


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
