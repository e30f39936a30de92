"""The pages of a large agency: time to the first byte, and what a browser fetches for them, cold and warm."""

from __future__ import annotations

import gzip
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from itertools import cycle
from pathlib import Path
from typing import Any

import requests

from deploy.local.servers.private_servers import Servers
from services.notifications.channels.email.links import sign_in_link
from shared.messaging.event import now
from shared.running.context import new_id
from tests.bench.crowd import multiply
from tests.bench.report import Line, Spread, figure
from tests.bench.sizes import Sizes
from tests.browser.running_system import PASSWORD, AgencyAtWork, RunningSystem
from tests.system.crossing import a_home
from tests.system.world import World

FEW = 40
PATIENCE = 300
MOST_MS, MOST_COLD, MOST_WARM = 150, 400, 40
MOST_PREVIEW_MS = 20
BUDGET: dict[str, Any] = {"transaction": "sale", "currency": "EUR", "list_price_max": 250_000}
ALL_SORTS: dict[str, Any] = {
    **BUDGET,
    "list_price_min": 150_000,
    "bedrooms_min": 2,
    "living_area_min": 80,
    "property_sub_types": ["apartment"],
    "must_have": ["lift"],
    "wont_accept": ["pool"],
    "preferences": {"terrace": "would"},
    "areas": [
        {"circle": {"latitude": 36.53, "longitude": -6.29, "radius_km": 3}},
        {"place": {"city": "Sevilla"}},
    ],
}
AIM = f"p95 ≤ {MOST_MS} ms, {MOST_COLD} kB, {MOST_WARM} kB"
DRAFTS = {"a budget": BUDGET, "all sorts of wishes": ALL_SORTS}
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
ASSET = re.compile(r'(?:href|src)="(/(?:assets|brand|drawings)/[^"#]+)')
FONT = re.compile(r"/assets/[^\"')]+\.woff2[^\"')]*")


@dataclass
class Reader:
    """A browser without a screen: keeps its connection and its cookies, and weighs what it is given."""

    url: str
    http: requests.Session = field(default_factory=requests.Session)

    def first_byte(self, path: str) -> float:
        """Seconds until the answer begins; it must be the page itself."""
        began = time.perf_counter()
        answer = self.http.get(self.url + path, stream=True, allow_redirects=False, timeout=30)
        took = time.perf_counter() - began
        body = answer.content
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status_code} {body[:300]!r}")
        return took

    def weight(self, path: str) -> tuple[float, float]:
        """Kilobytes on the wire for somebody who comes first, and for somebody who was here before."""
        html = self.http.get(self.url + path, timeout=30).text
        warm = len(gzip.compress(html.encode(), 5)) / 1000
        assets = {unescape(each) for each in ASSET.findall(html)}
        styles = (self.http.get(self.url + each, timeout=30).text for each in assets if ".css" in each)
        assets |= {font for style in styles for font in FONT.findall(style)}
        return warm + sum(self._wire(each) for each in assets), warm

    def post(self, path: str, **fields: str) -> None:
        """Fill in the form of a page."""
        token = TOKEN.search(self.http.get(self.url + path, timeout=30).text)
        if token is None:
            raise RuntimeError(f"{path} shows no form")
        answer = self.http.post(self.url + path, {"csrf_token": token[1], **fields}, timeout=30)
        if not answer.ok:
            raise RuntimeError(f"{path}: {answer.status_code}")

    def _wire(self, path: str) -> float:
        answer = self.http.get(self.url + path, stream=True, timeout=30)
        answer.raise_for_status()
        return len(answer.raw.read(decode_content=False)) / 1000


def measure(folder: Path, servers: Servers, sizes: Sizes) -> list[Line]:
    """Every page of the people at work and of one prospect, over an agency of `sizes.crowd` of everything."""
    (folder / "pages").mkdir()
    world = World(folder / "pages", servers)
    try:
        world.start()
        agency = RunningSystem(world).agency()
        people, homes, wishes = _a_few(agency)
        world.eventually(world.settled, PATIENCE)
        multiply(lambda service: world.mongo[service], agency.id, [*people, *homes, *wishes], sizes.crowd // FEW)
        _wait_for_the_index(world, agency, sizes.crowd)
        worker, prospect = _worker(world, agency), _prospect(world, agency, people[0])
        visits = [(worker, path) for path in _at_work(people[0], homes[0], wishes[0])]
        lines = _lines([*visits, *((prospect, path) for path in _mine(homes[0], wishes[0]))], sizes.visits)
        return [*lines, *_previews(world, agency, people[0], sizes.visits)]
    finally:
        world.stop()


def _a_few(agency: AgencyAtWork) -> tuple[list[str], list[str], list[str]]:
    """People, their wishes and homes of the usual kind; who fits whom is found by the engine itself."""
    people = [agency.person(f"Person {number}", phone=f"+3460000{number:04}") for number in range(FEW)]
    wishes = [
        agency.wishes(person, name=f"Wish {number}", list_price_max=200_000 + 3_000 * number)
        for number, person in enumerate(people)
    ]
    homes = [agency.home(**a_home(number)) for number in range(FEW)]
    return people, homes, wishes


def _wait_for_the_index(world: World, agency: AgencyAtWork, homes: int) -> None:
    wish = {"transaction": "sale", "currency": "EUR", "list_price_max": 10_000_000}

    def all_seen() -> bool:
        told = world.call("matching", "POST", "/v1/saved-searches/preview", agency=agency.id, json=wish).json()
        return bool(told["everything"] >= homes)

    world.eventually(all_seen, PATIENCE)


def _worker(world: World, agency: AgencyAtWork) -> Reader:
    reader = Reader(world.place.url("gateway"))
    reader.post("/sign-in", email=agency.admin.email, password=PASSWORD, next="/account")
    return reader


def _prospect(world: World, agency: AgencyAtWork, person: str) -> Reader:
    secret = world.processes["gateway-web"].program.env["SECRET_KEY"]
    until = (now() + timedelta(minutes=10)).timestamp()
    who = {"agency_id": agency.id, "contact_id": person, "request_id": new_id(), "language": "en"}
    reader = Reader(world.place.url("gateway"))
    reader.post(sign_in_link(secret, "", until, **who))
    return reader


def _at_work(person: str, home: str, wish: str) -> list[str]:
    return [
        *("/", "/contacts", f"/contacts/{person}", f"/wishes/{wish}", "/listings", f"/listings/{home}"),
        *(f"/explain?saved_search_id={wish}&listing_id={home}", "/sent", "/search?q=person", "/imports", "/services"),
        *("/members", "/clients", "/sign-ins", "/dead", "/agency", f"/homes/{home}"),
    ]


def _mine(home: str, wish: str) -> list[str]:
    return ["/me", "/me/saved", "/me/wishes", f"/me/wishes/{wish}", f"/me/homes/{home}", "/me/you"]


def _previews(world: World, agency: AgencyAtWork, person: str, times: int) -> list[Line]:
    """What the wishes editor asks while somebody moves the budget: with nothing else wished, and with all sorts."""
    http, url = requests.Session(), world.place.url("matching") + "/v1/saved-searches/preview"
    http.headers.update(world.issuer.headers("admin", agency.id))

    budgets = cycle(range(BUDGET["list_price_max"], BUDGET["list_price_max"] + 20_000, 1_000))

    def look(wishes: dict[str, Any]) -> tuple[float, int]:
        draft = wishes | {"contact_id": person, "list_price_max": next(budgets)}
        began = time.perf_counter()
        answer = http.post(url, json=draft, timeout=30)
        took = time.perf_counter() - began
        answer.raise_for_status()
        return took, answer.json()["total"]

    return [_preview(name, lambda w=wishes: look(w), times) for name, wishes in DRAFTS.items()]


def _preview(name: str, look: Callable[[], tuple[float, int]], times: int) -> Line:
    _, homes = look()
    spread = Spread.of([look()[0] for _ in range(times)])
    aim, met = f"p50 ≤ {MOST_PREVIEW_MS} ms", spread.p50 <= MOST_PREVIEW_MS
    return Line(f"preview of {name}", str(spread), f"{homes:,} homes fit", aim=aim, met=met)


def _lines(visits: list[tuple[Reader, str]], times: int) -> list[Line]:
    lines = []
    for reader, path in visits:
        reader.first_byte(path)
        spread = Spread.of([reader.first_byte(path) for _ in range(times)])
        cold, warm = reader.weight(path)
        name = re.sub(r"[0-9a-f-]{36}", "…", path)
        told = f"{figure(cold)} kB cold, {figure(warm)} kB warm"
        met = spread.p95 <= MOST_MS and cold <= MOST_COLD and warm <= MOST_WARM
        lines.append(Line(name, str(spread), told, aim=AIM, met=met))
    return lines
