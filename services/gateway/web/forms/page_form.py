"""Forms of the pages: what was typed as values, what is wrong with it as sentences by field, and sending it.

A form is a `PageForm` with a field of `web.forms.fields` for each field of the page:

    class PriceFields(PageForm):
        list_price = fields.Number()
        reason = fields.Text(empty="")

    values, errors = PriceFields.read(request.form)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from flask import request
from marshmallow import EXCLUDE, Schema, ValidationError, pre_load

from services.gateway.web.forms.fields import Prefixed
from services.gateway.web.forms.wording import sentence_of
from services.gateway.web.language import gettext as _
from shared.errors import Conflict, DomainError, Invalid, PreconditionFailed

T = TypeVar("T")


class FormErrors(dict[str, str]):
    """What is wrong with a form: a sentence by field; under "" what belongs to no field."""


class PageForm(Schema):
    """The fields of one form; fields that it does not know are left out."""

    class Meta:
        """The token against forged posts and the like are no fields of a form."""

        unknown = EXCLUDE

    @classmethod
    def read(cls, typed: Mapping[str, str]) -> tuple[dict[str, Any], FormErrors]:  # values by the fields' own types
        """The values of all fields, those that cannot be read as None, and what is wrong with them."""
        form = cls()
        try:
            return dict(form.load(typed)), FormErrors()
        except ValidationError as error:
            empty = dict.fromkeys(form.fields)
            read = error.valid_data if isinstance(error.valid_data, dict) else {}
            return empty | read, FormErrors(
                {name: in_words(codes) for name, codes in error.normalized_messages().items()}
            )

    @pre_load
    def _gather_prefixed(self, typed: Mapping[str, str], **_options: object) -> dict[str, object]:
        """Hand each `Prefixed` field the fields of the form that it gathers."""
        gathered: dict[str, object] = dict(typed)
        for name, field in self.fields.items():
            if isinstance(field, Prefixed):
                gathered[name] = {
                    key.removeprefix(field.prefix): text for key, text in typed.items() if key.startswith(field.prefix)
                }
        return gathered


def text_fields(*names: str) -> dict[str, str]:
    """These fields of the form as typed, without blanks around them."""
    return {name: request.form.get(name, "").strip() for name in names}


def submit(call: Callable[[], T]) -> tuple[T | None, FormErrors]:
    """Send a form to a service; what the service finds wrong with it comes back as sentences by field."""
    try:
        return call(), FormErrors()
    except PreconditionFailed:
        return None, FormErrors({"": changed_meanwhile()})
    except (Invalid, Conflict) as error:
        return None, errors_of(error)


def errors_of(error: DomainError) -> FormErrors:
    """The sentences of a refusal by field; the names of nested fields are joined by dots."""
    if isinstance(error, PreconditionFailed):
        return FormErrors({"": changed_meanwhile()})
    return FormErrors(_flat(error.errors)) or FormErrors({"": error.detail})


def changed_meanwhile() -> str:
    """What to say to somebody whose form is older than the last change."""
    return _("Somebody changed this a moment ago. Look at the change, then save again.")


def in_words(codes: object) -> str:
    """What is wrong with a field, in the reader's language; `codes` is a list of codes of this module."""
    known = {
        "not_a_number": _("This is not a number."),
        "negative": _("This cannot be negative."),
        "choose_one": _("Choose one."),
    }
    listed = codes if isinstance(codes, list) else [codes]
    return " ".join(known.get(str(code)) or sentence_of(code) for code in listed)


def _flat(errors: Mapping[str, Any], prefix: str = "") -> dict[str, str]:  # sentences by field, however deep
    flat: dict[str, str] = {}
    for name, value in errors.items():
        if isinstance(value, Mapping):
            flat |= _flat(value, f"{prefix}{name}.")
        else:
            flat[f"{prefix}{name}"] = " ".join(map(sentence_of, value))
    return flat
