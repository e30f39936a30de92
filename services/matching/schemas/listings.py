"""HTTP shapes of listings, limited to the facts that are compared."""

from __future__ import annotations

from marshmallow import EXCLUDE, fields, validate

from services.matching.engine.records.facts import STATUSES as STANDARD_STATUSES
from services.matching.model import TRANSACTIONS
from services.matching.schemas.searches import EVERY, WORD
from shared.http.schemas import Currency, Identifier, Number, Reply, Strict


class ListingFacts(Strict):
    """The facts of a listing that are compared; other fields are ignored."""

    class Meta:
        """Photos, remarks and the like are ignored."""

        unknown = EXCLUDE

    listing_id = fields.String(allow_none=True, validate=validate.Length(1, 100))
    standard_status = fields.String(validate=validate.OneOf(STANDARD_STATUSES))
    transaction = fields.String(required=True, validate=validate.OneOf(TRANSACTIONS))
    property_sub_type = fields.String(allow_none=True, validate=validate.Length(0, 120))
    list_price = Number(allow_none=True)
    currency = Currency(allow_none=True)
    bedrooms_total = Number(0, 1000, allow_none=True)
    bathrooms_total = Number(0, 1000, allow_none=True)
    living_area = Number(0, 1e9, allow_none=True)
    lot_size_area = Number(0, 1e12, allow_none=True)
    year_built = Number(0, 9999, allow_none=True)
    latitude = Number(-90, 90, places=EVERY, allow_none=True)
    longitude = Number(-180, 180, places=EVERY, allow_none=True)
    city = fields.String(allow_none=True, validate=validate.Length(0, 120))
    state_or_province = fields.String(allow_none=True, validate=validate.Length(0, 120))
    postal_code = fields.String(allow_none=True, validate=validate.Length(0, 120))
    features = fields.List(fields.String(validate=WORD), allow_none=True, validate=validate.Length(0, 100))
    features_absent = fields.List(fields.String(validate=WORD), allow_none=True, validate=validate.Length(0, 100))
    owner_contact_ids = fields.List(fields.String(validate=WORD), allow_none=True, validate=validate.Length(0, 100))


class ListingLine(ListingFacts):
    """A listing as a line of a file."""

    id = Identifier(required=True)
    agency_id = Identifier(allow_none=True)


class Photo(Strict):
    """The first photograph of a listing."""

    url = fields.String(required=True)
    alt = fields.String(allow_none=True)


class ListingSummary(Reply):
    """The summary of a listing in replies and alerts; remarks by language, cut after a thousand characters."""

    id = fields.String(required=True)
    sequence = fields.Integer(required=True)
    listing_id = fields.String(allow_none=True, metadata={"description": "The agency's own reference."})
    transaction = fields.String(allow_none=True)
    property_sub_type = fields.String(allow_none=True)
    list_price = fields.Float(allow_none=True)
    previous_list_price = fields.Float(allow_none=True)
    currency = fields.String(allow_none=True)
    bedrooms_total = fields.Float(allow_none=True)
    bathrooms_total = fields.Float(allow_none=True)
    living_area = fields.Float(allow_none=True)
    street_name = fields.String(allow_none=True)
    city = fields.String(allow_none=True)
    state_or_province = fields.String(allow_none=True)
    postal_code = fields.String(allow_none=True)
    country = fields.String(allow_none=True)
    latitude = fields.Float(allow_none=True)
    longitude = fields.Float(allow_none=True)
    photo = fields.Nested(Photo, allow_none=True)
    public_remarks = fields.Dict(keys=fields.String(), values=fields.String())
    agent_member_id = fields.String(allow_none=True)
