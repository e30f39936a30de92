"""Gives the errors of marshmallow their codes and figures (shared.codes)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from marshmallow import Schema, fields, validate

from shared import codes
from shared.codes import FieldError

# By the key of a field's message; for "invalid" by the type of field, the most specific type first.
BY_KEY = {
    "required": codes.MISSING,
    "null": codes.NULL,
    "type": codes.NOT_AN_OBJECT,
    "special": codes.NOT_FINITE,
    "too_large": codes.NOT_FINITE,
    "invalid_utf8": codes.BROKEN_TEXT,
    "invalid_awareness": codes.NOT_A_MOMENT,
    "validator_failed": codes.MALFORMED,
}
BY_KIND: tuple[tuple[type[fields.Field[Any]], FieldError], ...] = (
    (fields.String, codes.NOT_TEXT),
    (fields.Integer, codes.NOT_WHOLE),
    (fields.Number, codes.NOT_A_NUMBER),
    (fields.Boolean, codes.NOT_YES_OR_NO),
    (fields.List, codes.NOT_A_LIST),
    (fields.Mapping, codes.NOT_AN_OBJECT),
    (fields.Date, codes.NOT_A_DAY),
    (fields.DateTime, codes.NOT_A_MOMENT),
)


class _Bounds(str):
    """Replaces a sentence: names the bound of a Range that was broken."""

    def format(self, *_: object, **about: Any) -> FieldError:
        low, high, value = about["min"], about["max"], about["input"]
        if low is not None and value < low:
            return codes.TOO_SMALL(least=low)
        return codes.TOO_LARGE(most=high) if high is not None and value > high else codes.NOT_ABOVE(limit=low)


class _Lengths(str):
    """Replaces a sentence: names the bound of a Length that was broken."""

    def format(self, *_: object, **about: Any) -> FieldError:
        low, high, value = about["min"], about["max"], about["input"]
        is_text = isinstance(value, str)
        if low is not None and len(value) < low:
            return codes.TOO_SHORT(least=low) if is_text else codes.TOO_FEW(least=low)
        return codes.TOO_LONG(most=high) if is_text else codes.TOO_MANY(most=high)


class _Choices(str):
    """Replaces a sentence: names the values that a OneOf accepts."""

    def format(self, *_: object, **about: Any) -> FieldError:
        return codes.NOT_A_CHOICE(choices=about["choices"].split(", "))


BY_VALIDATOR: tuple[tuple[type[validate.Validator], str], ...] = (
    (validate.Range, _Bounds("bounds")),
    (validate.Length, _Lengths("lengths")),
    (validate.OneOf, _Choices("choices")),
    (validate.Email, codes.NOT_AN_EMAIL),
    (validate.URL, codes.NOT_A_URL),
    (validate.Regexp, codes.MALFORMED),
)
_OURS = (FieldError, _Bounds, _Lengths, _Choices)


class Coded(Schema):
    """A schema whose errors are codes with figures."""

    error_messages = {"unknown": codes.UNKNOWN_FIELD, "type": codes.NOT_AN_OBJECT}

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Give the field's messages and validators their codes; existing codes stay."""
        for field in _with_inner(field_obj):
            for key, message in field.error_messages.items():
                if not isinstance(message, FieldError):
                    field.error_messages[key] = BY_KEY.get(key) or _invalid(field)
            for validator in field.validators:
                for one in _with_parts(validator):
                    _give_code(one)


def _invalid(field: fields.Field[Any]) -> FieldError:
    return next((code for kind, code in BY_KIND if isinstance(field, kind)), codes.MALFORMED)


def _give_code(validator: Any) -> None:
    code = next((code for kind, code in BY_VALIDATOR if isinstance(validator, kind)), None)
    if code is not None and not isinstance(validator.error, _OURS):
        validator.error = code


def _with_inner(field: fields.Field[Any]) -> Iterator[fields.Field[Any]]:
    yield field
    for name in ("inner", "key_field", "value_field"):
        if isinstance(inner := getattr(field, name, None), fields.Field):
            yield from _with_inner(inner)


def _with_parts(validator: Any) -> Iterator[Any]:
    yield validator
    for part in getattr(validator, "validators", ()):
        yield from _with_parts(part)
