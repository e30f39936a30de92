"""Maps need nobody else's server, unless the configuration names one."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.integration.gateway.gateway_client import GatewayClient, open_gateway

TILES = "https://tiles.example.com/{z}/{x}/{y}.png"


@pytest.fixture(params=["", TILES], ids=["outlines", "tiles"])
def gateway(
    request: pytest.FixtureRequest, mongo_url: str, mongo_prefix: str, module_amqp_url: str, tmp_path: Path
) -> GatewayClient:
    told = {"tile_url": request.param, "tile_attribution": "© Tiles"}
    return open_gateway(tmp_path, mongo_url, mongo_prefix, module_amqp_url, **told)


def base(gateway: GatewayClient) -> dict[str, Any]:
    """What a map's ground is drawn from, as a page would tell it."""
    app = gateway.room.client.application
    with app.test_request_context():
        page = app.jinja_env.from_string("{{ map_ground()|tojson }}").render()
    return dict(json.loads(page))


def test_the_ground_is_ours_or_the_tiles_that_are_configured(gateway: GatewayClient) -> None:
    tiles = gateway.room.settings.tile_url
    told = base(gateway)
    assert told["tiles"] == ({"url": TILES, "attribution": "© Tiles"} if tiles else None)
    for address in (told["countries"], told["topojson"], *(city["url"] for city in told["cities"])):
        assert address.startswith("/assets/")
        assert gateway.browser().get(address).status_code == 200


def test_pictures_may_come_from_where_the_tiles_are(gateway: GatewayClient) -> None:
    policy = gateway.browser().get("/sign-in").headers["Content-Security-Policy"]
    images = re.search(r"img-src ([^;]*)", policy)
    assert images
    assert ("https://tiles.example.com" in images[1]) == bool(gateway.room.settings.tile_url)
