"""Fields that every service's HTTP schemas share; unknown fields are refused by name, also nested ones."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from marshmallow import RAISE, Schema, ValidationError, fields, pre_load, validate

from shared import codes
from shared.codes import FieldError
from shared.http.coded import Coded
from shared.vocabulary.i18n import LANGUAGES

LARGEST = 10**15


class Strict(Coded):
    """The base of every schema for requests and answers."""

    class Meta:
        """An unknown field is an error of the caller, and its name is reported."""

        unknown = RAISE

    @pre_load
    def _whole_characters(self, data: Any, **_: Any) -> Any:
        # JSON can hold lone surrogates and NUL characters, which databases do not take
        if isinstance(data, dict):
            for name, value in data.items():
                if not _encodes(value):
                    raise ValidationError(codes.BROKEN_TEXT, str(name))
        return data


class Reply(Strict):
    """The base of a reply whose fields are all present; those in `sometimes` may be missing."""

    sometimes: ClassVar[frozenset[str]] = frozenset()

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Mark every field that is always present as required in the OpenAPI document."""
        field_obj.required = field_name not in self.sometimes


class Nothing(Strict):
    """The body of a request that needs none."""


class Identifier(fields.String):
    """An opaque id: 1 to 64 characters, not checked further."""

    def __init__(self, **options: Any) -> None:
        super().__init__(validate=validate.Length(1, 64), **options)


class Name(fields.String):
    """A short text that is not empty once surrounding blanks are removed."""

    def __init__(self, longest: int = 200, **options: Any) -> None:
        is_there = validate.Regexp(r"\s*\S", error=codes.BLANK)
        super().__init__(validate=validate.And(validate.Length(1, longest), is_there), **options)


class Line(Name):
    """A short text on one line, so that it is safe in a mail's header and in a query."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        if any(ord(letter) < 32 or ord(letter) == 127 for letter in text):
            raise ValidationError(codes.CONTROL_CHARACTERS)
        return text


class Number(fields.Float):
    """A JSON number, never a text or a boolean; at most `places` decimals, within bounds."""

    def __init__(self, low: float = 0, high: float = 1e12, places: int = 2, **options: Any) -> None:
        super().__init__(validate=validate.Range(low, high), allow_nan=False, **options)
        self.places = places

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise ValidationError(codes.NOT_A_NUMBER)
        if isinstance(value, int) and abs(value) > LARGEST:
            raise ValidationError(codes.TOO_LARGE(most=LARGEST) if value > 0 else codes.TOO_SMALL(least=-LARGEST))
        if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
            raise ValidationError(codes.NOT_FINITE)
        exponent = Decimal(str(value)).normalize().as_tuple().exponent
        if isinstance(exponent, int) and -exponent > self.places:
            raise ValidationError(codes.TOO_MANY_DECIMALS(decimals=self.places))
        return value


class _MajorBounds(FieldError):
    """Replaces a sentence: names the bound of an amount that was broken, in major units."""

    def __new__(cls, low: int, high: int) -> _MajorBounds:
        made = super().__new__(cls, codes.INVALID.code, "bounds", {"low": low, "high": high})
        assert isinstance(made, _MajorBounds)
        return made

    def format(self, *_: object, **about: Any) -> FieldError:
        if about["input"] < about["min"]:
            return codes.TOO_SMALL(least=self.figures["low"])
        return codes.TOO_LARGE(most=self.figures["high"])


class Money(Number):
    """Major units in JSON (at most two decimals), integer minor units inside."""

    def __init__(self, low: int = 0, high: int = 10**12, **options: Any) -> None:
        super().__init__(**options)
        # the minor units are checked; the document shows these bounds in major units
        self.validators = [validate.Range(low * 100, high * 100, error=_MajorBounds(low, high))]

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        return to_minor(super()._deserialize(value, attr, data, **kwargs))

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return None if value is None else to_major(value)


class Whole(fields.Integer):
    """A whole JSON number, never a text, a boolean or a fraction."""

    def __init__(self, low: int = 0, high: int = 10**9, **options: Any) -> None:
        super().__init__(strict=True, validate=validate.Range(low, high), **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise ValidationError(codes.NOT_WHOLE)
        return super()._deserialize(value, attr, data, **kwargs)


class YesNo(fields.Boolean):
    """true or false only; no similar values."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise ValidationError(codes.NOT_YES_OR_NO)
        return value


class Instant(fields.AwareDateTime):
    """A moment with its offset, kept in UTC."""

    def __init__(self, **options: Any) -> None:
        super().__init__(format="iso", **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> datetime:
        return super()._deserialize(value, attr, data, **kwargs).astimezone(UTC)


class Language(fields.String):
    """One of the five languages."""

    def __init__(self, **options: Any) -> None:
        super().__init__(validate=validate.OneOf(LANGUAGES), **options)


class Currency(fields.String):
    """An ISO 4217 code."""

    def __init__(self, **options: Any) -> None:
        super().__init__(validate=validate.Regexp(r"^[A-Z]{3}$", error=codes.NOT_A_CURRENCY), **options)


class PageQuery(Strict):
    """Cursor and page size."""

    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))
    cursor = fields.String(load_default=None, validate=validate.Length(1, 1000))


def page_of(item: type[Schema]) -> type[Schema]:
    """The schema of a page of these items."""
    return Reply.from_dict(
        {"items": fields.List(fields.Nested(item)), "next_cursor": fields.String(allow_none=True)},
        name=f"PageOf{item.__name__}",
    )


def to_minor(major: float | int) -> int:
    """Minor units of an amount with at most two decimals, exactly."""
    try:
        return int(Decimal(str(major)) * 100)
    except InvalidOperation:
        raise ValidationError(codes.NOT_AN_AMOUNT) from None


def to_major(minor: int) -> int | float:
    """The JSON number of an amount in minor units: whole where it is whole."""
    return minor // 100 if minor % 100 == 0 else minor / 100


def _encodes(value: Any) -> bool:
    if isinstance(value, str):
        return value.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in value)
    if isinstance(value, list):
        return all(map(_encodes, value))
    if isinstance(value, dict):
        return all("\0" not in key and _encodes(key) and _encodes(item) for key, item in value.items())
    return True
