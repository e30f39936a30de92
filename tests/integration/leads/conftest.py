from pathlib import Path

import pytest

from tests.integration.rooms import Room, open_room

MADRID = {"name": "A", "languages": ["es", "en"], "time_zone": "Europe/Madrid", "currency": "EUR"}


@pytest.fixture(scope="module")
def room(
    mongo_url: str, module_mongo_prefix: str, module_amqp_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Room:
    folder: Path = tmp_path_factory.mktemp("leads")
    room = open_room("leads", folder, mongo_url, module_mongo_prefix, module_amqp_url)
    assert room.hear("gateway.agency.changed", "agency-a", MADRID) == "done"
    return room
