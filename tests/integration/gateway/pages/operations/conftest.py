"""A gateway among leads and notifications, an admin and the operator at their browsers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.integration.gateway.gateway_client import GatewayClient
from tests.integration.gateway.services_world import ServicesWorld, open_services_world


@pytest.fixture(scope="module")
def services_world(
    mongo_url: str, module_mongo_prefix: str, module_amqp_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ServicesWorld]:
    folder = tmp_path_factory.mktemp("services")
    with open_services_world(
        folder, mongo_url, module_mongo_prefix, module_amqp_url, ("leads", "notifications")
    ) as found:
        yield found


@pytest.fixture
def gateway(services_world: ServicesWorld) -> GatewayClient:
    return services_world.gateway


@pytest.fixture
def admin(services_world: ServicesWorld) -> tuple[str, Any]:
    """An agency's id, and its admin at a browser."""
    made = services_world.agency()
    return str(made["id"]), services_world.gateway.signed_in(made["admin"]["email"])


@pytest.fixture
def operator(gateway: GatewayClient) -> Any:
    return gateway.signed_in(gateway.operator())
