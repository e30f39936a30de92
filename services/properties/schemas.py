"""HTTP shapes of properties."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from services.properties import codes
from services.properties.model import FIRST_STATUSES, PRICE_REFUSALS, PRICE_WARNINGS, STATUSES, TRANSACTIONS, VERDICTS
from shared.codes import INVALID, NOT_A_COUNTRY
from shared.http.schemas import (
    Currency,
    Identifier,
    Instant,
    Language,
    Line,
    Money,
    Name,
    Number,
    PageQuery,
    Reply,
    Strict,
    Whole,
)

TEXT = validate.Length(0, 10_000)
WORD = validate.Regexp(r"^[a-z][a-z0-9_]{0,39}$", error=codes.NOT_A_WORD)


def words(**options: Any) -> fields.List[str]:
    """Canonical feature words."""
    return fields.List(fields.String(validate=WORD), validate=validate.Length(0, 100), **options)


class Day(fields.Date):
    """A calendar day, kept as its ISO 8601 text."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        return super()._deserialize(value, attr, data, **kwargs).isoformat()

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return value


class Photo(Strict):
    """A picture by its address."""

    url = fields.Url(required=True, schemes={"http", "https"}, validate=validate.Length(1, 1000))
    alt = fields.String(allow_none=True, validate=validate.Length(0, 300))


class Facts(Strict):
    """The facts of a home besides its price and status; null is "not stated"."""

    listing_id = Name(100, allow_none=True, metadata={"description": "The agency's own reference, unique there."})
    property_sub_type = fields.String(allow_none=True, validate=WORD)
    bedrooms_total = Whole(0, 1000, allow_none=True)
    bathrooms_total = Number(0, 1000, allow_none=True)
    living_area = Number(0, 1e9, allow_none=True, metadata={"description": "m2"})
    lot_size_area = Number(0, 1e12, allow_none=True, metadata={"description": "m2"})
    year_built = Whole(0, 3000, allow_none=True)
    on_market_date = Day(allow_none=True, metadata={"description": "The day it came to the market."})
    features = words()
    features_absent = words()
    latitude = Number(-90, 90, places=12, allow_none=True)
    longitude = Number(-180, 180, places=12, allow_none=True)
    street_name = Name(200, allow_none=True)
    city = Name(120, allow_none=True)
    state_or_province = Name(120, allow_none=True)
    postal_code = Name(20, allow_none=True)
    country = fields.String(allow_none=True, validate=validate.Regexp(r"^[A-Z]{2}$", error=NOT_A_COUNTRY))
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
            raise ValidationError(codes.IN_BOTH_LISTS(words=both), "features_absent")
        for name, other in (("latitude", "longitude"), ("longitude", "latitude")):
            if data.get(name) is None and data.get(other) is not None:
                raise ValidationError(codes.OTHER_COORDINATE_MISSING, name)


class ListingPatch(Facts):
    """A correction of facts."""

    list_price = fields.Raw(metadata={"description": "Refused: POST to price-changes."})
    standard_status = fields.Raw(metadata={"description": "Refused: POST to status-changes."})

    @validates_schema
    def _not_here(self, data: dict[str, Any], **_: Any) -> None:
        for name, resource in (("list_price", "price-changes"), ("standard_status", "status-changes")):
            if name in data:
                raise ValidationError(codes.HAS_A_HISTORY(resource=resource), name)


class ListingOut(Facts, Reply):
    """A listing as the agency sees it."""

    id = fields.String(required=True)
    transaction = fields.String(required=True)
    standard_status = fields.String(required=True)
    list_price = Money(allow_none=True)
    currency = fields.String(allow_none=True)
    version = fields.Integer(required=True)
    next_statuses = fields.List(fields.String(), required=True, metadata={"description": "Where it may go from here."})
    created_at = Instant()
    changed_at = Instant()
    activated_at = Instant(allow_none=True)


class PublicListing(ListingOut):
    """A listing as the public may see it."""

    class Meta(ListingOut.Meta):
        """Without owners and without the agents' private notes."""

        exclude = ("private_remarks", "owner_contact_ids")


class PriceChange(Strict):
    """A new asking price."""

    list_price = Money(required=True)
    currency = Currency(load_default=None)
    reason = fields.String(load_default="", validate=validate.Length(0, 500))


class PriceCheckIn(Strict):
    """A typed price: of a listing, or of a home that is being entered with this status."""

    listing_id = Identifier(load_default=None, allow_none=True)
    standard_status = fields.String(load_default="active", validate=validate.OneOf(FIRST_STATUSES))
    list_price = Money(required=True, allow_none=True)
    currency = Currency(load_default=None, allow_none=True)


class PriceCheckOut(Reply):
    """The objections to the price: a form refuses it for a refusal, and asks again for a warning."""

    previous_list_price = Money(allow_none=True, attribute="previous")
    refusals = fields.List(fields.String(validate=validate.OneOf(PRICE_REFUSALS)))
    warnings = fields.List(fields.String(validate=validate.OneOf(PRICE_WARNINGS)))
    change = fields.Float(allow_none=True, metadata={"description": "-0.05 is 5 % less than before."})


class StatusChange(Strict):
    """A new status."""

    standard_status = fields.String(required=True, validate=validate.OneOf(STATUSES))
    reason = fields.String(load_default="", validate=validate.Length(0, 500))


class LedgerLine(Reply):
    """Old value, new value, author, time and reason; prices in major units."""

    field = fields.String()
    previous = fields.Raw(allow_none=True)
    new = fields.Raw(allow_none=True)
    currency = fields.String(allow_none=True)
    reason = fields.String()
    by = fields.String()
    at = Instant()


class Ledger(Reply):
    """The history of one listing, oldest first."""

    items = fields.List(fields.Nested(LedgerLine))


class ListingFilters(Strict):
    """Filters of the list and of its counts."""

    standard_status = fields.String(validate=validate.OneOf(STATUSES))
    transaction = fields.String(validate=validate.OneOf(TRANSACTIONS))
    property_sub_type = fields.String(validate=WORD)
    city = Name(120)
    listing_id = Name(100)
    list_price_min = fields.Integer(validate=validate.Range(0, 10**12))
    list_price_max = fields.Integer(validate=validate.Range(0, 10**12))
    bedrooms_min = fields.Integer(validate=validate.Range(0, 1000))
    living_area_min = fields.Integer(validate=validate.Range(0, 10**9))
    q = Line(100, metadata={"description": "Part of reference, street, city or postal code."})


class ListingQuery(ListingFilters, PageQuery):
    """Filters and order of the list."""

    sort = fields.String(load_default="newest", validate=validate.OneOf(("newest", "price", "-price")))


class Counts(Strict):
    """The number of listings for each choice, with all the other filters applied."""

    total = fields.Integer(required=True)
    by_status = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    by_transaction = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    by_property_sub_type = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


class Column(Strict):
    """A column, some of its values, and the field that it seems to hold."""

    name = fields.String(required=True)
    samples = fields.List(fields.String(), required=True)
    field = fields.String(required=True, allow_none=True)


class FileOut(Strict):
    """An uploaded file that waits for its mapping; kept for a day. `mapping` is a built-in one that fits it."""

    id = fields.String(required=True, attribute="_id")
    file_name = fields.String(required=True)
    encoding = fields.String(required=True)
    delimiter = fields.String(required=True)
    decimal = fields.String(required=True)
    columns = fields.List(fields.Nested(Column), required=True)
    mapping = fields.String(required=True, allow_none=True)
    created_at = Instant(required=True)


class Mapping(Strict):
    """A mapping that comes with Lintel."""

    name = fields.String(required=True)
    columns = fields.List(fields.String(), required=True)


class Mappings(Strict):
    """All of these mappings."""

    items = fields.List(fields.Nested(Mapping), required=True)


class ImportCounts(Strict):
    """The number of rows with each result so far."""

    created = fields.Integer(required=True)
    updated = fields.Integer(required=True)
    unchanged = fields.Integer(required=True)
    refused = fields.Integer(required=True)


class ErrorDocument(fields.Dict):
    """An error as its code with its figures, and `detail` in English."""

    # Any: as marshmallow declares it
    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        # reports of earlier versions, which are kept for 90 days, hold the English alone
        return super()._serialize(INVALID(why=value).document() if isinstance(value, str) else value, attr, obj)


class ImportOut(Strict):
    """An import with its progress and its results."""

    id = fields.String(required=True, attribute="_id")
    file_name = fields.String(required=True)
    mapping_name = fields.String(required=True)
    dry_run = fields.Boolean(required=True)
    state = fields.String(required=True, validate=validate.OneOf(("open", "finished", "failed")))
    rows_total = fields.Integer(required=True)
    rows_done = fields.Integer(required=True, attribute="next")
    counts = fields.Nested(ImportCounts, required=True)
    file_id = fields.String(allow_none=True, metadata={"description": "Set while the file can still be imported."})
    failure = ErrorDocument(metadata={"description": "Why it failed: a code with figures."})
    created_at = Instant(required=True)
    finished_at = Instant()


class RowVerdict(Strict):
    """The result of one row; the header is row 1, as in spreadsheets."""

    row = fields.Integer(required=True)
    verdict = fields.String(required=True, validate=validate.OneOf(VERDICTS))
    reference = fields.String(allow_none=True, metadata={"description": "The listing_id that the row states."})
    listing_id = fields.String(allow_none=True, metadata={"description": "The id of the listing."})
    errors = fields.Dict(keys=fields.String(), values=fields.List(ErrorDocument()))
    cells = fields.Dict(keys=fields.String(), values=fields.String(), metadata={"description": "Of a refused row."})


class RowQuery(PageQuery):
    """Filter by result."""

    verdict = fields.String(validate=validate.OneOf(VERDICTS))
