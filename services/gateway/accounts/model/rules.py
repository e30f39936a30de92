"""Rules that every aggregate of the accounts shares: the error, and setting facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, ClassVar, Protocol

from shared.codes import NOT_YOURS_TO_SET, FieldError

PROTECTED = frozenset({"id", "agency_id", "version", "created_at", "changed_at", "totp_secret", "totp_step"})


class RuleBroken(Exception):
    """A rule is broken; `field` names the field."""

    def __init__(self, field_name: str, error: FieldError) -> None:
        super().__init__(error)
        self.field = field_name
        self.error = error


class Aggregate(Protocol):
    """A dataclass with facts that may be set."""

    __dataclass_fields__: ClassVar[dict[str, Any]]  # as the standard library declares it


def set_facts(aggregate: Aggregate, facts: Mapping[str, Any]) -> bool:
    """Set fields that may be set; returns whether anything changed."""
    allowed = {f.name for f in fields(aggregate)} - PROTECTED
    changed = False
    for name, value in facts.items():
        if name not in allowed:
            raise RuleBroken(name, NOT_YOURS_TO_SET())
        if getattr(aggregate, name) != value:
            setattr(aggregate, name, value)
            changed = True
    return changed
