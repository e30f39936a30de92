"""Addresses in the one shape in which they can be compared."""

import pytest

from services.leads.addresses import email_key, normal_email, normal_phone, region_of, time_zones
from services.leads.model import RuleBroken


@pytest.mark.parametrize(
    ("typed", "region", "stored"),
    [
        ("600 123 456", "ES", "+34600123456"),
        ("(600) 12.34-56", "ES", "+34600123456"),
        ("912 345 678", "PT", "+351912345678"),
        ("040 123 456", "SI", "+38640123456"),
        ("070-123 45 67", "SE", "+46701234567"),
        ("07700 900123", "GB", "+447700900123"),
        ("+46 70 123 45 67", "ES", "+46701234567"),
        ("+46 70 123 45 67", None, "+46701234567"),
    ],
)
def test_a_number_becomes_e164(typed: str, region: str | None, stored: str) -> None:
    assert normal_phone(typed, region) == stored


@pytest.mark.parametrize(
    ("typed", "region", "why"),
    [("600 123 456", None, "country"), ("call me", "ES", "not a phone number"), ("123", "ES", "length")],
)
def test_what_is_no_number_is_refused_with_the_reason(typed: str, region: str | None, why: str) -> None:
    with pytest.raises(RuleBroken, match=why) as refused:
        normal_phone(typed, region)
    assert refused.value.field == "phone"


def test_an_address_keeps_its_accents_and_is_compared_without_case() -> None:
    assert normal_email(" José.Núñez@Éxample.COM ") == "José.Núñez@éxample.com"
    assert email_key("José@example.com") == email_key("JOSÉ@example.com")
    assert email_key(None) is None


@pytest.mark.parametrize("typed", ["ana", "ana@", "@example.com", "ana@localhost", "a b@example.com", "a@b@c.com", ""])
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        normal_email(typed)
    assert refused.value.field == "email"


@pytest.mark.parametrize(
    ("zone", "region"),
    [("Europe/Madrid", "ES"), ("Atlantic/Azores", "PT"), ("Europe/Ljubljana", "SI"), ("UTC", None), (None, None)],
)
def test_a_time_zone_lies_in_a_country(zone: str | None, region: str | None) -> None:
    assert region_of(zone) == region


def test_only_real_time_zones_are_known() -> None:
    assert "Europe/Stockholm" in time_zones()
    assert "../../etc/passwd" not in time_zones()
