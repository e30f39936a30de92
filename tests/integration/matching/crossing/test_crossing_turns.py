"""Long crossings beside the messages: a worker turns to one as soon as it is left, no message waits for a slice."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from services.matching.app import create_worker
from services.matching.consumers import CONSUMES
from services.matching.engine.sentences.wording_marks import wordings
from services.matching.store.records import as_search
from services.matching.store.sides import LISTING
from shared.messaging import bus
from shared.messaging.outbox import Outgoing
from shared.messaging.worker import Parts, Worker
from tests.integration.matching.market import Market
from tests.integration.rooms import an_event
from tests.integration.waiting import until

AGENCY = {"name": "A", "languages": ["es"], "time_zone": "Europe/Madrid", "currency": "EUR"}


@contextmanager
def running(*loops: Callable[[threading.Event], None]) -> Iterator[threading.Event]:
    """Parts of a worker as threads of this process."""
    stop = threading.Event()
    threads = [threading.Thread(target=loop, args=(stop,)) for loop in loops]
    for thread in threads:
        thread.start()
    try:
        yield stop
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def test_a_message_is_handled_in_the_middle_of_a_slice(market: Market, amqp_url: str) -> None:
    begun, released = threading.Event(), threading.Event()

    def slice_() -> bool:
        begun.set()
        return not released.wait(60)

    room = market.room
    bus.declare(amqp_url, "matching", CONSUMES)
    worker = Worker("matching", room.settings, room.db, CONSUMES, room.inbox.deps, Parts(turns=[slice_]))
    event = an_event("gateway.agency.changed", market.agency, AGENCY, 1, market.agency)
    publisher = bus.Publisher(amqp_url, "test")
    with running(worker._turns, worker._consume):
        assert begun.wait(20)
        publisher.publish([Outgoing(event.id, event.type, event.to_wire().encode(), True)])
        until(lambda: room.db.inbox.find_one({"_id": event.id, "state": "done"}) is not None)
        assert not released.is_set()
        released.set()
    publisher.close()


def test_no_slice_is_served_before_the_index_is_there(market: Market) -> None:
    served, ready = threading.Event(), threading.Event()
    parts = Parts(turns=[lambda: served.set() or False], is_ready=ready.is_set)
    worker = Worker("matching", market.room.settings, market.room.db, CONSUMES, market.room.inbox.deps, parts)
    assert not worker._take_turns()
    assert not served.is_set()
    ready.set()
    worker._take_turns()
    assert served.is_set()


def test_a_crossing_that_anybody_leaves_wakes_the_turns(market: Market) -> None:
    worker = create_worker(market.room.settings)
    with running(worker.feed.run):
        until(worker.parts.is_ready)
        worker.parts.wake.clear()
        row = {"sequence": 1, "entered_by": "new", "next": "", "owner": None}
        crossings = market.room.inbox.deps.crosser.crossings.of(market.agency)
        crossings.begin(LISTING, f"{market.agency}-home", row)
        assert worker.parts.wake.wait(20)
        crossings.end(LISTING, f"{market.agency}-home")


def test_what_a_sentence_rests_on_is_stored_beside_the_wish(market: Market) -> None:
    def stored() -> list[str]:
        document = market.room.db.searches.find_one({"_id": search})
        assert document["wordings"] == ([] if document["removed"] else wordings(as_search(document)))
        return list(document["wordings"])

    search = market.wish(must_have=["lift"])
    first = stored()
    market.rewish(search, must_have=["terrace"])
    assert len(first) == len(stored()) == 3
    assert first != stored()
    market.unwish(search)
    assert stored() == []
