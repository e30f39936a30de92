"""HTTP shapes of words and places."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from shared.http.schemas import Instant, Reply, Strict

MOST_ENTRIES = 500
TYPED = validate.And(validate.Length(1, 64), validate.Regexp(r"\s*\S"))


class KnownWord(Strict):
    """A word that wishes and homes are compared by, with its label in the language of Accept-Language."""

    word = fields.String(required=True)
    label = fields.String(required=True)


class KnownWords(Strict):
    """The words to choose from."""

    features = fields.List(fields.Nested(KnownWord), required=True)
    property_sub_types = fields.List(fields.Nested(KnownWord), required=True)


class PlaceQuery(Strict):
    """A name's beginning, or a part of it."""

    q = fields.String(required=True, validate=validate.Length(1, 120))
    limit = fields.Integer(load_default=8, validate=validate.Range(1, 50))


class KnownPlace(Strict):
    """A town or region by the name that places are compared by."""

    name = fields.String(required=True)


class KnownPlaces(Strict):
    """The likeliest first."""

    items = fields.List(fields.Nested(KnownPlace), required=True)


class WordList(fields.Dict):
    """Typed word -> meant word."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            keys=fields.String(validate=TYPED),
            values=fields.String(validate=TYPED),
            validate=validate.Length(0, MOST_ENTRIES),
            **options,
        )


class VocabularyIn(Strict):
    """An agency's own words: each list is required, and may be empty, so that none is lost by leaving it out."""

    features = WordList(required=True)
    property_sub_types = WordList(required=True)
    places = WordList(required=True)


class VocabularyOut(VocabularyIn, Reply):
    """The words as they are."""

    version = fields.Integer(required=True)
    changed_at = Instant(allow_none=True)
