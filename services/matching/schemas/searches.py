"""HTTP shapes of matching; what a search may say is decided once more, and with reasons, by the engine."""

from __future__ import annotations

from marshmallow import EXCLUDE, fields, validate

from services.matching.engine.records.facts import STATUSES as STANDARD_STATUSES
from services.matching.model import ALERTS, KINDS, STATUSES
from shared.http.schemas import Currency, Identifier, Instant, Name, Number, PageQuery, Strict, Whole, YesNo

WORD = validate.Length(1, 64)
# As many decimals as a float may print: maps give degrees with seventeen.
EVERY = 400
MOST_HOMES = 20


class Circle(Strict):
    """Within so many kilometres of a point."""

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
    """What decides (hard) and what only ranks (preferences)."""

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
    """A saved search as a line of a file: what the API answers with; an agency and a contact where there are any."""

    id = Identifier(required=True)
    agency_id = Identifier(allow_none=True)
    contact_id = Identifier(allow_none=True)
    transaction = fields.String(required=True, validate=validate.OneOf(("sale", "lease")))
    version = Whole(0, 2**62)
    sequence = Whole(0, 2**62)
    created_at = fields.Raw(allow_none=True)
    changed_at = fields.Raw(allow_none=True)
    warnings = fields.Raw(allow_none=True)


class ListingWire(Strict):
    """A listing as a line of a file: what is compared; whatever else the API answers with is left aside."""

    class Meta:
        """Photos, remarks and the like are not looked at."""

        unknown = EXCLUDE

    id = Identifier(required=True)
    agency_id = Identifier(allow_none=True)
    listing_id = fields.String(allow_none=True, validate=validate.Length(1, 100))
    standard_status = fields.String(validate=validate.OneOf(STANDARD_STATUSES))
    transaction = fields.String(required=True, validate=validate.OneOf(("sale", "lease")))
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


class SavedSearchOut(Wishes):
    """A saved search as it is, with warnings about words and places that nobody knows."""

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


class MatchQuery(PageQuery):
    """Which pairs: best first."""

    kind = fields.String(load_default="match", validate=validate.OneOf(KINDS))


class HomesQuery(Strict):
    """Which homes, and how many pairs of each, best first."""

    listing_id = fields.List(Identifier(), required=True, validate=validate.Length(1, MOST_HOMES))
    kind = fields.String(load_default="match", validate=validate.OneOf(KINDS))
    limit = fields.Integer(load_default=12, validate=validate.Range(1, 50))


class Reason(Strict):
    """One sentence with its figures, in the language of Accept-Language."""

    code = fields.String(required=True)
    figures = fields.Dict()
    text = fields.String(required=True)


class Segment(Strict):
    """One group of a score: `points` and `known` of 1000, `state` the worst of its hard criteria."""

    name = fields.String(required=True)
    weight = fields.Integer(required=True)
    points = fields.Integer(required=True, allow_none=True)
    known = fields.Integer(required=True)
    state = fields.String(required=True)


class MatchCounts(Strict):
    """How many pairs there are of each kind, and how many were refused."""

    match = fields.Integer(required=True)
    possible = fields.Integer(required=True)
    near = fields.Integer(required=True)
    discarded = fields.Integer(required=True)


class MatchOut(Strict):
    """A pair that meets, and why."""

    listing_id = fields.String(required=True)
    saved_search_id = fields.String(required=True)
    contact_id = fields.String(
        required=True, allow_none=True, metadata={"description": "Null for a draft of nobody's."}
    )
    search_name = fields.String(allow_none=True)
    alerts = fields.String()
    kind = fields.String(required=True)
    score = fields.Integer(required=True)
    confidence = fields.Integer(required=True)
    beam = fields.List(fields.Nested(Segment))
    reasons = fields.List(fields.Nested(Reason))
    misses = fields.List(fields.Nested(Reason))
    unknowns = fields.List(fields.Nested(Reason))
    listing = fields.Dict()
    taste = fields.Integer(metadata={"description": "0-100, learned from this person's yes and no; ranks only."})
    preference = fields.String(allow_none=True)
    viewed = fields.Boolean()


class HomeMatches(Strict):
    """One home with its best pairs of the kind that was asked for."""

    listing_id = fields.String(required=True)
    counts = fields.Nested(MatchCounts, required=True)
    matches = fields.List(fields.Nested(MatchOut), required=True)


class HomesMatches(Strict):
    """The homes in the order asked for; those that are not there (any more) are missing."""

    items = fields.List(fields.Nested(HomeMatches), required=True)


class PairQuery(Strict):
    """One search against one listing."""

    saved_search_id = Identifier(required=True)
    listing_id = Identifier(required=True)


class CriterionOut(Strict):
    """One criterion with its figures; points are of 1000."""

    name = fields.String()
    hard = fields.Boolean()
    state = fields.String()
    wanted = fields.Raw(allow_none=True)
    found = fields.Raw(allow_none=True)
    gap = fields.Raw(allow_none=True)
    points = fields.Raw(allow_none=True)
    weight = fields.Raw(allow_none=True)


class Explanation(MatchOut):
    """The whole verdict on a pair, whatever it is."""

    criteria = fields.List(fields.Nested(CriterionOut))
    listing_sequence = fields.Integer()
    search_sequence = fields.Integer()
