"""The refusal of a record: all faulty fields with their errors at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from shared.codes import FieldError

T = TypeVar("T")
SCHEMA = "_schema"


class Refused(ValueError):
    """A listing or search that cannot be read; `fields` maps each field to its errors."""

    def __init__(self, fields: dict[str, list[FieldError]]) -> None:
        self.fields = fields
        super().__init__("; ".join(f"{field}: {' '.join(why)}" for field, why in fields.items()))


class NotThat(ValueError):
    """A value that cannot be read; `error` says why."""

    def __init__(self, error: FieldError) -> None:
        super().__init__(error)
        self.error = error


class Faults:
    """Collects faults while a record is read, so that one reply names all of them."""

    def __init__(self) -> None:
        self.fields: dict[str, list[FieldError]] = {}

    def note(self, field: str, error: FieldError) -> None:
        """Record one fault of one field."""
        self.fields.setdefault(field, []).append(error)

    def attempt(self, field: str, read: Callable[[], T], otherwise: T) -> T:
        """The value that `read` returns; on NotThat the fault is recorded and `otherwise` is returned."""
        try:
            return read()
        except NotThat as refusal:
            self.note(field, refusal.error)
            return otherwise

    def raise_if_any(self) -> None:
        """Raise Refused when any fault was recorded."""
        if self.fields:
            raise Refused(self.fields)
