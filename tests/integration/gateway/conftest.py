"""One gateway, and one among services that answer, for all the tests here: each opens an agency of its own in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.gateway.admin_browser import AdminBrowser
from tests.integration.gateway.gateway_client import GatewayClient, open_gateway
from tests.integration.gateway.prospects import PortalWorld, open_portal_world
from tests.integration.gateway.services_world import ServicesWorld, open_services_world


@pytest.fixture(scope="package")
def gateway(
    mongo_url: str, package_mongo_prefix: str, vhost_url: str, tmp_path_factory: pytest.TempPathFactory
) -> GatewayClient:
    folder: Path = tmp_path_factory.mktemp("gateway")
    return open_gateway(folder, mongo_url, f"{package_mongo_prefix}h_", vhost_url)


@pytest.fixture(scope="package")
def services_world(
    mongo_url: str, package_mongo_prefix: str, vhost_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ServicesWorld]:
    folder = tmp_path_factory.mktemp("quarter")
    with open_services_world(folder, mongo_url, f"{package_mongo_prefix}q_", vhost_url) as found:
        yield found


@pytest.fixture
def portal(services_world: ServicesWorld) -> PortalWorld:
    return open_portal_world(services_world)


@pytest.fixture
def admin(gateway: GatewayClient) -> AdminBrowser:
    """The admin of an agency of one's own, signed in."""
    return AdminBrowser(gateway)
