"""From the 201 of a listing to the mail server's acceptance of its alert: idle, beside the floor, and in a rush."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from deploy.local.servers import ports
from deploy.local.servers.private_servers import Servers
from shared.messaging.event import now
from tests.bench import retries
from tests.bench.caller import Caller
from tests.bench.catcher import Catcher
from tests.bench.report import Line, Spread, compared, figure
from tests.bench.rivals.floor import Floor, Samples
from tests.bench.sizes import Sizes
from tests.bench.stage import HOURS
from tests.system.crossing import CONSENT, a_home, add_people, add_searches
from tests.system.world import THE_AGENCY, World

CALM, RUSH = "agency-calm", "agency-rush"
CLIENTS = 4
PEOPLE_IN_A_RUSH = 12
PAUSE = 0.05  # what follows an alert (its marks and events) is over by then
PATIENCE = 600
AIM = 3.0


def measure(folder: Path, servers: Servers, sizes: Sizes) -> list[Line]:
    """Both figures, from one world of all services."""
    (folder / "pipeline").mkdir()
    with Catcher(ports.free(1)[0]) as catcher, _world(folder / "pipeline", servers, catcher) as world:
        _people_with_a_wish_each(world, sizes.alerts + 1)
        lines = _idle(world, catcher, sizes.alerts)
        return [*lines, *_rush(world, catcher, sizes.rush)]


@contextmanager
def _world(folder: Path, servers: Servers, catcher: Catcher) -> Iterator[World]:
    world = World(folder, servers)
    try:
        world.start(SMTP_URL=catcher.url)
        for agency in (CALM, RUSH):
            world.tell("gateway.agency.changed", agency, THE_AGENCY, agency=agency)
        yield world
    finally:
        world.stop()


def _people_with_a_wish_each(world: World, count: int) -> None:
    """So many people who want alerts, each for homes of one price that nobody else wishes for."""
    for number in range(count):
        person = {"full_name": f"Person {number}", "email": _address(number), "consents": [CONSENT]}
        person |= {"language": ("es", "pt", "sl", "sv", "en")[number % 5], "time_zone": "Europe/Madrid"}
        contact = world.post("leads", "/v1/contacts", person, agency=CALM)["id"]
        wish = {"contact_id": contact, "transaction": "sale", "currency": "EUR", "alerts": "instant"}
        wish |= {"list_price_min": _price(number), "list_price_max": _price(number), "tolerance_percent": 0}
        wish |= {"areas": [{"place": {"city": "Sevilla"}}], "preferences": {"lift": "would"}}
        world.post("matching", "/v1/saved-searches", wish, agency=CALM)
    world.eventually(world.settled, PATIENCE)


def _address(number: int) -> str:
    return f"calm.{number}@example.com"


def _price(number: int) -> int:
    return 100_000 + 1000 * number


def _home_for(number: int) -> dict[str, Any]:
    return {
        "transaction": "sale",
        "currency": "EUR",
        "list_price": _price(number),
        "property_sub_type": "apartment",
        "bedrooms_total": 3,
        "bathrooms_total": 2,
        "living_area": 96.5,
        "year_built": 1974,
        "city": "Sevilla",
        "postal_code": "41001",
        "country": "ES",
        "latitude": 37.389,
        "longitude": -5.994,
        "features": ["lift", "balcony"],
        "public_remarks": {"es": "Piso luminoso cerca del río.", "en": "Bright flat near the river."},
    }


def _idle(world: World, catcher: Catcher, count: int) -> list[Line]:
    """One listing at a time, and after each a round of the floor, so that both see the same machine."""
    alerts, rounds = [], []
    with Caller(world.place.url("properties"), _token(world, CALM)) as caller:
        _alert(caller, catcher, 0)
        floor = Floor(world.place.mongo_url, world.place.amqp_url, catcher.port, _samples(world, catcher))
        floor.once()
        for number in range(1, count + 1):
            alerts.append(_alert(caller, catcher, number))
            time.sleep(PAUSE)
            rounds.append(floor.once())
            time.sleep(PAUSE)
        floor.close()
    totals = Spread.of([sum(one.values()) for one in rounds])
    line = compared("idle: 201 to the mail accepted", Spread.of(alerts), totals, "floor", AIM)
    parts = [f"{name} {figure(Spread.of([one[name] for one in rounds]).p50)}" for name in rounds[0]]
    return [line, Line("  the floor's p50 by its parts", "", f"{', '.join(parts)} ms")]


def _alert(caller: Caller, catcher: Catcher, number: int) -> float:
    caller.post("/v1/listings", _home_for(number))
    answered = time.monotonic()
    return catcher.accepted(_address(number)) - answered


def _samples(world: World, catcher: Catcher) -> Samples:
    world.eventually(world.settled)
    return Samples(
        listing=world.rows("matching", "listings", agency_id=CALM)[0],
        match=world.rows("matching", "matches", agency_id=CALM)[0],
        delivery=world.rows("notifications", "deliveries", agency_id=CALM)[0],
        inbox=world.rows("notifications", "inbox", agency_id=CALM)[0],
        mail=catcher.last_mail,
    )


@dataclass(frozen=True)
class Clock:
    """One moment on both clocks: rows carry the wall's, mails the monotonic one's."""

    wall: datetime
    monotonic: float

    def until(self, wall: datetime) -> float:
        """Seconds from then to a time that a row carries."""
        return (wall - self.wall) / timedelta(seconds=1)


def _rush(world: World, catcher: Catcher, count: int) -> list[Line]:
    """Many listings from several clients at once, until nothing is under way any more."""
    add_searches(world, RUSH, add_people(world, RUSH, PEOPLE_IN_A_RUSH))
    world.eventually(world.settled, PATIENCE)
    before, began = catcher.count, Clock(now(), time.monotonic())
    _post_all(world, count)
    posted = time.monotonic() - began.monotonic
    _wait_until_settled(world)
    mails, since = catcher.count - before, {"at": {"$gte": began.wall}}
    events = sum(world.mongo[service].outbox.count_documents(since) for service in world.services)
    took = max(catcher.last_at - began.monotonic, *(_last_sent(world, service, began) for service in world.services))
    told = f"{count} listings, {events} events, {mails} mails in {took:.1f} s"
    again = retries.told(world.mongo[service] for service in world.services)
    return [
        Line("rush: listings accepted", f"{figure(count / posted)} /s", f"{CLIENTS} clients, {posted:.1f} s"),
        Line("rush: listings through to their last mail", f"{figure(count / took)} /s", told),
        Line("rush: events published and handled", f"{figure(events / took)} /s", again),
        Line("rush: mails accepted", f"{figure(mails / took)} /s"),
    ]


def _post_all(world: World, count: int) -> None:
    url, token = world.place.url("properties"), _token(world, RUSH)

    def post(client: int) -> None:
        with Caller(url, token) as caller:
            for number in range(client, count, CLIENTS):
                caller.post("/v1/listings", a_home(number))

    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(post, range(CLIENTS)))


def _wait_until_settled(world: World) -> None:
    """Ask rarely: asking costs the database, and the end is read from the stamps of what was done."""
    deadline = time.monotonic() + PATIENCE
    while not world.settled():
        if time.monotonic() > deadline:
            raise TimeoutError(f"not settled within {PATIENCE} s\n{world.last_words()}")
        time.sleep(1)


def _last_sent(world: World, service: str, began: Clock) -> float:
    """Seconds from the beginning to the last event that a service published."""
    last = world.mongo[service].outbox.find_one({"sent_at": {"$gte": began.wall}}, sort=[("sent_at", -1)])
    return began.until(last["sent_at"]) if last else 0.0


def _token(world: World, agency: str) -> dict[str, str]:
    return world.issuer.headers("admin", agency, seconds=HOURS)
