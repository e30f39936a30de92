"""What can be wrong with a field, as codes with figures; whoever shows them words them in the reader's language.

    TOO_LARGE = Code("too_large", "Must be at most {most}.")
    raise Invalid("The amount is too high.", {"amount": [TOO_LARGE(most=1_000_000_000)]})

answers `{"amount": [{"code": "too_large", "detail": "Must be at most 1000000000.", "most": 1000000000}]}`.
A service declares its own codes beside the rules that raise them; `CODES` lists every one.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter
from typing import Any

CODES: dict[str, Code] = {}


class FieldError(str):
    """An error of one field: an English sentence for developers, with its code and its figures."""

    code: str
    figures: Mapping[str, Any]

    def __new__(cls, code: str, detail: str, figures: Mapping[str, Any]) -> FieldError:
        """Store code and figures beside the sentence."""
        made = super().__new__(cls, detail)
        made.code, made.figures = code, figures
        return made

    def __deepcopy__(self, _memo: object) -> FieldError:
        """Immutable, so copies of a schema share it."""
        return self

    def document(self) -> dict[str, Any]:
        """The error as JSON for a reply."""
        return {"code": self.code, "detail": str(self), **self.figures}


class Code(FieldError):
    """A kind of error: its name, and a sentence with a place for each figure.

    Call it with the figures. marshmallow accepts it wherever it accepts a sentence.
    """

    names: frozenset[str]

    def __new__(cls, name: str, detail: str) -> Code:
        """Declare a code; the same name twice must mean the same."""
        made = super().__new__(cls, name, detail, {})
        assert isinstance(made, Code)
        made.names = frozenset(field for _, field, _, _ in Formatter().parse(detail) if field)
        if str(CODES.setdefault(name, made)) != detail:
            raise ValueError(f"The code {name} is declared twice.")
        return made

    def __call__(self, **figures: Any) -> FieldError:
        """The error with these figures, which must be exactly those that the sentence names."""
        if figures.keys() != self.names:
            raise TypeError(f"{self.code} takes {sorted(self.names)}, not {sorted(figures)}.")
        shown = {name: ", ".join(map(str, it)) if isinstance(it, list) else it for name, it in figures.items()}
        return FieldError(self.code, str.format(self, **shown), figures)

    def format(self, *_args: object, **figures: object) -> FieldError:
        """Called by marshmallow, with more figures than the sentence names."""
        return self(**{name: figures[name] for name in self.names})


def documents(errors: Any) -> Any:
    """Errors by field, nested to any depth, as JSON for a reply."""
    if isinstance(errors, Mapping):
        return {str(name): documents(inner) for name, inner in errors.items()}
    if isinstance(errors, (list, tuple)):
        return [documents(inner) for inner in errors]
    return errors.document() if isinstance(errors, FieldError) else INVALID(why=str(errors)).document()


# Codes that apply to any field of any service.
INVALID = Code("invalid", "{why}")
UNREADABLE_BODY = Code("unreadable_body", "Invalid JSON body.")
MISSING = Code("missing", "Missing data for required field.")
NULL = Code("null", "Field may not be null.")
UNKNOWN_FIELD = Code("unknown_field", "Unknown field.")
NOT_TEXT = Code("not_text", "Not a valid string.")
BROKEN_TEXT = Code("broken_text", "Contains half a character (a lone surrogate), or a name with a NUL in it.")
NOT_A_NUMBER = Code("not_a_number", "Must be a JSON number.")
NOT_FINITE = Code("not_finite", "Must be a finite number.")
NOT_WHOLE = Code("not_whole", "Must be a whole number.")
NOT_AN_AMOUNT = Code("not_an_amount", "Must be an amount.")
TOO_MANY_DECIMALS = Code("too_many_decimals", "At most {decimals} decimals.")
NOT_YES_OR_NO = Code("not_yes_or_no", "Must be true or false.")
NOT_A_LIST = Code("not_a_list", "Not a valid list.")
NOT_AN_OBJECT = Code("not_an_object", "Must be an object.")
NOT_A_DAY = Code("not_a_day", "Not a valid date.")
NOT_A_MOMENT = Code("not_a_moment", "Not a valid moment with its offset from UTC.")
NOT_A_FILE = Code("not_a_file", "Not a valid file.")
NOT_AN_EMAIL = Code("not_an_email", "Not a valid email address.")
NOT_A_URL = Code("not_a_url", "Not a valid URL.")
NOT_A_CHOICE = Code("not_a_choice", "Must be one of: {choices}.")
MALFORMED = Code("malformed", "Does not have the expected form.")
BLANK = Code("blank", "Must not be blank.")
CONTROL_CHARACTERS = Code("control_characters", "No line breaks or other control characters.")
TOO_SMALL = Code("too_small", "Must be at least {least}.")
NOT_ABOVE = Code("not_above", "Must be more than {limit}.")
TOO_LARGE = Code("too_large", "Must be at most {most}.")
TOO_SHORT = Code("too_short", "At least {least} characters.")
TOO_LONG = Code("too_long", "At most {most} characters.")
TOO_FEW = Code("too_few", "At least {least} of them.")
TOO_MANY = Code("too_many", "At most {most} of them.")
NOT_A_CURRENCY = Code("not_a_currency", "Use three capital letters of ISO 4217, like EUR.")
NOT_A_COUNTRY = Code("not_a_country", "Use ISO 3166, like ES.")
NOT_A_TIME_ZONE = Code("not_a_time_zone", "Use an IANA time zone, like Europe/Madrid.")
NOT_YOURS_TO_SET = Code("not_yours_to_set", "You may not set this.")
FOREIGN_CURSOR = Code("foreign_cursor", "Use next_cursor unchanged.")
NOT_AN_ETAG = Code("not_an_etag", 'Use the ETag as it was sent, like "3".')
