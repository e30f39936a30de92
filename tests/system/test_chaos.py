"""One long bad day: workers die every second, RabbitMQ and MongoDB twice; nothing is lost and nothing sent twice."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest

from tests.system.crossing import a_home, add_people, add_searches, compare
from tests.system.test_fault_points import lapse_leases
from tests.system.world import THE_AGENCY, World, a_world

pytestmark = [pytest.mark.owns_servers, pytest.mark.timeout(900)]
AGENCY = "agency-chaos"
HOMES = 2000
SEED = 20261122
SERVICES = ("leads", "properties", "matching", "notifications")


@pytest.fixture
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with a_world(tmp_path_factory.mktemp("chaos"), SERVICES) as world:
        yield world


@dataclass
class Kills:
    """What was killed, how often."""

    counts: dict[str, int] = field(default_factory=dict)

    def note(self, name: str) -> None:
        """Count one."""
        self.counts[name] = self.counts.get(name, 0) + 1


def test_nothing_is_lost_and_nothing_comes_twice_however_often_processes_die(world: World) -> None:
    world.tell("gateway.agency.changed", AGENCY, THE_AGENCY, agency=AGENCY)
    add_searches(world, AGENCY, add_people(world, AGENCY, 6))
    world.eventually(world.settled, 60)
    done = threading.Event()
    poster = threading.Thread(target=post_homes, args=(world, done))
    poster.start()
    kills = make_trouble(world, done)
    poster.join()
    world.servers.wait()
    world.revive()
    world.eventually(lambda: world.revive() or (lapse_leases(world) and world.settled()), 300)
    assert len(world.rows("properties", "listings", agency_id=AGENCY)) == HOMES
    figures = compare(world, AGENCY)
    print(f"{HOMES} homes, kills {kills.counts}, {figures}")
    assert figures["due"] > HOMES // 2
    assert figures["received"] + figures["unknown"] >= figures["due"]
    assert kills.counts["rabbitmq"] == 2
    assert kills.counts["mongod"] == 2
    assert sum(count for name, count in kills.counts.items() if name.endswith("worker")) >= 20


def post_homes(world: World, done: threading.Event) -> None:
    """Four agents at once; a POST that got no answer is repeated with its key."""

    def post(number: int) -> None:
        world.post("properties", "/v1/listings", a_home(number), f"chaos-{number}", AGENCY)

    try:
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(post, range(HOMES)))
    finally:
        done.set()


def make_trouble(world: World, done: threading.Event) -> Kills:
    """Kill a random worker every 0.5 to 1.5 s, and each server twice, until all homes are posted."""
    dice, kills = random.Random(SEED), Kills()
    began, servers = time.monotonic(), ["rabbitmq", "mongod", "rabbitmq", "mongod"]
    while not done.is_set() or servers:
        time.sleep(dice.uniform(0.5, 1.5))
        world.revive()
        name = f"{dice.choice(SERVICES)}-worker"
        world.processes[name].kill()
        kills.note(name)
        if servers and time.monotonic() - began > 8 * (5 - len(servers)):
            crash(world, servers.pop(0), kills)
    return kills


def crash(world: World, name: str, kills: Kills) -> None:
    """Kill a server and start it again on its data; nobody waits for it, the killing of workers goes on."""
    server = world.servers.rabbitmq if name == "rabbitmq" else world.servers.mongo
    server.kill()
    kills.note(name)
    server.start()
