"""The engine inside its processes: how soon a change is seen, and what one very popular listing costs the others."""

from __future__ import annotations

import random
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from typing import Any

from deploy.local import plan
from deploy.local.processes.process import Program
from shared.messaging.event import now
from shared.running.context import new_id
from shared.running.services import SERVICES
from tests.bench import retries
from tests.bench.caller import Caller
from tests.bench.report import Line, Spread, at_most, figure
from tests.bench.sizes import Sizes
from tests.bench.stage import Stage

POPULAR, OTHER = "agency-popular", "agency-other"
WATCHERS = 2
CALM_HOMES = 20
DIFFERENT = 400  # searches that are stated anew; the others repeat them
WORDS = ("lift", "terrace", "garage", "garden", "pool", "balcony")
EVERY = 0.1
PATIENCE = 120
Document = dict[str, Any]


def measure(stage: Stage, sizes: Sizes) -> list[Line]:
    """Both, on one database of matching; the worker starts only when the searches are in."""
    stage.setup(*SERVICES)
    dice = random.Random(15)
    with Caller(stage.web("matching"), stage.headers(POPULAR)) as mine:
        for number in range(DIFFERENT):
            mine.post("/v1/saved-searches", _wish(f"person-{number}", dice))
    with Caller(stage.place.url("matching"), stage.headers(OTHER)) as others:
        others.post("/v1/saved-searches", _wish("person-1", dice))
    _multiply(stage, sizes.broad)
    lines = [_seen(stage, sizes.changes)]
    stage.worker("matching")
    return [*lines, *_broad(stage, sizes.broad)]


def _wish(contact: str, dice: random.Random) -> Document:
    """A wish that the home meets, stated like few others."""
    wish = {"contact_id": contact, "transaction": "sale", "currency": "EUR", "alerts": "instant"}
    wish |= {"list_price_max": dice.randrange(251, 351) * 1000, "bedrooms_min": dice.randrange(1, 4)}
    wish |= {"living_area_min": dice.randrange(50, 96), "areas": [{"place": {"city": "Sevilla"}}]}
    return wish | {"preferences": {word: dice.choice(("might", "would", "strong")) for word in dice.sample(WORDS, 2)}}


def _home() -> Document:
    home = {"transaction": "sale", "standard_status": "active", "currency": "EUR", "list_price": 250_000}
    return home | {"id": new_id(), "city": "Sevilla", "bedrooms_total": 3, "living_area": 96.5, "features": ["lift"]}


def _multiply(stage: Stage, count: int) -> None:
    """The first agency's searches until there are so many, each another person's, as if crossed long ago."""
    rows = stage.db("matching").searches
    stated = list(rows.find({"agency_id": POPULAR}))
    more = range(len(stated), count)
    copies = [{**stated[at % len(stated)], "_id": new_id(), "contact_id": f"person-{at}"} for at in more]
    rows.insert_many(copies, ordered=False)
    stage.db("matching").outbox.delete_many({})


def _seen(stage: Stage, count: int) -> Line:
    """Change a search again and again; the slower of two other processes counts, from before the write began."""
    rows = stage.db("matching").searches
    search = rows.find_one({"agency_id": POPULAR})
    took = []
    with ExitStack() as stack:
        watchers = [stack.enter_context(_watcher(stage, number)) for number in range(WATCHERS)]
        for sequence in range(search["sequence"] + 1, search["sequence"] + 1 + count):
            for watcher in watchers:
                _say(watcher, f"{search['agency_id']} {search['_id']} {sequence}")
            time.sleep(0.02)
            began = time.monotonic()
            rows.replace_one({"_id": search["_id"]}, search | {"version": sequence, "sequence": sequence})
            took.append(max(float(_hear(watcher)) for watcher in watchers) - began)
    spread = Spread.of(took)
    what = f"a changed search seen by {WATCHERS} other processes"
    return Line(what, str(spread), "from before the write", aim="p99 ≤ 50 ms", met=spread.p99 <= 50)


@contextmanager
def _watcher(stage: Stage, number: int) -> Iterator[subprocess.Popen[str]]:
    program: Program = stage.program(f"watcher-{number}", "matching", "-m", "tests.bench.cross_reference.watcher")
    with program.log.open("a") as log:
        words = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": log, "text": True}
        child = subprocess.Popen(program.leash("-"), env=dict(program.env), cwd=plan.root(), **words)
    try:
        if _hear(child) != "ready":
            raise RuntimeError(program.last_words())
        yield child
    finally:
        child.communicate(timeout=30)


def _say(child: subprocess.Popen[str], line: str) -> None:
    assert child.stdin is not None
    child.stdin.write(line + "\n")
    child.stdin.flush()


def _hear(child: subprocess.Popen[str]) -> str:
    assert child.stdout is not None
    return child.stdout.readline().strip()


def _broad(stage: Stage, count: int) -> list[Line]:
    """One listing that everybody wants, while another agency goes on listing homes."""
    calm = [_tell_and_wait(stage) for _ in range(CALM_HOMES)]
    with _going_on(stage) as told:
        time.sleep(1)
        home, began = _home(), now()
        stage.tell("properties.listing.activated", home["id"], home, POPULAR)
        _wait(stage, POPULAR, home["id"], count)
        ended = now()
    published = _last(stage, "outbox", "sent_at", {"aggregate": f"{POPULAR}/{home['id']}"}) - began
    stored = _last(stage, "matches", "found_at", {"listing_id": home["id"]}) - began
    meanwhile = [
        _arrived(stage, one) - at for one, at in told.items() if began - timedelta(seconds=EVERY) <= at <= ended
    ]
    usual, worst = Spread.of([_seconds(one) for one in calm]), max(_seconds(one) for one in meanwhile)
    events = stage.db("matching").outbox.count_documents({"aggregate": f"{POPULAR}/{home['id']}"})
    return [
        Line(f"one listing, {count:,} matches: stored", f"{figure(_seconds(stored))} s"),
        at_most("  and published", _seconds(published), "s", 2, f"{events} events"),
        at_most("another agency's listing: later by", worst * 1000 - usual.p50, "ms", 100, f"usually {usual}"),
        Line("  listings of its meanwhile", str(len(meanwhile)), retries.told([stage.db("matching")])),
    ]


def _tell_and_wait(stage: Stage) -> timedelta:
    home, at = _home(), now()
    stage.tell("properties.listing.activated", home["id"], home, OTHER)
    _wait(stage, OTHER, home["id"], 1)
    return _arrived(stage, home["id"]) - at


@contextmanager
def _going_on(stage: Stage) -> Iterator[dict[str, datetime]]:
    """The other agency lists a home every now and then; by id, when each was told."""
    told: dict[str, datetime] = {}
    enough = threading.Event()

    def go_on() -> None:
        while not enough.wait(EVERY):
            home = _home()
            told[home["id"]] = now()
            stage.tell("properties.listing.activated", home["id"], home, OTHER)

    thread = threading.Thread(target=go_on)
    thread.start()
    try:
        yield told
    finally:
        enough.set()
        thread.join()
        for one in told:
            _wait(stage, OTHER, one, 1)


def _wait(stage: Stage, agency: str, listing_id: str, count: int) -> None:
    """Wait until `count` matches of a listing are stored and their events are published."""
    db, deadline = stage.db("matching"), time.monotonic() + PATIENCE
    mine = {"agency_id": agency}

    def is_unpublished() -> bool:
        return (db.outbox.find_one({"status": "new"}) or db.crossings.find_one(mine)) is not None

    def is_under_way() -> bool:
        # counting is dear, so a cheap look comes first; matches stored after it may have events to publish
        few = is_unpublished() or db.matches.count_documents({**mine, "listing_id": listing_id}) < count
        return few or is_unpublished()

    while is_under_way():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{count} matches of one listing took more than {PATIENCE} s")
        time.sleep(EVERY)


def _arrived(stage: Stage, listing_id: str) -> datetime:
    """When the word of another agency's match was confirmed by the broker."""
    return _last(stage, "outbox", "sent_at", {"aggregate": f"{OTHER}/{listing_id}"})


def _last(stage: Stage, collection: str, stamp: str, query: Document) -> datetime:
    row = stage.db("matching")[collection].find_one(query, sort=[(stamp, -1)])
    if row is None:
        raise LookupError(f"no {collection} for {query}")
    at: datetime = row[stamp]
    return at


def _seconds(span: timedelta) -> float:
    return span / timedelta(seconds=1)
