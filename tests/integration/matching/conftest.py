"""A matching service with its index kept current by a change stream, and a market of each test's own in it."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from services.matching.following.follower import LISTINGS, SEARCHES, Follower
from shared.messaging.changes import ChangeFeed
from tests.integration.matching.market import Market
from tests.integration.rooms import Room, open_room


@contextmanager
def followed(room: Room) -> Iterator[Follower]:
    """The room's index, fed by a thread as in the worker."""
    follower: Follower = room.inbox.deps.follower
    on_change = {LISTINGS: follower.on_listing, SEARCHES: follower.on_search}
    feed = ChangeFeed(room.db, on_change, follower.start)
    follower.restart = feed.restart.set
    stop = threading.Event()
    thread = threading.Thread(target=feed.run, args=(stop,))
    thread.start()
    assert follower.ready.wait(20)
    yield follower
    stop.set()
    thread.join()


@pytest.fixture(scope="module")
def room(
    mongo_url: str, module_mongo_prefix: str, module_amqp_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Room]:
    folder = tmp_path_factory.mktemp("matching")
    room = open_room("matching", folder, mongo_url, module_mongo_prefix, module_amqp_url)
    with followed(room):
        yield room


@pytest.fixture
def open_market(room: Room) -> Callable[[str], Market]:
    """Markets of one test; ids that sort as their names do."""
    run = uuid.uuid4().hex[:8]
    return lambda name: Market(room, f"{run}-{name}")


@pytest.fixture
def market(open_market: Callable[[str], Market]) -> Market:
    return open_market("a")
