"""What a record is refused for: every field with its sentences, told at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
SCHEMA = "_schema"


class Refused(ValueError):
    """A listing or search that cannot be taken; `fields` maps each field to its sentences."""

    def __init__(self, fields: dict[str, list[str]]) -> None:
        self.fields = fields
        super().__init__("; ".join(f"{field}: {' '.join(why)}" for field, why in fields.items()))


class Faults:
    """Collects faults while a record is read, so that one answer names them all."""

    def __init__(self) -> None:
        self.fields: dict[str, list[str]] = {}

    def note(self, field: str, sentence: str) -> None:
        """Remember one fault of one field."""
        self.fields.setdefault(field, []).append(sentence)

    def attempt(self, field: str, read: Callable[[], T], otherwise: T) -> T:
        """The value that `read` gives; its ValueError becomes a fault of the field and `otherwise` stands in."""
        try:
            return read()
        except ValueError as error:
            self.note(field, str(error))
            return otherwise

    def raise_if_any(self) -> None:
        """Refuse the record when anything was noted; raises Refused."""
        if self.fields:
            raise Refused(self.fields)
