from pathlib import Path

import pytest

from tests.integration.gateway.house import House, open_house


@pytest.fixture(scope="module")
def house(
    mongo_url: str, module_mongo_prefix: str, module_amqp_url: str, tmp_path_factory: pytest.TempPathFactory
) -> House:
    folder: Path = tmp_path_factory.mktemp("gateway")
    return open_house(folder, mongo_url, module_mongo_prefix, module_amqp_url)
