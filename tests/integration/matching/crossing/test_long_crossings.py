"""Crossings of more than one slice: in turn, across restarts, overtaken by newer ones, in events of bounded size."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from services.matching.crossing.crosser import SLICE
from services.matching.crossing.long_crossings import LongCrossings
from services.matching.engine.evaluate import evaluate
from services.matching.engine.sentences.reasons import reasons_of
from services.matching.engine.world import World
from services.matching.store.matches import MatchStore
from services.matching.store.records import as_listing, as_search
from services.matching.store.searches import from_document, to_document
from shared.errors import Pause
from shared.messaging.event import now
from shared.running.context import new_id
from shared.storage.mongo import transaction
from tests.contract.published import check_contract
from tests.integration.matching.market import Market

FOUND = "matching.matches.found"


def fill(market: Market, count: int, **wishes: object) -> list[str]:
    """Many wishes at once, as if they had been there for long; the first is made over HTTP."""
    first = market.wish("c0", **wishes)
    pattern = from_document(market.room.db.searches.find_one({"_id": first}))
    documents = []
    for number in range(1, count):
        pattern.id, pattern.contact_id = new_id(), f"c{number}"
        documents.append(to_document(pattern))
    market.room.db.searches.insert_many(documents)
    for document in documents:
        market.room.inbox.deps.follower.require_search(market.agency, document["_id"], 1)
    return [first, *(document["_id"] for document in documents)]


def turns(market: Market, owner: str = "other") -> LongCrossings:
    return LongCrossings(market.room.inbox.deps.crosser, owner, SLICE)


@pytest.fixture(autouse=True)
def nothing_left_over(market: Market) -> Iterator[None]:
    assert market.room.db.crossings.count_documents({}) == 0
    yield
    market.room.db.crossings.delete_many({})


def test_450_pairs_are_told_in_events_of_at_most_200_and_256_kb(market: Market) -> None:
    remarks = dict.fromkeys(("en", "es", "pt", "sl", "sv"), "家" * 10_000)
    searches = fill(market, 450, name="Dom ob morju", preferences=dict.fromkeys(("pool", "garden"), "might"))
    market.home(f"{market.agency}-home", "activated", public_remarks=remarks)
    market.serve()
    events = [event for event in market.told if event["type"] == FOUND]
    told = [match["saved_search_id"] for event in events for match in event["data"]["matches"]]
    assert sorted(told) == sorted(searches)
    assert len(events) == 3
    assert max(len(text) for text in events[0]["data"]["listing"]["public_remarks"].values()) == 1000
    for event in events:
        assert len(event["data"]["matches"]) <= 200
        assert len(json.dumps(event, ensure_ascii=False).encode()) <= 256_000
        check_contract(FOUND, event["data"])
    assert market.current() == market.truth()


def test_a_home_for_many_wishes_is_crossed_slice_by_slice_and_told_to_each_once(market: Market) -> None:
    searches = fill(market, 2 * SLICE + 150)
    market.home(f"{market.agency}-home", "activated")
    assert market.rows() == 0, "the event's own transaction is for what is short"
    assert market.serve() == 3
    assert market.current() == market.truth()
    assert sorted(search for search, *_ in market.found()) == sorted(searches)
    market.home(f"{market.agency}-home", "status_changed", standard_status="withdrawn")
    market.serve()
    assert market.rows() == 0
    assert sorted(search for _, search in market.lost()) == sorted(searches)


def test_a_wish_for_1100_homes_is_crossed_slice_by_slice(market: Market) -> None:
    pattern = f"{market.agency}-home"
    market.home(pattern, "activated")
    document = market.room.db.listings.find_one({"_id": pattern})
    ids = [f"{pattern}-{number:04}" for number in range(1100)]
    market.room.db.listings.insert_many([document | {"_id": one, "sequence": 1} for one in ids])
    for one in ids:
        market.room.inbox.deps.follower.require_listing(market.agency, one, 1)
    search = market.wish()
    market.serve()
    assert set(market.current()) == {(one, search) for one in [pattern, *ids]}
    assert len(market.found()) == 1101
    market.unwish(search)
    market.serve()
    assert (market.rows(), len(market.lost())) == (0, 1101)


def test_agencies_take_turns_so_that_nobody_waits_for_the_whole_of_another(
    open_market: Callable[[str], Market],
) -> None:
    big, small = open_market("a-big"), open_market("b-small")
    fill(big, 4 * SLICE)
    fill(small, SLICE + 150)
    big.home(f"{big.agency}-home", "activated")
    small.home(f"{small.agency}-home", "activated")
    turn, order = turns(big), []
    while turn.serve():
        order.append((big.rows(), small.rows()))
    all_of_it = SLICE + 150
    assert order[:4] == [(SLICE, 0), (SLICE, SLICE), (2 * SLICE, SLICE), (2 * SLICE, all_of_it)]
    assert order[4:] == [(3 * SLICE, all_of_it), (4 * SLICE, all_of_it)]


def test_messages_between_slices_are_not_kept_waiting(open_market: Callable[[str], Market]) -> None:
    big, small = open_market("a-big"), open_market("b-small")
    fill(big, 2 * SLICE + 150)
    search = small.wish()
    big.home(f"{big.agency}-home", "activated")
    assert turns(big).serve()
    small.home(f"{small.agency}-home", "activated")
    assert small.current() == {(f"{small.agency}-home", search): "match"}
    assert big.rows() == SLICE
    assert big.serve() == 2


def test_another_process_goes_on_where_a_killed_one_stopped(market: Market) -> None:
    searches = fill(market, 2 * SLICE + 150)
    market.home(f"{market.agency}-home", "activated")
    crosser = market.room.inbox.deps.crosser
    crosser._remembered.clear()
    killed = crosser.crossings.of(market.agency).claim("killed")
    assert not turns(market).serve(), "the lease of the killed one still runs"
    market.room.db.crossings.update_one({"_id": killed["_id"]}, {"$currentDate": {"due": True}})
    assert market.serve("heir") == 3
    assert market.current() == market.truth()
    assert sorted(search for search, *_ in market.found()) == sorted(searches)


def test_a_slice_whose_lease_was_taken_over_moves_nothing(market: Market) -> None:
    fill(market, 2 * SLICE + 150)
    market.home(f"{market.agency}-home", "activated")
    crosser = market.room.inbox.deps.crosser
    slow = crosser.crossings.of(market.agency).claim("slow")
    found = crosser.recall(slow)
    market.room.db.crossings.update_one({"_id": slow["_id"]}, {"$currentDate": {"due": True}})
    assert turns(market, "heir").serve()
    place = market.room.db.crossings.find_one({"_id": slow["_id"]})["next"]
    transaction(market.room.db.client, lambda: crosser.go_on(slow, found))
    assert market.room.db.crossings.find_one({"_id": slow["_id"]})["next"] == place
    market.serve()
    assert len(market.found()) == 2 * SLICE + 150
    assert market.current() == market.truth()


def test_no_slice_is_written_before_the_index_is_there(market: Market) -> None:
    fill(market, 700)
    market.home(f"{market.agency}-home", "activated")
    deps = market.room.inbox.deps
    deps.crosser._remembered.clear()
    deps.follower.ready.clear()
    crossing = deps.crosser.crossings.of(market.agency).claim("early")
    patience, deps.follower.patience = deps.follower.patience, 0.05
    with pytest.raises(Pause):
        deps.crosser.recall(crossing)
    deps.follower.patience = patience
    deps.follower.ready.set()
    market.room.db.crossings.update_one({"_id": crossing["_id"]}, {"$currentDate": {"due": True}})
    market.serve()
    assert market.current() == market.truth()
    assert len(market.current()) == 700


def test_a_newer_version_takes_the_place_of_a_crossing_under_way(market: Market) -> None:
    fill(market, 2 * SLICE + 150)
    market.home(f"{market.agency}-home", "activated")
    crosser = market.room.inbox.deps.crosser
    slow = crosser.crossings.of(market.agency).claim("slow")
    found = crosser.recall(slow)
    market.home(f"{market.agency}-home", "price_changed", list_price=200_000)
    transaction(market.room.db.client, lambda: crosser.go_on(slow, found))
    assert market.room.db.matches.count_documents({"agency_id": market.agency, "listing_sequence": 1}) == 0
    market.serve()
    assert market.current() == market.truth()
    assert len(market.current()) == market.rows() == 2 * SLICE + 150


def test_a_newer_version_need_not_wait_for_a_slice_that_is_being_written(
    market: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    put, threads = MatchStore.put, []

    def meanwhile(store: MatchStore, *rows: Any) -> None:
        put(store, *rows)
        if not threads:
            change = {"what": "price_changed", "list_price": 200_000}
            threads.append(threading.Thread(target=market.home, args=(home,), kwargs=change))
            threads[0].start()
            threads[0].join(30)
            assert not threads[0].is_alive(), "it waits for the slice"

    home = f"{market.agency}-home"
    fill(market, 2 * SLICE + 150)
    market.home(home, "activated")
    monkeypatch.setattr(MatchStore, "put", meanwhile)
    turns(market).serve()
    assert threads
    assert market.rows() == 0, "the slice of the older version gives way"
    market.serve()
    assert market.current() == market.truth()
    assert len(market.current()) == market.rows() == 2 * SLICE + 150


def test_a_late_first_slice_of_an_older_version_does_not_end_the_newer_crossing(market: Market) -> None:
    fill(market, 2 * SLICE + 150)
    crosser = market.room.inbox.deps.crosser
    market.home(f"{market.agency}-home", "activated", list_price=900_000)
    slow = crosser.listing_side.pairs(market.agency, f"{market.agency}-home", 1, "new")
    market.home(f"{market.agency}-home", "price_changed", list_price=200_000)
    transaction(market.room.db.client, lambda: crosser.write(slow))
    market.serve()
    assert market.current() == market.truth()
    assert len(market.current()) == 2 * SLICE + 150


def test_wishes_changed_between_two_slices_are_crossed_by_themselves(market: Market) -> None:
    searches = sorted(fill(market, 1100))
    market.home(f"{market.agency}-home", "activated")
    assert turns(market).serve()
    market.rewish(searches[-1], list_price_max=100_000)
    market.rewish(searches[0], list_price_max=100_000)
    market.unwish(searches[-2])
    market.serve()
    assert market.current() == market.truth()
    assert len(market.current()) == 1097
    assert {search for _, search in market.lost()} >= {searches[0]}


def test_each_of_a_crowd_is_told_what_they_would_be_told_alone(market: Market) -> None:
    stated = [market.wish("c", list_price_max=310_000 + 1000 * at, bedrooms_min=at % 3) for at in range(9)]
    patterns = [from_document(market.room.db.searches.find_one({"_id": one})) for one in stated]
    documents = []
    for number in range(2 * SLICE + 150):
        pattern = patterns[number % 9]
        pattern.id, pattern.contact_id, pattern.name = new_id(), f"c{number}", f"wish {number}"
        documents.append(to_document(pattern) | ({"wordings": []} if number % 50 == 0 else {}))
    market.room.db.searches.insert_many(documents)
    for document in documents:
        market.room.inbox.deps.follower.require_search(market.agency, document["_id"], 1)
    market.home(f"{market.agency}-home", "activated")
    market.serve()
    home = as_listing(market.room.db.listings.find_one({"_id": f"{market.agency}-home"}))
    told = {m["saved_search_id"]: m for e in market.told if e["type"] == FOUND for m in e["data"]["matches"]}
    assert told.keys() == {*stated, *(document["_id"] for document in documents)}
    world = World(now().date())
    for document in documents:
        one, match = as_search(document), told[document["_id"]]
        alone = json.loads(json.dumps(reasons_of(evaluate(one, home, world), one, home, "en")))
        assert {name: match[name] for name in alone} == alone
        assert (match["contact_id"], match["search_name"]) == (document["contact_id"], document["name"])
