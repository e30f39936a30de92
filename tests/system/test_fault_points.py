"""Each numbered fault point: a process kills itself there once, with 20 listings; nothing is lost or doubled."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from services.matching.crossing.crosser import SLICE
from services.notifications.app import SENDERS
from shared.messaging.faults import POINTS
from tests.system.crossing import a_home, add_people, add_searches, compare
from tests.system.world import THE_AGENCY, World, a_world

pytestmark = [pytest.mark.owns_servers, pytest.mark.timeout(240)]
HOMES = 20
HOST = {
    "web": "properties-web",
    "relay": "properties-worker",
    "inbox": "matching-worker",
    "crossing": "matching-worker",
    "sending": "notifications-worker",
    "retry": "leads-worker",
}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with a_world(tmp_path_factory.mktemp("faults"), ("leads", "properties", "matching", "notifications")) as world:
        yield world


@pytest.mark.parametrize("number", POINTS)
def test_a_process_that_dies_there_loses_and_doubles_nothing(world: World, number: int) -> None:
    point = POINTS[number]
    agency = f"agency-{number}"
    host = "leads-worker" if point == "inbox.after_park" else HOST[point.split(".")[0]]
    prepare(world, agency, point)
    arm(world, host, point)
    post_homes(world, agency)
    if host == "leads-worker":
        speak_of_a_stranger(world, agency)
    if point == "retry.after_commit":
        world.eventually(lambda: world.rows("leads", "inbox", agency_id=agency, state="parked"))
        let_the_stranger_arrive(world, agency)
    world.eventually(lambda: (world.folder / f"{point}.hit").exists(), 60)
    if not point.startswith("web"):
        world.eventually(lambda: not world.processes[host].is_alive, 20)
    world.restart(host)
    if host == "leads-worker":
        let_the_stranger_arrive(world, agency)
        world.eventually(lambda: lapse_leases(world) and known_about_the_stranger(world, agency), 60)
        assert known_about_the_stranger(world, agency) == 1
    world.eventually(lambda: lapse_leases(world) and world.settled(), 90)
    figures = compare(world, agency)
    print(f"{number:2} {point}: {figures}")
    assert figures["due"] >= HOMES // 2
    # whoever dies with the mail server in the middle of a mail leaves one unknown for each of its threads, no more
    least = 1 if point in ("sending.after_handing_over", "sending.after_acceptance") else 0
    assert least <= figures["unknown"] <= (SENDERS if host == "notifications-worker" else 0)
    assert len(world.rows("properties", "listings", agency_id=agency)) == HOMES


def post_homes(world: World, agency: str) -> None:
    """In three goes, each of them published before the next: whoever works in batches has three of them at least."""

    def post(number: int) -> None:
        world.post("properties", "/v1/listings", a_home(number), f"{agency}-{number}", agency)

    with ThreadPoolExecutor(4) as pool:
        for first in range(0, HOMES, HOMES // 3 + 1):
            list(pool.map(post, range(first, min(first + HOMES // 3 + 1, HOMES))))
            world.eventually(lambda: is_published(world, agency))


def is_published(world: World, agency: str) -> bool:
    """Whether all homes so far are with the broker, or nobody is there to bring them."""
    waiting = {"status": "new", "aggregate": {"$regex": f"^{agency}/"}}
    relay = world.processes["properties-worker"]
    return not (relay.is_alive and world.mongo["properties"].outbox.count_documents(waiting))


def prepare(world: World, agency: str, point: str) -> None:
    world.tell("gateway.agency.changed", agency, THE_AGENCY, agency=agency)
    people = add_people(world, agency, 8)
    add_searches(world, agency, people)
    if point == "crossing.after_slice":  # more matches a home than one transaction writes
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda _: wish_for_anything(world, agency, people[0]), range(SLICE + 20)))
    world.eventually(world.settled, 120)


def wish_for_anything(world: World, agency: str, contact_id: str) -> None:
    wishes = {"contact_id": contact_id, "transaction": "sale", "currency": "EUR", "list_price_max": 900_000}
    world.post("matching", "/v1/saved-searches", wishes | {"alerts": "off"}, agency=agency)


def arm(world: World, host: str, point: str) -> None:
    service, kind = host.split("-")
    world.processes[host].stop()
    nth = 3 if point in ("relay.after_mark", "inbox.after_ack", "sending.after_mark") else 2
    if point in ("inbox.after_park", "retry.after_claim", "retry.after_commit"):
        nth = 1
    world.start_one(service, kind, FAULT=f"{point}:{nth}", FAULT_DIR=str(world.folder))


def speak_of_a_stranger(world: World, agency: str) -> None:
    """An event about a person of whom leads has not heard: parked, until the person is there."""
    told = {"contact_id": f"stranger-{agency}", "listing_id": "somewhere", "channel": "email"}
    world.tell("notifications.delivery.sent", f"delivery-{agency}", told, agency=agency)


def let_the_stranger_arrive(world: World, agency: str) -> None:
    known = copy.deepcopy(world.rows("leads", "contacts", agency_id=agency)[0])
    stranger = known | {"_id": f"stranger-{agency}"}
    world.mongo["leads"].contacts.replace_one({"_id": stranger["_id"]}, stranger, upsert=True)


def known_about_the_stranger(world: World, agency: str) -> int:
    return len(world.rows("leads", "timeline", contact_id=f"stranger-{agency}"))


def lapse_leases(world: World) -> bool:
    """Nobody waits a minute for a lease whose owner is dead: let it have run out."""
    dead = {"state": {"$in": ["claimed", "handing_over"]}}
    for row in world.mongo["notifications"].deliveries.find(dead):
        if not world.is_owner_alive(row["lease_owner"]):
            mine = {"_id": row["_id"], "lease_owner": row["lease_owner"]}
            world.mongo["notifications"].deliveries.update_one(mine, {"$set": {"lease_until": row["created_at"]}})
    for row in world.rows("leads", "inbox", state="parked", lease_owner={"$exists": True}):
        if not world.is_owner_alive(row["lease_owner"]):
            world.mongo["leads"].inbox.update_one(
                {"_id": row["_id"], "lease_owner": row["lease_owner"]}, {"$set": {"not_before": row["at"]}}
            )
    world.mongo["matching"].crossings.update_many({"owner": {"$ne": None}}, [{"$set": {"due": "$$NOW"}}])
    return True
