"""HTTP shapes of properties."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from services.properties.model import FIRST_STATUSES, STATUSES, TRANSACTIONS
from shared.schemas import Currency, Identifier, Instant, Language, Money, Name, Number, PageQuery, Strict, Whole

TEXT = validate.Length(0, 10_000)
WORD = validate.Regexp(r"^[a-z][a-z0-9_]{0,39}$", error="Use a word in snake_case, like air_conditioning.")


def words(**options: Any) -> fields.List[str]:
    """Canonical feature words."""
    return fields.List(fields.String(validate=WORD), validate=validate.Length(0, 100), **options)


class Photo(Strict):
    """A picture by its address."""

    url = fields.Url(required=True, schemes={"http", "https"}, validate=validate.Length(1, 1000))
    alt = fields.String(allow_none=True, validate=validate.Length(0, 300))


class Facts(Strict):
    """What can be said of a home, besides its price and status; null is "not stated"."""

    listing_id = Name(100, allow_none=True, metadata={"description": "The agency's own reference, unique there."})
    property_sub_type = fields.String(allow_none=True, validate=WORD)
    bedrooms_total = Whole(0, 1000, allow_none=True)
    bathrooms_total = Number(0, 1000, allow_none=True)
    living_area = Number(0, 1e9, allow_none=True, metadata={"description": "m2"})
    lot_size_area = Number(0, 1e12, allow_none=True, metadata={"description": "m2"})
    year_built = Whole(0, 3000, allow_none=True)
    features = words()
    features_absent = words()
    latitude = Number(-90, 90, places=12, allow_none=True)
    longitude = Number(-180, 180, places=12, allow_none=True)
    street_name = Name(200, allow_none=True)
    city = Name(120, allow_none=True)
    state_or_province = Name(120, allow_none=True)
    postal_code = Name(20, allow_none=True)
    country = fields.String(allow_none=True, validate=validate.Regexp(r"^[A-Z]{2}$", error="Use ISO 3166, like ES."))
    public_remarks = fields.Dict(keys=Language(), values=fields.String(validate=TEXT))
    private_remarks = fields.String(allow_none=True, validate=TEXT)
    owner_contact_ids = fields.List(Identifier(), validate=validate.Length(0, 50))
    agent_member_id = Identifier(allow_none=True)
    photos = fields.List(fields.Nested(Photo), validate=validate.Length(0, 100))


class ListingIn(Facts):
    """A new listing."""

    transaction = fields.String(required=True, validate=validate.OneOf(TRANSACTIONS))
    standard_status = fields.String(load_default="active", validate=validate.OneOf(FIRST_STATUSES))
    list_price = Money(allow_none=True)
    currency = Currency(allow_none=True)

    @validates_schema
    def _consistent(self, data: dict[str, Any], **_: Any) -> None:
        both = sorted(set(data.get("features") or ()) & set(data.get("features_absent") or ()))
        if both:
            raise ValidationError(f"{', '.join(both)}: also in features.", "features_absent")
        for name, other in (("latitude", "longitude"), ("longitude", "latitude")):
            if data.get(name) is None and data.get(other) is not None:
                raise ValidationError("Missing beside the other coordinate.", name)


class ListingPatch(Facts):
    """A correction of facts."""

    list_price = fields.Raw(metadata={"description": "Refused: POST to price-changes."})
    standard_status = fields.Raw(metadata={"description": "Refused: POST to status-changes."})

    @validates_schema
    def _not_here(self, data: dict[str, Any], **_: Any) -> None:
        for name, resource in (("list_price", "price-changes"), ("standard_status", "status-changes")):
            if name in data:
                raise ValidationError(f"Has a history: POST to /v1/listings/<id>/{resource}.", name)


class ListingOut(Facts):
    """A listing as it is."""

    id = fields.String(required=True)
    transaction = fields.String(required=True)
    standard_status = fields.String(required=True)
    list_price = Money(allow_none=True)
    currency = fields.String(allow_none=True)
    version = fields.Integer(required=True)
    created_at = Instant()
    changed_at = Instant()
    activated_at = Instant(allow_none=True)


class PriceChange(Strict):
    """A new asking price."""

    list_price = Money(required=True)
    currency = Currency(load_default=None)
    reason = fields.String(load_default="", validate=validate.Length(0, 500))


class StatusChange(Strict):
    """A new status."""

    standard_status = fields.String(required=True, validate=validate.OneOf(STATUSES))
    reason = fields.String(load_default="", validate=validate.Length(0, 500))


class LedgerLine(Strict):
    """What was, what is, who, when, why; prices in major units."""

    field = fields.String()
    previous = fields.Raw(allow_none=True)
    new = fields.Raw(allow_none=True)
    currency = fields.String(allow_none=True)
    reason = fields.String()
    by = fields.String()
    at = Instant()


class Ledger(Strict):
    """The history of one listing, oldest first."""

    items = fields.List(fields.Nested(LedgerLine))


class ListingQuery(PageQuery):
    """Filters of the list."""

    standard_status = fields.String(validate=validate.OneOf(STATUSES))
    transaction = fields.String(validate=validate.OneOf(TRANSACTIONS))
    property_sub_type = fields.String(validate=WORD)
    city = Name(120)
    listing_id = Name(100)
    list_price_min = fields.Integer(validate=validate.Range(0, 10**12))
    list_price_max = fields.Integer(validate=validate.Range(0, 10**12))
    bedrooms_min = fields.Integer(validate=validate.Range(0, 1000))
    living_area_min = fields.Integer(validate=validate.Range(0, 10**9))
    q = Name(100, metadata={"description": "Part of reference, street, city or postal code."})
    sort = fields.String(load_default="newest", validate=validate.OneOf(("newest", "price", "-price")))
