"""An error of a field as services answer it."""

from __future__ import annotations

from typing import NotRequired, TypedDict


class FieldFault(TypedDict):
    """What is wrong, as a code with its English; its figures stand beside them, `column` where a row is meant."""

    code: str
    detail: str
    column: NotRequired[str]
