"""Why an index follows one change stream: with one for each collection, a pair falls between two workers."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest

from services.matching.app import build
from services.matching.consumers import CONSUMES
from services.matching.following.follower import LISTINGS, SEARCHES, Follower
from shared.messaging.changes import ChangeFeed
from shared.messaging.inbox import Inbox
from shared.messaging.outbox import OUTBOX, body_of
from tests.integration.matching.market import HOME, Market
from tests.integration.rooms import Room, an_event
from tests.integration.waiting import until

Change = Callable[[dict[str, Any] | None], None]


class Worker:
    """A worker of matching whose index may be kept from seeing changes of one collection for a while."""

    def __init__(self, room: Room, name: str, late: str) -> None:
        db, deps = build(room.settings)
        self.follower: Follower = deps.follower
        self.inbox = Inbox(db, CONSUMES, deps, name)
        self.late, self.go_on, self.held = late, threading.Event(), threading.Event()

    def on_change(self) -> dict[str, Change]:
        """What its index does with changes."""
        changes: dict[str, Change] = {LISTINGS: self.follower.on_listing, SEARCHES: self.follower.on_search}
        return changes | {self.late: self._later(changes[self.late])}

    def _later(self, change: Change) -> Change:
        def wait_and(document: dict[str, Any] | None) -> None:
            self.held.set()
            assert self.go_on.wait(30)
            change(document)

        return wait_and


@contextmanager
def following(room: Room, worker: Worker, *, split: bool) -> Iterator[Worker]:
    """Feed a worker's index by one stream, or by one for each collection."""
    changes = worker.on_change()
    parts = [{name: changes[name]} for name in changes] if split else [changes]
    open_ = [threading.Event() for _ in parts]
    feeds = [ChangeFeed(room.db, part, is_open.set) for part, is_open in zip(parts, open_, strict=True)]
    stop = threading.Event()
    threads = [threading.Thread(target=feed.run, args=(stop,)) for feed in feeds]
    for thread in threads:
        thread.start()
    assert all(is_open.wait(20) for is_open in open_)
    worker.follower.start()
    try:
        yield worker
    finally:
        worker.go_on.set()
        stop.set()
        for thread in threads:
            thread.join()


def cross_at_once(market: Market, *, split: bool) -> None:
    """A wish and a home at the same time: one worker crosses the home, the other the wish."""
    with ExitStack() as stack:
        home, wish = (
            stack.enter_context(following(market.room, Worker(market.room, name, late), split=split))
            for name, late in (("of the home", SEARCHES), ("of the wish", LISTINGS))
        )
        market.wish(deliver=False)
        (row,) = market.pending()
        assert home.held.wait(20), "its index has not seen the wish"
        home_id = f"{market.agency}-home"
        event = an_event("properties.listing.activated", home_id, HOME | {"id": home_id}, 1, market.agency)
        body = event.to_wire().encode()
        said: dict[str, str] = {}
        crossing = [
            threading.Thread(target=lambda: said.update(home=home.inbox.receive(body))),
            threading.Thread(target=lambda: said.update(wish=wish.inbox.receive(body_of(row)))),
        ]
        crossing[0].start()
        until(lambda: market.room.db[LISTINGS].find_one({"_id": event.subject}) is not None)
        assert wish.held.wait(20), "its index has not seen the home"
        crossing[1].start()
        if split:  # each has seen its own side and looks no further
            for thread in crossing:
                thread.join()
        for worker in (home, wish):
            worker.go_on.set()
        for thread in crossing:
            thread.join()
        market.room.db[OUTBOX].delete_many({"aggregate": {"$regex": f"^{market.agency}/"}})
    assert said == {"home": "done", "wish": "done"}
    assert market.current() == market.truth()


def test_with_one_stream_a_late_index_loses_no_pair(market: Market) -> None:
    cross_at_once(market, split=False)
    assert len(market.current()) == 1


def test_a_split_stream_is_noticed(market: Market) -> None:
    with pytest.raises(AssertionError, match="match"):
        cross_at_once(market, split=True)
    assert market.rows() == 0
    assert len(market.truth()) == 1
