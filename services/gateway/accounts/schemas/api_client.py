"""HTTP shapes of API clients."""

from __future__ import annotations

from marshmallow import fields, validate

from services.gateway.accounts.model.member import AGENCY_ROLES
from shared.http.schemas import Instant, Name, Strict


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
