"""HTTP shapes of saved searches."""

from __future__ import annotations

from marshmallow import fields, validate

from services.matching.model import ALERTS, STATUSES
from shared.http.schemas import Currency, Identifier, Instant, Name, Number, PageQuery, Reply, Strict, Whole, YesNo

WORD = validate.Length(1, 64)
# As many decimals as a float may print: maps give degrees with seventeen.
EVERY = 400


class Circle(Strict):
    """A circle: a radius in kilometres around a point."""

    latitude = Number(-90, 90, places=EVERY, required=True)
    longitude = Number(-180, 180, places=EVERY, required=True)
    radius_km = Number(0.001, 20_000, places=EVERY, required=True)
    name = Name(120, metadata={"description": "What people call it; a polygon may carry one the same way."})


class Place(Strict):
    """A place by name or postal code; exactly one of the three."""

    city = Name(120)
    postal_code = Name(20)
    name = Name(120)


class Area(Strict):
    """One of circle, polygon (GeoJSON Polygon or MultiPolygon) or place."""

    circle = fields.Nested(Circle)
    polygon = fields.Dict(keys=fields.String())
    place = fields.Nested(Place)


class Wishes(Strict):
    """The wishes: hard ones decide, preferences only rank."""

    property_sub_types = fields.List(fields.String(validate=WORD), validate=validate.Length(0, 60))
    list_price_min = Number(allow_none=True)
    list_price_max = Number(allow_none=True)
    currency = Currency(allow_none=True)
    bedrooms_min = Number(0, 1000, allow_none=True)
    bedrooms_max = Number(0, 1000, allow_none=True)
    bathrooms_min = Number(0, 1000, allow_none=True)
    living_area_min = Number(0, 1e9, allow_none=True)
    living_area_max = Number(0, 1e9, allow_none=True)
    lot_size_area_min = Number(0, 1e12, allow_none=True)
    year_built_min = Whole(0, 3000, allow_none=True)
    areas = fields.List(fields.Nested(Area), validate=validate.Length(0, 50))
    must_have = fields.List(fields.String(validate=WORD), validate=validate.Length(0, 60))
    wont_accept = fields.List(fields.String(validate=WORD), validate=validate.Length(0, 60))
    preferences = fields.Dict(
        keys=fields.String(validate=WORD), values=fields.String(validate=validate.OneOf(("strong", "would", "might")))
    )
    tolerance_percent = Whole(0, 50)


class SavedSearchPatch(Wishes):
    """A change of wishes or of alerts."""

    name = Name(200, allow_none=True)
    transaction = fields.String(validate=validate.OneOf(("sale", "lease")))
    alerts = fields.String(validate=validate.OneOf(ALERTS))
    alert_possible = YesNo()
    status = fields.String(validate=validate.OneOf(STATUSES))
    valid_until = fields.Date(allow_none=True, format="iso")


class SavedSearchIn(SavedSearchPatch):
    """A new saved search."""

    contact_id = Identifier(required=True)
    transaction = fields.String(required=True, validate=validate.OneOf(("sale", "lease")))


class SavedSearchLine(SavedSearchPatch):
    """A saved search as a line of a file: the API's reply; agency and contact are optional."""

    id = Identifier(required=True)
    agency_id = Identifier(allow_none=True)
    contact_id = Identifier(allow_none=True)
    transaction = fields.String(required=True, validate=validate.OneOf(("sale", "lease")))
    version = Whole(0, 2**62)
    sequence = Whole(0, 2**62)
    created_at = fields.Raw(allow_none=True)
    changed_at = fields.Raw(allow_none=True)
    warnings = fields.Raw(allow_none=True)


class SavedSearchOut(Wishes, Reply):
    """A saved search, with warnings about unknown words and places."""

    sometimes = frozenset(Wishes().fields)

    id = fields.String(required=True)
    contact_id = fields.String(required=True)
    name = fields.String(allow_none=True)
    transaction = fields.String(required=True)
    alerts = fields.String()
    alert_possible = fields.Boolean()
    status = fields.String()
    valid_until = fields.String(allow_none=True)
    version = fields.Integer(required=True)
    created_at = Instant()
    changed_at = Instant()
    warnings = fields.List(fields.String())


class SearchQuery(PageQuery):
    """Filters of the list."""

    contact_id = Identifier()
    status = fields.String(validate=validate.OneOf(STATUSES))
