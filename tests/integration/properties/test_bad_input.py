"""Bad input to every write endpoint of properties."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.integration.bad_input import refuses_bad_input
from tests.integration.rooms import Room

FACTS: Mapping[str, Any] = {
    "listing_id": "BAD-1",
    "property_sub_type": "apartment",
    "bedrooms_total": 3,
    "bathrooms_total": 1.5,
    "living_area": 90.5,
    "lot_size_area": 120,
    "year_built": 1990,
    "features": ["lift"],
    "features_absent": ["pool"],
    "latitude": 37.38,
    "longitude": -5.99,
    "street_name": "Calle Feria",
    "city": "Sevilla",
    "state_or_province": "Andalucía",
    "postal_code": "41003",
    "country": "ES",
    "public_remarks": {"es": "Luminoso"},
    "private_remarks": "Llaves en la oficina",
    "owner_contact_ids": ["c1"],
    "agent_member_id": "m1",
    "photos": [{"url": "https://example.com/1.jpg", "alt": "Salón"}],
}
TOO_MUCH: Mapping[str, Any] = {
    "listing_id": "x" * 101,
    "property_sub_type": "Piso bonito",
    "bedrooms_total": 2.5,
    "bathrooms_total": 1.255,
    "living_area": -1,
    "year_built": 3001,
    "features": ["LIFT"],
    "features_absent": ["lift"],
    "latitude": 90.1,
    "longitude": -180.5,
    "street_name": "  ",
    "country": "Spain",
    "public_remarks": {"xx": "?"},
    "owner_contact_ids": [""],
    "agent_member_id": "m" * 65,
    "photos": [{"url": "javascript:alert(1)"}],
}


@dataclass(frozen=True)
class Endpoint:
    """A write endpoint with a body that it would take."""

    method: str
    path: str
    valid: Mapping[str, Any]
    out_of_range: Mapping[str, Any] = field(default_factory=dict)


ENDPOINTS = [
    Endpoint(
        "POST",
        "/v1/listings",
        {**FACTS, "transaction": "sale", "standard_status": "active", "list_price": 295000, "currency": "EUR"},
        {**TOO_MUCH, "transaction": "gift", "standard_status": "sold", "list_price": 1.005, "currency": "eur"},
    ),
    Endpoint("PATCH", "/v1/listings/{id}", FACTS, TOO_MUCH),
    Endpoint(
        "POST",
        "/v1/listings/{id}/price-changes",
        {"list_price": 280000, "currency": "EUR", "reason": "owner"},
        {"list_price": -1, "currency": "€", "reason": "x" * 501},
    ),
    Endpoint(
        "POST",
        "/v1/listings/{id}/status-changes",
        {"standard_status": "pending", "reason": "offer"},
        {"standard_status": "sold", "reason": "x" * 501},
    ),
]


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda e: f"{e.method} {e.path}")
def test_bad_input_is_refused_by_name_and_changes_nothing(room: Room, endpoint: Endpoint) -> None:
    home = {"transaction": "sale", "list_price": 295000, "currency": "EUR"}
    agency = f"agency-{ENDPOINTS.index(endpoint)}"
    made = room.call("POST", "/v1/listings", agency=agency, json=home).json
    path, headers = endpoint.path.format(id=made["id"]), {"If-Match": '"1"'}
    refuses_bad_input(
        room,
        endpoint.method,
        path,
        endpoint.valid,
        headers=headers,
        agency=agency,
        out_of_range=endpoint.out_of_range,
    )
    good = room.call(endpoint.method, path, agency=agency, json=endpoint.valid, headers=headers)
    assert good.status_code in (200, 201), good.json
