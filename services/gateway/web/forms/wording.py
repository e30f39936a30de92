"""What services found wrong with a form, in the reader's language: their codes and figures become sentences here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.gateway.web.formats import number
from services.gateway.web.language import language
from shared.codes import FieldError
from shared.vocabulary.deliveries import DELIVERY_REASONS
from shared.vocabulary.field_errors import FIELD_ERRORS
from shared.vocabulary.wording import label


def sentence_of(error: Any) -> str:
    """One error of a field as a sentence; a code without words keeps the English of the service."""
    if isinstance(error, FieldError):
        return _worded(error.code, error.figures) or str(error)
    if isinstance(error, Mapping):
        return _worded(str(error.get("code")), error) or str(error.get("detail", ""))
    return str(error)


def _worded(code: str, figures: Mapping[str, Any]) -> str:
    subject = next((one for one in (FIELD_ERRORS, DELIVERY_REASONS) if code in one.words), None)
    if subject is None:
        return ""
    shown = {name: _shown(it) for name, it in figures.items()}
    return f"{label(subject, code, language()) % shown}."


# Any: a figure of an error, of whatever type its code gives it
def _shown(figure: Any) -> str:
    if isinstance(figure, (list, tuple)):
        return ", ".join(_shown(one) for one in figure)
    is_number = isinstance(figure, (int, float)) and not isinstance(figure, bool)
    return number(figure) if is_number else str(figure)
