"""A home as everybody sees it: for people, for machines, for whoever shares its link."""

from __future__ import annotations

import io
import json
import re
from html import unescape
from typing import Any

import pytest
from PIL import Image

from shared.http.links import sign
from tests.integration.gateway.gateway_client import GatewayClient

HOME: dict[str, Any] = {
    "id": "home-1",
    "listing_id": "CAD-7",
    "standard_status": "active",
    "transaction": "sale",
    "property_sub_type": "apartment",
    "list_price": 295000,
    "currency": "EUR",
    "bedrooms_total": 3,
    "living_area": 98,
    "street_name": "Calle Sagasta",
    "city": "Cádiz",
    "country": "ES",
    "latitude": 36.53,
    "longitude": -6.29,
    "features": ["lift"],
    "features_absent": ["garage"],
    "public_remarks": {"en": "Bright </script><b>flat"},
    "owner_contact_ids": ["owner-1"],
    "photo": {"url": "https://example.com/1.jpg", "alt": "Front"},
    "photos": [{"url": f"https://example.com/{n}.jpg", "alt": None} for n in (1, 2)],
    "activated_at": "2026-11-01T10:00:00Z",
}


def show(gateway: GatewayClient, home_id: str, **facts: Any) -> dict[str, Any]:
    """An agency whose home everybody has heard of."""
    agency = gateway.agency(from_address="hola@example.com")
    told = HOME | {"id": home_id} | facts
    assert gateway.room.hear("properties.listing.activated", home_id, told, 1, agency["id"]) == "done"
    return agency


def machine_data(page: str) -> Any:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_machines_read_a_real_estate_listing(gateway: GatewayClient) -> None:
    show(gateway, "home-data")
    told = machine_data(gateway.browser().get("/homes/home-data").text)
    assert (told["@context"], told["@type"]) == ("https://schema.org", "RealEstateListing")
    assert told["offers"]["price"] == 295000
    assert told["offers"]["priceCurrency"] == "EUR"
    assert told["offers"]["offeredBy"]["name"] == "Marea"
    home = told["mainEntity"]
    assert (home["@type"], home["numberOfBedrooms"]) == ("Apartment", 3)
    assert home["floorSize"] == {"@type": "QuantitativeValue", "value": 98, "unitCode": "MTK"}
    assert home["address"]["addressLocality"] == "Cádiz"
    assert home["geo"]["latitude"] == 36.53
    assert [(each["name"], each["value"]) for each in home["amenityFeature"]] == [
        ("lift", True),
        ("garage or parking", False),
    ]
    assert told["image"] == ["https://example.com/1.jpg", "https://example.com/2.jpg"]
    assert told["description"] == "Bright </script><b>flat"


def test_the_page_shows_gallery_map_and_whom_to_ask_and_nothing_of_the_owner(gateway: GatewayClient) -> None:
    show(gateway, "home-page")
    answer = gateway.browser().get("/homes/home-page")
    page = unescape(answer.text)
    assert page.count('class="photo"') == 2
    assert "mailto:hola@example.com?subject=Flat" in page
    assert 'id="home-map-data"' in page
    assert "owner-1" not in page
    assert "<b>flat" not in answer.text
    assert "noindex" not in page
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


def test_a_shared_link_has_words_and_a_picture_made_here(gateway: GatewayClient) -> None:
    show(gateway, "home-share")
    page = unescape(gateway.browser().get("/homes/home-share").text)
    found = re.search(r'property="og:image" content="http://[^/]+(/[^"]+)"', page)
    assert found
    assert 'property="og:title" content="Flat, Calle Sagasta, Cádiz"' in page
    assert "€295,000" in page
    answer = gateway.browser().get(found[1])
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
    picture = Image.open(io.BytesIO(answer.data))
    assert (picture.format, picture.size) == ("JPEG", (1200, 630))
    colours = picture.convert("RGB").getcolors(1200 * 630)
    assert colours is not None
    assert len(colours) > 500


def test_a_home_that_is_gone_is_for_nobody_but_whom_we_wrote_to(gateway: GatewayClient) -> None:
    agency = show(gateway, "home-gone", standard_status="closed")
    assert gateway.browser().get("/homes/home-gone").status_code == 404
    assert gateway.browser().get("/homes/home-gone/picture.jpg").status_code == 404
    payload = {"agency_id": agency["id"], "contact_id": "c1", "listing_id": "home-gone", "language": "en"}
    token = sign(gateway.deps.link_secret, "home", payload)
    answer = gateway.browser().get(f"/homes/home-gone?t={token}")
    assert answer.status_code == 200
    assert '<meta name="robots" content="noindex">' in answer.text
    assert "no longer on the market" in answer.text
    assert "application/ld+json" not in answer.text
    assert "og:image" not in answer.text


@pytest.mark.parametrize("path", ["/homes/nothing", "/homes/nothing/picture.jpg", "/homes/nothing?t=forged"])
def test_what_is_not_there_is_a_404(gateway: GatewayClient, path: str) -> None:
    assert gateway.browser().get(path).status_code == 404


@pytest.mark.parametrize("language", ["es", "pt", "sl", "sv"])
def test_the_picture_is_made_in_every_language(gateway: GatewayClient, language: str) -> None:
    show(gateway, f"home-{language}", city="Šmartno pri Litiji", property_sub_type="townhouse", currency="SEK")
    assert gateway.browser().get(f"/homes/home-{language}/picture.jpg?l={language}").data[:2] == b"\xff\xd8"
