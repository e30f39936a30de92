"""HTTP shapes of deliveries and letters."""

from __future__ import annotations

from marshmallow import ValidationError, fields, validate, validates_schema

from services.notifications.codes import HOME_TWICE
from services.notifications.delivery.model import STATES
from shared.http.schemas import (
    Currency,
    Identifier,
    Instant,
    Number,
    PageQuery,
    Reply,
    Strict,
)

MOST_CARDS = 10
SENTENCES = validate.Length(0, 12)


class DeliveryQuery(PageQuery):
    """Filters of the list."""

    state = fields.String(validate=validate.OneOf(STATES))
    contact_id = Identifier()
    listing_id = Identifier()


class DeliveryOut(Reply):
    """One mail to one person, about one home at one price or, by hand, about several; never an address."""

    id = fields.String()
    contact_id = fields.String()
    listing_id = fields.String()
    list_price = fields.Raw(allow_none=True)
    currency = fields.String(allow_none=True)
    kind = fields.String(metadata={"description": "alert, or letter: what a member wrote by hand."})
    listing_ids = fields.List(
        fields.String(), allow_none=True, metadata={"description": "A letter may be about several homes."}
    )
    by = fields.String(allow_none=True, metadata={"description": "The member who wrote a letter."})
    note = fields.String(allow_none=True)
    saved_search_ids = fields.List(fields.String())
    channel = fields.String()
    entered_by = fields.String()
    frequency = fields.String()
    state = fields.String(validate=validate.OneOf(STATES))
    reason = fields.String(allow_none=True, metadata={"description": "A code of the vocabulary."})
    detail = fields.String(allow_none=True, metadata={"description": "The mail server's own words, if any."})
    attempts = fields.Integer()
    created_at = Instant()
    sent_at = Instant(allow_none=True)
    leaves_at = Instant(allow_none=True, metadata={"description": "Until then a letter can be called off."})


class Picture(Strict):
    """A photograph of a home."""

    url = fields.String(required=True, validate=validate.Length(1, 2000))
    alt = fields.String(allow_none=True, validate=validate.Length(0, 300))


def _words() -> fields.String:
    return fields.String(allow_none=True, validate=validate.Length(0, 200))


class CardHome(Strict):
    """The fields of a home in a letter."""

    id = Identifier(required=True)
    listing_id = _words()
    transaction = fields.String(load_default="sale", validate=validate.OneOf(("sale", "lease")))
    property_sub_type = _words()
    list_price = Number(allow_none=True)
    previous_list_price = Number(allow_none=True)
    currency = Currency(allow_none=True)
    bedrooms_total = Number(0, 1000, allow_none=True)
    bathrooms_total = Number(0, 1000, allow_none=True)
    living_area = Number(0, 1e9, allow_none=True)
    street_name = _words()
    place = _words()
    city = _words()
    photo = fields.Nested(Picture, allow_none=True)
    public_remarks = fields.Dict(keys=fields.String(), values=fields.String(validate=validate.Length(0, 20_000)))


def _sentences() -> fields.List[str]:
    return fields.List(fields.String(validate=validate.Length(1, 300)), load_default=list, validate=SENTENCES)


class Card(Strict):
    """A home with the reasons why it fits, in the person's language."""

    listing = fields.Nested(CardHome, required=True)
    saved_search_id = Identifier(allow_none=True)
    reasons = _sentences()
    misses = _sentences()
    unknowns = _sentences()


class LetterIn(Strict):
    """A letter as a member writes it to one person."""

    contact_id = Identifier(required=True)
    note = fields.String(load_default="", validate=validate.Length(0, 4000))
    cards = fields.List(fields.Nested(Card), required=True, validate=validate.Length(1, MOST_CARDS))

    @validates_schema
    def _each_home_once(self, data: dict[str, list[dict[str, dict[str, str]]]], **_: object) -> None:
        ids = [card["listing"]["id"] for card in data.get("cards") or ()]
        if len(set(ids)) != len(ids):
            raise ValidationError(HOME_TWICE, "cards")
