"""Addresses of people, normalised so that they can be compared and used."""

from __future__ import annotations

from functools import lru_cache
from zoneinfo import available_timezones

import phonenumbers
from babel.core import get_global
from email_validator import EmailNotValidError, validate_email

from services.leads import codes
from services.leads.model import RuleBroken


def normal_email(typed: str) -> str:
    """The address with its domain in lower case and accents kept; raises RuleBroken that says what is wrong."""
    try:
        return validate_email(typed.strip(), check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise RuleBroken("email", codes.EMAIL_REFUSED(why=str(error))) from None


def email_key(email: str | None) -> str | None:
    """The part that all spellings of one address share."""
    return email.casefold() if email else None


def normal_phone(typed: str, region: str | None) -> str:
    """The number in E.164; `region` (ISO 3166) is the country of numbers without a country code."""
    try:
        number = phonenumbers.parse(typed, region)
    except phonenumbers.NumberParseException as error:
        if error.error_type == phonenumbers.NumberParseException.INVALID_COUNTRY_CODE and region is None:
            raise RuleBroken("phone", codes.PHONE_WITHOUT_COUNTRY()) from None
        raise RuleBroken("phone", codes.NOT_A_PHONE()) from None
    if not phonenumbers.is_possible_number(number):
        raise RuleBroken("phone", codes.PHONE_LENGTH())
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def region_of(time_zone: str | None) -> str | None:
    """The country of a time zone, as ISO 3166; None for a zone without a country, like UTC."""
    found: str | None = get_global("zone_territories").get(time_zone) if time_zone else None
    return found


@lru_cache(maxsize=1)
def time_zones() -> frozenset[str]:
    """Every IANA time zone that this machine has."""
    return frozenset(available_timezones())
