"""A gateway among leads and notifications, an admin and the operator at their browsers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.integration.gateway.house import House
from tests.integration.gateway.quarter import Quarter, open_quarter


@pytest.fixture(scope="module")
def quarter(
    mongo_url: str, module_mongo_prefix: str, module_amqp_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Quarter]:
    folder = tmp_path_factory.mktemp("services")
    with open_quarter(folder, mongo_url, module_mongo_prefix, module_amqp_url, ("leads", "notifications")) as found:
        yield found


@pytest.fixture
def house(quarter: Quarter) -> House:
    return quarter.house


@pytest.fixture
def admin(quarter: Quarter) -> tuple[str, Any]:
    """An agency's id, and its admin at a browser."""
    made = quarter.agency()
    return str(made["id"]), quarter.house.signed_in(made["admin"]["email"])


@pytest.fixture
def operator(house: House) -> Any:
    return house.signed_in(house.operator())
