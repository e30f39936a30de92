"""The web process has an index of its own: not ready before it is built, current soon after a change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.matching.market import HOME, WISH
from tests.integration.rooms import Room, open_room


@pytest.fixture
def web(mongo_url: str, mongo_prefix: str, amqp_url: str, tmp_path: Path) -> Iterator[Room]:
    room = open_room("matching", tmp_path, mongo_url, mongo_prefix, amqp_url)
    with room.serving():
        yield room


def test_the_web_process_follows_by_itself_and_previews_what_came(web: Room) -> None:
    follower = web.inbox.deps.follower
    assert follower.ready.wait(20)
    assert web.client.get("/readyz").status_code == 200
    assert web.hear("properties.listing.activated", "home", HOME | {"id": "home"}) == "done"
    assert follower.wait_for_listing("agency-a", "home", 1)
    assert web.call("POST", "/v1/saved-searches/preview", json=WISH).json["total"] == 1


def test_it_is_not_ready_and_previews_nothing_while_the_index_is_built(web: Room) -> None:
    follower = web.inbox.deps.follower
    assert follower.ready.wait(20)
    follower.ready.clear()
    answer = web.client.get("/readyz")
    assert (answer.status_code, answer.get_json()["missing"]) == (503, ["index"])
    assert web.client.get("/healthz").status_code == 200
    assert web.call("POST", "/v1/saved-searches/preview", json=WISH).status_code == 503
