"""Posting and reading a listing by HTTP, beside a bare view that does the same database work."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from deploy.local.servers import ports
from deploy.local.servers.private_servers import Servers
from services.properties.store import INDEXES
from shared.messaging import outbox
from shared.storage import mongo
from tests.bench.caller import Caller
from tests.bench.report import Line, Spread, figure
from tests.bench.rivals import bare
from tests.bench.sizes import Sizes
from tests.bench.stage import SECONDS_TO_START, Stage

CLIENTS = (1, 4)
KEPT = 100  # listings that are read again and again
AIM = 0.6
GUNICORN = ("-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "tests.bench.rivals.bare:create_app()")
Ask = Callable[[Caller, int], Any]


@dataclass
class Door:
    """One of the two servers, and how long its answers took, by method and number of clients."""

    name: str
    url: str
    headers: dict[str, str]
    ids: list[str] = field(default_factory=list)
    took: dict[tuple[str, int], list[float]] = field(default_factory=dict)
    walls: dict[tuple[str, int], float] = field(default_factory=dict)

    def rate(self, what: tuple[str, int]) -> float:
        """Requests a second."""
        return len(self.took[what]) / self.walls[what]


def measure(folder: Path, servers: Servers, sizes: Sizes) -> list[Line]:
    """Rounds of each kind on both servers, in turn, so that both see the same machine."""
    with Stage(folder, servers, "http") as stage:
        rivals = (_bare(stage), _lintel(stage))
        for door in rivals:
            with Caller(door.url, door.headers) as caller:
                door.ids = [_id(caller.post("/v1/listings", _home(number))) for number in range(KEPT)]
        kinds = [(method, clients) for clients in CLIENTS for method in ("GET", "POST")]
        for turn in range(sizes.rounds):
            for kind in kinds:
                for door in rivals if turn % 2 else rivals[::-1]:
                    _round(door, kind, sizes.requests)
    return [line for kind in kinds for line in _lines(kind, *rivals)]


def _lintel(stage: Stage) -> Door:
    stage.setup("properties")
    return Door("Lintel", stage.web("properties"), stage.headers(bare.AGENCY))


def _bare(stage: Stage) -> Door:
    mongo.prepare(stage.db(bare.NAME), {**INDEXES, **outbox.INDEXES})
    address = f"127.0.0.1:{ports.free(1)[0]}"
    running = stage.start(stage.program("bare", "properties", *GUNICORN, BIND=address))
    url = f"http://{address}"
    running.wait_until(lambda: _answers(url), SECONDS_TO_START)
    return Door("bare", url, {})


def _answers(url: str) -> bool:
    try:
        return requests.get(f"{url}/v1/listings/none", timeout=2).status_code == 404
    except requests.RequestException:
        return False


def _home(number: int) -> dict[str, Any]:
    return {
        "transaction": "sale",
        "currency": "EUR",
        "list_price": 250_000 + number,
        "property_sub_type": "apartment",
        "bedrooms_total": 3,
        "bathrooms_total": 2,
        "living_area": 96.5,
        "year_built": 1974,
        "street_name": "Calle Betis",
        "city": "Sevilla",
        "postal_code": "41010",
        "country": "ES",
        "latitude": 37.384,
        "longitude": -6.002,
        "features": ["lift", "balcony", "air_conditioning"],
        "features_absent": ["pool"],
        "public_remarks": {"es": "Piso luminoso cerca del río.", "en": "Bright flat near the river."},
    }


def _id(said: bytes) -> str:
    answer = json.loads(said)
    return str(answer.get("id") or answer["_id"])


def _round(door: Door, kind: tuple[str, int], count: int) -> None:
    """So many requests from so many clients on connections that stay open."""
    method, clients = kind

    def work(client: int) -> list[float]:
        with Caller(door.url, door.headers) as caller:
            return list(_timed(caller, door, method, range(client, count, clients)))

    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        took = [seconds for part in pool.map(work, range(clients)) for seconds in part]
    door.walls[kind] = door.walls.get(kind, 0.0) + time.perf_counter() - began
    door.took.setdefault(kind, []).extend(took)


def _timed(caller: Caller, door: Door, method: str, numbers: range) -> Iterator[float]:
    for number in numbers:
        began = time.perf_counter()
        if method == "GET":
            caller.get(f"/v1/listings/{door.ids[number % len(door.ids)]}")
        else:
            caller.post("/v1/listings", _home(number))
        yield time.perf_counter() - began


def _lines(kind: tuple[str, int], rival: Door, lintel: Door) -> list[Line]:
    method, clients = kind
    ours, theirs = lintel.rate(kind), rival.rate(kind)
    name = f"{method} of a listing, {clients} client{'s' if clients > 1 else ''}"
    told = (f"{figure(ours)} /s", f"{rival.name}: {figure(theirs)} /s", f"{ours / theirs:.2f} ×")
    spreads = (str(Spread.of(lintel.took[kind])), f"{rival.name}: {Spread.of(rival.took[kind])}")
    return [Line(name, *told, f"≥ {AIM:g} × bare", ours / theirs >= AIM), Line("", *spreads)]
