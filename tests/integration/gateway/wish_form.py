"""Somebody at the wishes editor, and the form as their browser would send it."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from flask.testing import FlaskClient

from tests.integration.gateway.services_world import ServicesWorld

RING = [[-6.30, 36.52], [-6.28, 36.52], [-6.28, 36.54], [-6.30, 36.54], [-6.30, 36.52]]
EVERYTHING: dict[str, Any] = {
    "name": "Two bright rooms",
    "transaction": "sale",
    "property_sub_types": ["apartment", "townhouse"],
    "list_price_min": 150_000,
    "list_price_max": 310_500.5,
    "currency": "EUR",
    "bedrooms_min": 2,
    "bedrooms_max": 4,
    "bathrooms_min": 1,
    "living_area_min": 65,
    "living_area_max": 140.5,
    "lot_size_area_min": 10,
    "year_built_min": 1950,
    "areas": [
        {"circle": {"latitude": 36.5297, "longitude": -6.2927, "radius_km": 1.5, "name": "By the market"}},
        {"polygon": {"type": "Polygon", "coordinates": [RING]}},
        {"place": {"name": "Cádiz"}},
        {"place": {"postal_code": "11004"}},
    ],
    "must_have": ["lift"],
    "wont_accept": ["ground_floor"],
    "preferences": {"balcony": "strong", "river_view": "would", "pets_allowed": "might"},
    "tolerance_percent": 15,
    "alerts": "weekly",
    "alert_possible": True,
    "valid_until": "2031-12-31",
}


class Desk:
    """Somebody at the editor."""

    def __init__(self, services_world: ServicesWorld) -> None:
        self.services_world = services_world
        self.agency = services_world.agency()["id"]
        self.browser: FlaskClient = services_world.gateway.signed_in(
            services_world.gateway.member(self.agency)["email"]
        )
        services_world.deliver()
        self.person = services_world.person(self.agency)

    def search(self, search_id: str) -> dict[str, Any]:
        answer = self.services_world.rooms["matching"].call(
            "GET", f"/v1/saved-searches/{search_id}", agency=self.agency
        )
        assert answer.status_code == 200, answer.json
        return dict(answer.json)

    def post(self, path: str, fields: dict[str, Any], **headers: str) -> Any:
        return self.browser.post(path, data=fields, headers=headers)


def fields_of(page: str) -> dict[str, Any]:
    """What a browser would send of the form as it stands."""
    form = page[page.index('<form id="wishes"') : page.index("</form>", page.index('<form id="wishes"'))]
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input [^>]*>", form):
        told = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if "name" not in told or (told.get("type") in ("radio", "checkbox") and " checked" not in tag):
            continue
        found.setdefault(told["name"], []).append(unescape(told.get("value", "")))
    for name, options in re.findall(r'<select [^>]*name="(\w+)"[^>]*>(.*?)</select>', form, flags=re.S):
        chosen = re.search(r'<option(?: value="([^"]*)")? selected>([^<]*)', options)
        found.setdefault(name, []).append(
            unescape((chosen[1] if chosen[1] is not None else chosen[2]) if chosen else "")
        )
    return dict(found)


def blank(desk: Desk) -> tuple[str, dict[str, Any]]:
    path = f"/contacts/{desk.person}/wishes/new"
    page = desk.browser.get(path)
    assert page.status_code == 200, page.text[-900:]
    return path, fields_of(page.text)
