from pathlib import Path

import pytest

from tests.integration.rooms import Room, open_room


@pytest.fixture(scope="module")
def room(
    mongo_url: str, module_mongo_prefix: str, module_amqp_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Room:
    folder: Path = tmp_path_factory.mktemp("properties")
    return open_room("properties", folder, mongo_url, module_mongo_prefix, module_amqp_url)
