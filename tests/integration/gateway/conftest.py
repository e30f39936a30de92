from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.gateway.house import House, open_house
from tests.integration.gateway.quarter import Quarter, open_quarter


@pytest.fixture(scope="module")
def house(
    mongo_url: str, module_mongo_prefix: str, module_amqp_url: str, tmp_path_factory: pytest.TempPathFactory
) -> House:
    folder: Path = tmp_path_factory.mktemp("gateway")
    return open_house(folder, mongo_url, module_mongo_prefix, module_amqp_url)


@pytest.fixture(scope="module")
def quarter(
    mongo_url: str, module_mongo_prefix: str, module_amqp_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Quarter]:
    folder = tmp_path_factory.mktemp("quarter")
    with open_quarter(folder, mongo_url, module_mongo_prefix, module_amqp_url) as found:
        yield found
