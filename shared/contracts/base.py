"""What a contract is, and the fields that several of them share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from marshmallow import EXCLUDE, Schema, fields, validate

EVERYONE = ("leads", "properties", "matching", "notifications", "gateway")
CHANNELS = ("email", "phone", "sms", "push", "post")
# The tenant of what belongs to no agency; agencies have ids of their own making.
PLATFORM = "platform"
PURPOSES = ("service", "alerts", "marketing", "sharing")


class Data(Schema):
    """A tolerant reader: what a consumer does not know, it ignores."""

    class Meta:
        """Fields may be added by the producer at any time."""

        unknown = EXCLUDE


@dataclass(frozen=True)
class Contract:
    """One event: the shape of its data, who consumes it, and where it names a person.

    `contact` is "subject", the name of a data field, or None; `personal` data is masked wherever it is shown.
    """

    schema: Schema
    consumers: tuple[str, ...]
    contact: str | None = None
    personal: bool = False


def identifier(**options: Any) -> fields.String:
    """An opaque id of 1 to 64 characters."""
    return fields.String(validate=validate.Length(1, 64), **options)


def text(**options: Any) -> fields.String:
    """Text that may be null."""
    return fields.String(allow_none=True, **options)


def number(**options: Any) -> fields.Float:
    """A JSON number that may be null."""
    return fields.Float(allow_none=True, **options)
