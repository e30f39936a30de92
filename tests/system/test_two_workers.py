"""Two matching workers with lame indexes, homes and wishes changing from several sides: no pair falls between them."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import requests

from services.leads.consumers import CONSUMES as LEADS
from services.matching.engine.evaluate import evaluate
from services.matching.engine.world import World as Today
from services.matching.store.records import as_listing, as_search
from services.notifications.consumers import CONSUMES as NOTIFICATIONS
from shared.messaging import bus
from shared.messaging.bus import Publisher
from shared.messaging.event import now
from shared.messaging.outbox import Outgoing
from tests.integration.rooms import an_event
from tests.system.world import World, a_world

pytestmark = [pytest.mark.owns_servers, pytest.mark.timeout(400)]
SEARCHES, HOMES, THREADS = 720, 280, 4
AGENCIES = ("agency-a", "agency-b")
CITIES = ("Sevilla", "Koper", "Lisboa")
Pairs = dict[tuple[str, str], str]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder: Path = tmp_path_factory.mktemp("two")
    with a_world(folder, ("matching",)) as world:
        bus.declare(world.place.amqp_url, "leads", LEADS)
        bus.declare(world.place.amqp_url, "notifications", NOTIFICATIONS)
        lame = replace(
            world.processes["matching-worker"].program,
            argv=(sys.executable, "-m", "tests.system.slow_matching_worker"),
        )
        world.processes["matching-worker"].stop()
        for number in (1, 2):
            world._run(f"matching-worker-{number}", replace(lame, name=f"matching-worker-{number}"))
        world.eventually(lambda: len(world.rows("matching", "processes", state="consuming")) == 2, 60)
        yield world


def a_wish(dice: random.Random) -> dict[str, Any]:
    wish: dict[str, Any] = {
        "list_price_max": dice.randrange(100, 400) * 1000,
        "currency": "EUR",
        "status": dice.choice(["active"] * 9 + ["paused"]),
    }
    return wish | dice.choice([{}, {"areas": [{"place": {"city": dice.choice(CITIES)}}]}, {"bedrooms_min": 3}])


def a_home(dice: random.Random, home_id: str) -> dict[str, Any]:
    return {
        "id": home_id,
        "standard_status": dice.choice(["active"] * 5 + ["withdrawn"]),
        "transaction": "sale",
        "list_price": dice.randrange(100, 400) * 1000,
        "currency": "EUR",
        "city": dice.choice(CITIES),
        "bedrooms_total": dice.choice([2, 3, 4, None]),
        "owner_contact_ids": [f"c{dice.randrange(50)}"],
    }


def wishes(world: World, number: int) -> None:
    """One agent's day: searches saved, changed, removed."""
    dice, http = random.Random(number), requests.Session()
    headers = world.issuer.headers("agent", AGENCIES[number % 2], seconds=3600)
    url = world.place.url("matching") + "/v1/saved-searches"
    mine: list[tuple[str, str]] = []
    for _ in range(SEARCHES // THREADS):
        body = {"contact_id": f"c{dice.randrange(50)}", "transaction": "sale"} | a_wish(dice)
        made = http.post(url, json=body, headers=headers, timeout=30)
        assert made.status_code == 201, made.text
        mine.append((made.json()["id"], made.headers["ETag"]))
        what = dice.random()
        if what < 0.35:
            at = dice.randrange(len(mine))
            change(http, url, headers, mine, at, a_wish(dice))
        elif what < 0.45:
            search_id, _ = mine.pop(dice.randrange(len(mine)))
            assert http.delete(f"{url}/{search_id}", headers=headers, timeout=30).status_code == 204


def change(
    http: requests.Session,
    url: str,
    headers: dict[str, str],
    mine: list[tuple[str, str]],
    at: int,
    wish: dict[str, Any],
) -> None:
    search_id, etag = mine[at]
    answer = http.patch(f"{url}/{search_id}", json=wish, headers=headers | {"If-Match": etag}, timeout=30)
    assert answer.status_code == 200, answer.text
    mine[at] = (search_id, answer.headers["ETag"])


def homes(world: World, number: int) -> None:
    """One office's day: homes come, change, leave, return; their news out of order now and then."""
    dice, publisher = random.Random(100 + number), Publisher(world.place.amqp_url, f"story-{number}")
    agency = AGENCIES[number % 2]
    told: list[Any] = []
    for home in range(HOMES // THREADS):
        home_id = f"h-{number}-{home}"
        versions = range(1, dice.randrange(2, 6))
        kinds = ("changed", "price_changed", "status_changed")
        for sequence in versions:
            kind = "activated" if sequence == 1 else dice.choice(kinds)
            told.append(an_event(f"properties.listing.{kind}", home_id, a_home(dice, home_id), sequence, agency))
    for at in range(0, len(told) - 1, 3):
        told[at], told[at + 1] = told[at + 1], told[at]
    for event in told:
        out = Outgoing(event.id, event.type, event.to_wire().encode(), True)
        assert publisher.publish([out]) == {event.id: "ack"}
    publisher.close()


def stored(world: World, collection: str) -> dict[str, dict[str, Any]]:
    return {row["_id"]: row for row in world.rows("matching", collection)}


def truth(listings: dict[str, Any], searches: dict[str, Any]) -> Pairs:
    """Every pair, by the function alone."""
    today = Today(now().date())
    left = [as_listing(document) for document in listings.values()]
    right = [as_search(document) for document in searches.values() if not document["removed"]]
    kinds = {(li.id, s.id): evaluate(s, li, today).kind for li in left for s in right if li.agency_id == s.agency_id}
    return {pair: kind for pair, kind in kinds.items() if kind != "none"}


def test_two_workers_with_lame_indexes_lose_no_pair_and_keep_no_ghost(world: World) -> None:
    days: list[Callable[[World, int], None]] = [wishes, homes]
    with ThreadPoolExecutor(2 * THREADS) as people:
        for done in [people.submit(day, world, number) for number in range(THREADS) for day in days]:
            done.result()
    world.eventually(world.settled, 200)
    listings, searches = stored(world, "listings"), stored(world, "searches")
    rows = world.rows("matching", "matches")
    current = {
        (row["listing_id"], row["saved_search_id"]): row["kind"]
        for row in rows
        if listings[row["listing_id"]]["sequence"] == row["listing_sequence"]
        and searches[row["saved_search_id"]]["sequence"] == row["search_sequence"]
    }
    expected = truth(listings, searches)
    ghosts = len(rows) - len(current)
    shares = sorted(world.mongo["matching"].inbox.distinct("state"))
    print(f"{len(listings)} homes, {len(searches)} wishes, {len(expected)} pairs, {ghosts} outdated rows, {shares}")
    assert (len(listings), len(searches)) == (HOMES // THREADS * THREADS, SEARCHES)
    assert len(expected) > 2000
    assert current == expected
    assert shares == ["done"]
    assert all(running.is_alive for running in world.processes.values() if "worker-" in running.program.name)
