"""HTTP shapes of advice: previews, demand, other prices, similar listings, suggestions."""

from __future__ import annotations

import re
from typing import Any

from marshmallow import ValidationError, fields, validate

from services.matching import codes
from services.matching.model import ALERTS, KINDS, TRANSACTIONS
from services.matching.schemas.listings import ListingSummary
from services.matching.schemas.matches import MatchOut, Reason
from services.matching.schemas.searches import SavedSearchPatch
from shared.http.schemas import Identifier, Reply, Strict

MOST_PRICES = 20
AMOUNT = re.compile(r"[0-9]{1,13}(\.[0-9]{1,2})?")


class Ready(fields.Nested):
    """Serialised without a check of each value, for long lists made for the reply alone."""

    # marshmallow's own Nested names its parameters unlike its Field
    def _serialize(self, nested_obj: Any, attr: Any, obj: Any, **kwargs: Any) -> Any:  # type: ignore[override]
        return nested_obj


class PreviewIn(SavedSearchPatch):
    """A draft search; with a contact, what that person discarded or owns is left out."""

    contact_id = Identifier()
    transaction = fields.String(required=True, validate=validate.OneOf(TRANSACTIONS))


class Count(Strict):
    """Homes by criterion; `label` in the language of Accept-Language."""

    criterion = fields.String(required=True)
    label = fields.String(required=True)


class Left(Count):
    """Homes that remain after this criterion and all before it."""

    left = fields.Integer(required=True)


class Missed(Count):
    """Homes that only this criterion excludes."""

    count = fields.Integer(required=True)


class Counterfactual(Reply):
    """A change of the wishes, how many more homes match with it, and the patch that makes it."""

    change = fields.String(required=True)
    figures = fields.Dict()
    text = fields.String(required=True)
    gain = fields.Integer(required=True)
    patch = fields.Dict(required=True)


class Spot(Reply):
    """A home as a point on the map; `kind` is none for one on the market that does not match."""

    id = fields.String(required=True)
    latitude = fields.Float(required=True)
    longitude = fields.Float(required=True)
    list_price = fields.Float(allow_none=True)
    currency = fields.String(allow_none=True)
    kind = fields.String(required=True)


class Supply(Strict):
    """Homes on the market in equal steps of price from 0 on; `above` are dearer than the last step."""

    currency = fields.String(required=True)
    step = fields.Float(required=True)
    counts = fields.List(fields.Integer(), required=True)
    above = fields.Integer(required=True)


class ReadWord(Strict):
    """How a typed word was interpreted; `label` in the language of Accept-Language."""

    list = fields.String(required=True)
    typed = fields.String(required=True)
    word = fields.String(required=True)
    by = fields.String(required=True, metadata={"description": "exact, alias, typo; typed where nobody knows it"})
    label = fields.String(required=True)


class Preview(Reply):
    """A preview of a draft search: `total` homes match, out of `everything` on the market."""

    everything = fields.Integer(required=True)
    total = fields.Integer(required=True)
    possible = fields.Integer(required=True)
    near = fields.Integer(required=True)
    funnel = fields.List(fields.Nested(Left), required=True)
    misses_by_one = fields.List(fields.Nested(Missed), required=True)
    counterfactuals = fields.List(fields.Nested(Counterfactual), required=True)
    top = fields.List(Ready(MatchOut), required=True)
    homes = fields.List(Ready(Spot), required=True)
    prices = fields.Nested(Supply, required=True, allow_none=True)
    words = fields.List(fields.Nested(ReadWord), required=True)
    warnings = fields.List(fields.String())


class Prices(fields.Field[list[float]]):
    """Amounts in major units, separated by commas."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[float]:
        texts = [part.strip() for part in str(value).split(",") if part.strip()]
        if len(texts) > MOST_PRICES:
            raise ValidationError(codes.TOO_MANY_PRICES(most=MOST_PRICES))
        if not all(map(AMOUNT.fullmatch, texts)):
            raise ValidationError(codes.NOT_AMOUNTS)
        return [float(text) if "." in text else int(text) for text in texts]


class DemandQuery(Strict):
    """The prices to evaluate; without any, some near the present one."""

    prices = Prices(load_default=list)


class Step(Strict):
    """One price, and how many people the home would suit at it."""

    price = fields.Float(required=True)
    searches = fields.Integer(required=True)
    contacts = fields.Integer(required=True)
    current = fields.Boolean(required=True)
    text = fields.String(required=True)


class Demand(Strict):
    """The curve, cheapest first."""

    listing_id = fields.String(required=True)
    transaction = fields.String(required=True)
    currency = fields.String(required=True)
    curve = fields.List(fields.Nested(Step), required=True)


class PriceQuery(Strict):
    """The price, in major units."""

    price = fields.Float(required=True, allow_nan=False, validate=validate.Range(0, 10**12, min_inclusive=False))


class PriceEffect(Strict):
    """People by whether the home suits them at the price."""

    price = fields.Float(required=True)
    currency = fields.String(required=True)
    contacts_now = fields.Integer(required=True)
    contacts_then = fields.Integer(required=True)
    gained = fields.Integer(required=True)
    lost = fields.Integer(required=True)


class Question(Strict):
    """A missing fact: how many people cannot match without it, and how many others would like it."""

    about = fields.String(required=True)
    waiting = fields.Integer(required=True)
    wishing = fields.Integer(required=True)


class Questions(Strict):
    """Missing facts, those that block most people first."""

    items = fields.List(fields.Nested(Question), required=True)


class SimilarQuery(Strict):
    """How many at most."""

    limit = fields.Integer(load_default=6, validate=validate.Range(1, 50))


class SimilarHome(Reply):
    """A home, how like the first it is (0-100), and why."""

    listing = fields.Nested(ListingSummary, required=True)
    similarity = fields.Integer(required=True)
    reasons = fields.List(fields.Nested(Reason))


class SimilarHomes(Strict):
    """The most alike first."""

    items = fields.List(fields.Nested(SimilarHome), required=True)


class Effect(Strict):
    """How many of the matches remain."""

    stay = fields.Integer(required=True)
    of = fields.Integer(required=True)
    text = fields.String(required=True)


class Suggestion(Reply):
    """A suggested change as a question; `patch` makes it."""

    code = fields.String(required=True)
    figures = fields.Dict()
    text = fields.String(required=True)
    patch = fields.Dict(required=True)
    effect = fields.Nested(Effect, required=True)


class Suggestions(Strict):
    """Empty, while there is no pattern."""

    items = fields.List(fields.Nested(Suggestion), required=True)


class AudienceQuery(Strict):
    """The price in major units; without one, the present price."""

    price = fields.Float(allow_nan=False, validate=validate.Range(0, 10**12, min_inclusive=False), load_default=None)


class AudiencePairOut(Strict):
    """A saved search to which the listing would be news, the reason, and its alert frequency."""

    contact_id = fields.String(required=True)
    saved_search_id = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    entered_by = fields.String(required=True)
    alerts = fields.String(required=True, validate=validate.OneOf(ALERTS))
    alert_possible = fields.Boolean(required=True)


class AudienceOut(Strict):
    """Every pair that would be news, best first, near ones never; `contacts` are the people behind them."""

    listing_id = fields.String(required=True, allow_none=True, metadata={"description": "Null for a draft."})
    price = fields.Float(required=True, allow_none=True)
    currency = fields.String(required=True, allow_none=True)
    on_market = fields.Boolean(required=True, metadata={"description": "Off the market, nobody is written to."})
    contacts = fields.Integer(required=True)
    pairs = fields.List(Ready(AudiencePairOut), required=True)
