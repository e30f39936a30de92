"""HTTP shapes of notifications."""

from __future__ import annotations

from marshmallow import fields, validate

from services.notifications.model import STATES
from shared.schemas import Identifier, Instant, PageQuery, Strict


class DeliveryQuery(PageQuery):
    """Filters of the list."""

    state = fields.String(validate=validate.OneOf(STATES))
    contact_id = Identifier()
    listing_id = Identifier()


class DeliveryOut(Strict):
    """One alert to one person about one home at one price; never an address."""

    id = fields.String(required=True, attribute="_id")
    contact_id = fields.String(required=True)
    listing_id = fields.String(required=True)
    list_price = fields.Raw(allow_none=True)
    currency = fields.String(allow_none=True)
    saved_search_ids = fields.List(fields.String())
    channel = fields.String()
    entered_by = fields.String()
    frequency = fields.String()
    state = fields.String(required=True)
    reason = fields.String(allow_none=True)
    attempts = fields.Integer()
    created_at = Instant()
    sent_at = Instant(allow_none=True)


class SendabilityQuery(Strict):
    """May an alert of this search about this home go to this person?"""

    contact_id = Identifier(required=True)
    listing_id = Identifier(required=True)
    saved_search_id = Identifier(required=True)


class GateOut(Strict):
    """One condition, met or not."""

    code = fields.String(required=True)
    open = fields.Boolean(required=True)


class Sendability(Strict):
    """The answer, gate by gate."""

    sendable = fields.Boolean(required=True)
    gates = fields.List(fields.Nested(GateOut))
