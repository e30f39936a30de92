"""Fields of page forms: what people type in their own notation, as services take it. Empty is None: "not stated"."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from babel.numbers import NumberFormatError, parse_decimal
from marshmallow import ValidationError, fields

from services.gateway.web.language import language
from shared.vocabulary.i18n import locale_of


class Text(fields.String):
    """A text without blanks around it; with `empty=""` an empty one stays a text."""

    def __init__(self, *, empty: str | None = None, **options: Any) -> None:
        super().__init__(load_default=empty, allow_none=True, **options)
        self.empty = empty

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        return str(super()._deserialize(value, attr, data, **kwargs)).strip() or self.empty


class Capitals(Text):
    """A code in capital letters, such as a currency."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        return text.upper() if text else text


class Choice(fields.String):
    """One of several values, as a list of the page offers them; nothing is no choice."""

    default_error_messages = {"required": "choose_one", "choice": "choose_one"}

    def __init__(self, values: Collection[str], **options: Any) -> None:
        super().__init__(required=True, **options)
        self.values = values

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if value not in self.values:
            raise self.make_error("choice")
        return value


class Number(fields.Field[int | float | None]):
    """A number in the reader's notation; `plain` for those that nobody writes with separators between thousands."""

    default_error_messages = {"invalid": "not_a_number"}

    def __init__(self, *, plain: bool = False, **options: Any) -> None:
        super().__init__(load_default=None, **options)
        self.plain = plain

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> int | float | None:
        shown = str(value).strip().replace("\u00a0", " ").replace("\u202f", " ")
        if not shown:
            return None
        try:
            number = Decimal(shown.replace(",", ".")) if self.plain else _in_readers_notation(shown)
        except (NumberFormatError, ArithmeticError):
            raise self.make_error("invalid") from None
        if not number.is_finite():
            raise self.make_error("invalid")
        return int(number) if number == number.to_integral_value() else float(number)


class NotNegative(Number):
    """A number that is 0 or more."""

    default_error_messages = {"negative": "negative"}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int | float | None:
        number = super()._deserialize(value, attr, data, **kwargs)
        if number is not None and number < 0:
            raise self.make_error("negative")
        return number


class Words(fields.Field[list[str]]):
    """Several words in one field, apart by `separator` (blanks by default)."""

    def __init__(self, separator: str | None = None, **options: Any) -> None:
        super().__init__(load_default=list, **options)
        self.separator = separator

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[str]:
        return [word.strip() for word in str(value).split(self.separator) if word.strip()]


class Lines(Words):
    """A text area with one thing a line."""

    def __init__(self, **options: Any) -> None:
        super().__init__("\n", **options)


class Prefixed(fields.Field[dict[str, str]]):
    """All fields of the form whose names begin with `prefix`, by the rest of their names; empty ones are left out."""

    def __init__(self, prefix: str, **options: Any) -> None:
        super().__init__(load_default=dict, **options)
        self.prefix = prefix

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> dict[str, str]:
        if not isinstance(value, Mapping):
            raise ValidationError("invalid")
        return {name: text.strip() for name, text in value.items() if text.strip()}


def _in_readers_notation(text: str) -> Decimal:
    """By the reader's separators; blanks between thousands are fine everywhere."""
    return Decimal(parse_decimal(text.replace(" ", ""), locale=locale_of(language()), strict=False))
