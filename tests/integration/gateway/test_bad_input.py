"""Every kind of bad input on each write endpoint of the gateway."""

from typing import Any

import pytest

from tests.integration.bad_input import refuses_bad_input
from tests.integration.gateway.gateway_client import AGENCY, PASSWORD, GatewayClient

FACE = {"colour": "#2347B0", "from_name": "Marea", "from_address": "hola@example.com", "public_url": "http://m.example"}
PERSON = {"email": "p@example.com", "display_name": "P", "phone": "+34 600 000 000", "password": PASSWORD}


def test_opening_an_agency(gateway: GatewayClient) -> None:
    valid = {**AGENCY, **FACE, "admin": PERSON}
    out_of_range = {"name": "x" * 201, "languages": ["xx"], "time_zone": "Mars/Base"}
    refuses_bad_input(gateway.room, "POST", "/v1/agencies", valid, role="operator", out_of_range=out_of_range)


CASES: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("PATCH", "/v1/agencies/{agency}", {"name": "Mar", **FACE}, {"name": "x" * 201, "colour": "#GGGGGG"}),
    ("POST", "/v1/members", {**PERSON, "role": "agent"}, {"role": "operator", "password": "x" * 201}),
    ("PATCH", "/v1/members/{member}", {"display_name": "Q", "phone": "1", "role": "admin"}, {"phone": "1" * 41}),
    ("POST", "/v1/members/{member}/password-changes", {"password": PASSWORD}, {"password": "short"}),
    ("POST", "/v1/api-clients", {"name": "Site", "role": "agent"}, {"role": "prospect", "name": "x" * 201}),
]


@pytest.mark.parametrize(("method", "path", "valid", "out_of_range"), CASES, ids=[f"{c[0]} {c[1]}" for c in CASES])
def test_what_an_admin_writes(
    gateway: GatewayClient, method: str, path: str, valid: dict[str, Any], out_of_range: dict[str, Any]
) -> None:
    made = gateway.agency()
    refuses_bad_input(
        gateway.room,
        method,
        path.format(agency=made["id"], member=made["admin"]["id"]),
        valid,
        headers={"If-Match": '"1"'} if method == "PATCH" else None,
        role="admin",
        wrong_role="agent",
        agency=made["id"],
        out_of_range=out_of_range,
    )
