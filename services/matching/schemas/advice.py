"""HTTP shapes of advice, feedback and vocabulary."""

from __future__ import annotations

import re
from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from services.matching.model import PREFERENCES, REASONS, TRANSACTIONS
from services.matching.schemas.searches import MatchOut, Reason, SavedSearchPatch
from shared.http.schemas import Identifier, Instant, Name, PageQuery, Strict

MOST_PRICES = 20
MOST_ENTRIES = 500
AMOUNT = re.compile(r"[0-9]{1,13}(\.[0-9]{1,2})?")
TYPED = validate.And(validate.Length(1, 64), validate.Regexp(r"\s*\S"))


class Ready(fields.Nested):
    """Told as it was put together, without a look at each value: for long lists that are made for the answer alone."""

    # marshmallow's own Nested names its parameters unlike its Field
    def _serialize(self, nested_obj: Any, attr: Any, obj: Any, **kwargs: Any) -> Any:  # type: ignore[override]
        return nested_obj


class PreviewIn(SavedSearchPatch):
    """A draft search; whose it is may be said, then what that person refused or owns is left out."""

    contact_id = Identifier()
    transaction = fields.String(required=True, validate=validate.OneOf(TRANSACTIONS))


class Count(Strict):
    """Homes by criterion; `label` in the language of Accept-Language."""

    criterion = fields.String(required=True)
    label = fields.String(required=True)


class Left(Count):
    """Homes that are left after this criterion and all before it."""

    left = fields.Integer(required=True)


class Missed(Count):
    """Homes that this criterion alone keeps away."""

    count = fields.Integer(required=True)


class Counterfactual(Strict):
    """A change of the wishes, how many more homes match with it, and the patch that makes it."""

    change = fields.String(required=True)
    figures = fields.Dict()
    text = fields.String(required=True)
    gain = fields.Integer(required=True)
    patch = fields.Dict(required=True)


class Spot(Strict):
    """A home as a point on the map; `kind` is none for what is on the market and does not fit."""

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
    """What a typed word was taken for; `label` in the language of Accept-Language."""

    list = fields.String(required=True)
    typed = fields.String(required=True)
    word = fields.String(required=True)
    by = fields.String(required=True, metadata={"description": "exact, alias, typo; typed where nobody knows it"})
    label = fields.String(required=True)


class KnownWord(Strict):
    """A word that wishes and homes are compared by, and what it is called in the language of Accept-Language."""

    word = fields.String(required=True)
    label = fields.String(required=True)


class KnownWords(Strict):
    """The words to choose from."""

    features = fields.List(fields.Nested(KnownWord), required=True)
    property_sub_types = fields.List(fields.Nested(KnownWord), required=True)


class PlaceQuery(Strict):
    """The beginning of a name, or some of it."""

    q = fields.String(required=True, validate=validate.Length(1, 120))
    limit = fields.Integer(load_default=8, validate=validate.Range(1, 50))


class KnownPlace(Strict):
    """A town or region by the name that places are compared by."""

    name = fields.String(required=True)


class KnownPlaces(Strict):
    """The likeliest first."""

    items = fields.List(fields.Nested(KnownPlace), required=True)


class Preview(Strict):
    """What a draft search finds: `total` match, `everything` is on the market and could be chosen from."""

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
            raise ValidationError(f"Give {MOST_PRICES} prices at most.")
        if not all(map(AMOUNT.fullmatch, texts)):
            raise ValidationError("Give amounts separated by commas, such as 295000,280000.")
        return [float(text) if "." in text else int(text) for text in texts]


class DemandQuery(Strict):
    """At which prices; without any, at some around the present one."""

    prices = Prices(load_default=list)


class Step(Strict):
    """One price and whom the home would suit at it."""

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
    """At which price, in major units."""

    price = fields.Float(required=True, allow_nan=False, validate=validate.Range(0, 10**12, min_inclusive=False))


class PriceEffect(Strict):
    """People by whether the home suits them at the price; of those who gain it, who has alerts on (200 by id)."""

    price = fields.Float(required=True)
    currency = fields.String(required=True)
    contacts_now = fields.Integer(required=True)
    contacts_then = fields.Integer(required=True)
    gained = fields.Integer(required=True)
    lost = fields.Integer(required=True)
    alerts_on = fields.Integer(required=True)
    alerted_contact_ids = fields.List(fields.String(), required=True)


class Question(Strict):
    """Something that nobody has stated: people who cannot be a match without it, and people who would like it."""

    about = fields.String(required=True)
    waiting = fields.Integer(required=True)
    wishing = fields.Integer(required=True)


class Questions(Strict):
    """What most people wait for first."""

    items = fields.List(fields.Nested(Question), required=True)


class SimilarQuery(Strict):
    """How many at most."""

    limit = fields.Integer(load_default=6, validate=validate.Range(1, 50))


class SimilarHome(Strict):
    """A home, how like the first it is (0-100), and why."""

    listing = fields.Dict(required=True)
    similarity = fields.Integer(required=True)
    reasons = fields.List(fields.Nested(Reason))


class SimilarHomes(Strict):
    """The most alike first."""

    items = fields.List(fields.Nested(SimilarHome), required=True)


class Effect(Strict):
    """How many of the matches stay."""

    stay = fields.Integer(required=True)
    of = fields.Integer(required=True)
    text = fields.String(required=True)


class Suggestion(Strict):
    """A change that a person may want, as a question; `patch` makes it."""

    code = fields.String(required=True)
    figures = fields.Dict()
    text = fields.String(required=True)
    patch = fields.Dict(required=True)
    effect = fields.Nested(Effect, required=True)


class Suggestions(Strict):
    """None, while there is no pattern."""

    items = fields.List(fields.Nested(Suggestion), required=True)


class FeedbackIn(Strict):
    """What a person thinks of a home, null to take it back; a reason belongs to a discard."""

    preference = fields.String(required=True, allow_none=True, validate=validate.OneOf(PREFERENCES))
    reason = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(REASONS))
    reason_text = Name(500, load_default=None, allow_none=True)
    viewed = fields.Boolean(load_default=True, truthy={True}, falsy={False})

    @validates_schema
    def _reasons(self, data: dict[str, Any], **_: Any) -> None:
        for name in ("reason", "reason_text"):
            if data.get(name) is not None and data.get("preference") != "discard":
                raise ValidationError("Give a reason with a discard only.", name)


class Said(Strict):
    """One state of an opinion."""

    preference = fields.String(allow_none=True)
    reason = fields.String(allow_none=True)
    reason_text = fields.String(allow_none=True)
    viewed = fields.Boolean()
    by = fields.String()


class Before(Said):
    """A state that was."""

    at = Instant()


class FeedbackOut(Said):
    """What a person says now, and what was said before, oldest first."""

    contact_id = fields.String(required=True)
    listing_id = fields.String(required=True)
    version = fields.Integer(required=True)
    changed_at = Instant()
    history = fields.List(fields.Nested(Before))


class FeedbackQuery(PageQuery):
    """Of one kind only, where asked."""

    preference = fields.String(load_default=None, validate=validate.OneOf(PREFERENCES))


class WordList(fields.Dict):
    """What is typed -> what is meant."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            keys=fields.String(validate=TYPED),
            values=fields.String(validate=TYPED),
            validate=validate.Length(0, MOST_ENTRIES),
            **options,
        )


class VocabularyIn(Strict):
    """An agency's own words: each list whole, an empty one to have none, so that nothing is lost by leaving it out."""

    features = WordList(required=True)
    property_sub_types = WordList(required=True)
    places = WordList(required=True)


class VocabularyOut(VocabularyIn):
    """The words as they are."""

    version = fields.Integer(required=True)
    changed_at = Instant(allow_none=True)
