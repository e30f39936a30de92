"""Fields that several schemas of the accounts share."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from marshmallow import ValidationError, fields, validate

from services.gateway.accounts import codes
from shared.codes import NOT_A_TIME_ZONE
from shared.http.schemas import Language


class Password(fields.String):
    """Accepted in requests, never returned."""

    def __init__(self, **options: Any) -> None:
        length = validate.Length(12, 200, error=codes.PASSWORD_LENGTH)
        super().__init__(load_only=True, validate=length, **options)


class Address(fields.Email):
    """An e-mail address of at most 254 characters."""

    def __init__(self, **options: Any) -> None:
        super().__init__(validate=validate.Length(3, 254), **options)


class TimeZone(fields.String):
    """An IANA time zone."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        found = super()._deserialize(value, attr, data, **kwargs)
        if found not in available_timezones():
            raise ValidationError(NOT_A_TIME_ZONE)
        return found


def web_address(**options: Any) -> fields.Url:
    """An absolute http or https address."""
    return fields.Url(schemes={"http", "https"}, require_tld=False, validate=validate.Length(1, 1000), **options)


def unique(values: list[Any]) -> None:
    """Refuse a list with duplicates."""
    if len(set(values)) != len(values):
        raise ValidationError(codes.TWICE)


def languages(**options: Any) -> fields.List[str]:
    """Languages of ours, the main one first."""
    return fields.List(Language(), validate=validate.And(validate.Length(1, 5), unique), **options)
