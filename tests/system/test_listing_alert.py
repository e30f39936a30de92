"""The main path, over real processes: an agent posts a home, and seconds later those who wish for it have a mail."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Any

import pytest
import requests

from deploy.local import plan
from shared.messaging.bus import Publisher
from shared.messaging.outbox import Outgoing
from tests.system.world import THE_AGENCY, World, a_world

pytestmark = [pytest.mark.owns_servers, pytest.mark.timeout(180)]
CONSENT = {"purpose": "alerts", "channel": "email", "state": "granted", "wording_version": "1", "source": "form"}
UNDER_BUDGET = {
    "en": "under budget",
    "es": "por debajo del presupuesto",
    "pt": "abaixo do orçamento",
    "sl": "pod zgornjo mejo",
    "sv": "under budget",
}


@dataclass
class Desk:
    """An agency at work: calls in its name, and the mails that its people have."""

    world: World
    token: str
    agency_id: str

    def call(self, service: str, method: str, path: str, **more: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {self.token}"} | more.pop("headers", {})
        answer: requests.Response = self.world.call(service, method, path, headers=headers, **more)
        return answer

    def post(self, service: str, path: str, body: dict[str, Any]) -> Any:
        answer = self.call(service, "POST", path, json=body)
        assert answer.status_code in (200, 201), answer.text
        return answer.json()

    def person(self, name: str, language: str = "es", wants: bool = True) -> str:
        body = {"full_name": name, "email": f"{name.lower()}@example.com", "language": language}
        body |= {"time_zone": "Europe/Madrid", "consents": [CONSENT] if wants else []}
        return str(self.post("leads", "/v1/contacts", body)["id"])

    def search(self, contact_id: str, **wishes: Any) -> str:
        body = {"contact_id": contact_id, "transaction": "sale", "currency": "EUR", "list_price_max": 300_000}
        return str(self.post("matching", "/v1/saved-searches", body | wishes)["id"])

    def home(self, **facts: Any) -> str:
        body = {"transaction": "sale", "currency": "EUR", "list_price": 289_000, "bedrooms_total": 3}
        return str(self.post("properties", "/v1/listings", body | facts)["id"])

    def mails_to(self, name: str) -> list[EmailMessage]:
        address = f"{name.lower()}@example.com"
        every = [parsed(mail.as_bytes()) for mail in self.world.mails()]
        return [mail for mail in every if address in str(mail["To"])]

    def quiet(self) -> None:
        self.world.eventually(self.world.settled, 60)


def parsed(raw: bytes) -> EmailMessage:
    message = BytesParser(policy=default).parsebytes(raw)
    assert isinstance(message, EmailMessage)
    return message


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with a_world(tmp_path_factory.mktemp("story")) as world:
        yield world


@pytest.fixture(scope="module")
def platform(world: World) -> str:
    """The operator's token."""
    program = plan.program(world.place, "gateway", "web")
    words = [sys.executable, "-m", "services.gateway", "create-client", "--role", "operator", "--name", "Story"]
    made = subprocess.run(words, env=dict(program.env), cwd=plan.root(), capture_output=True, text=True, check=True)
    return token(world, **json.loads(made.stdout.splitlines()[-1]))


def token(world: World, client_id: str, client_secret: str) -> str:
    url = world.place.url("gateway") + "/oauth/token"
    answer = requests.post(url, {"grant_type": "client_credentials"}, auth=(client_id, client_secret), timeout=10)
    return str(answer.json()["access_token"])


def open_desk(world: World, platform: str, name: str) -> Desk:
    operator = Desk(world, platform, "")
    admin = {"email": f"admin@{name}.example.com", "display_name": "Marta", "password": "a long enough password"}
    agency = {**THE_AGENCY, "name": name, "from_address": f"homes@{name}.example.com", "admin": admin}
    agency_id = operator.post("gateway", "/v1/agencies", agency)["id"]
    program = plan.program(world.place, "gateway", "web")
    words = [sys.executable, "-m", "services.gateway", "create-client", "--role", "admin", "--name", "Desk"]
    words += ["--agency", agency_id]
    made = subprocess.run(words, env=dict(program.env), cwd=plan.root(), capture_output=True, text=True, check=True)
    return Desk(world, token(world, **json.loads(made.stdout.splitlines()[-1])), agency_id)


@pytest.fixture(scope="module")
def desk(world: World, platform: str) -> Desk:
    return open_desk(world, platform, "lintel-one")


def test_everyone_whose_wishes_it_meets_is_told_in_their_language_and_nobody_else(desk: Desk) -> None:
    for language in UNDER_BUDGET:
        desk.search(desk.person(f"Fits{language}", language), areas=[{"place": {"city": "Sevila"}}], name="Home")
    desk.search(desk.person("Nowish", wants=False), areas=[{"place": {"city": "Sevilla"}}])
    desk.search(desk.person("Elsewhere"), areas=[{"place": {"city": "Lisboa"}}])
    desk.search(desk.person("Daily"), areas=[{"place": {"city": "Sevilla"}}], alerts="daily")
    desk.search(desk.person("Needslift"), must_have=["ascensor"], areas=[{"place": {"city": "Sevilla"}}])
    listing = desk.home(city="Sevilla", features=["garden"])
    for language, words in UNDER_BUDGET.items():
        mails = desk.world.eventually(lambda name=f"Fits{language}": desk.mails_to(name), 30)
        assert len(mails) == 1
        mail = mails[0]
        text = mail.get_body(("plain",)).get_content().replace("\u00a0", " ")
        html = mail.get_body(("html",)).get_content()
        assert words in text
        assert f"/homes/{listing}" in text
        assert f"/homes/{listing}" in html
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert str(mail["Content-Language"]).startswith(language)
    desk.quiet()
    for name in ("Nowish", "Elsewhere", "Daily", "Needslift"):
        assert desk.mails_to(name) == []
    held = desk.call("notifications", "GET", "/v1/deliveries", params={"state": "held"}).json()["items"]
    assert [row["reason"] for row in held] == ["daily"]
    kinds = {kind: people(desk, listing, kind) for kind in ("match", "possible", "near")}
    assert [len(found) for found in kinds.values()] == [7, 1, 0]


def people(desk: Desk, listing: str, kind: str) -> list[dict[str, Any]]:
    answer = desk.call("matching", "GET", f"/v1/listings/{listing}/matches", params={"kind": kind})
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def test_a_search_saved_after_the_home_finds_it_too(desk: Desk) -> None:
    listing = desk.home(city="Porto", list_price=150_000)
    search = desk.search(desk.person("Later", "pt"), areas=[{"place": {"city": "Porto"}}])
    desk.world.eventually(lambda: desk.mails_to("Later"), 30)
    homes = desk.call("matching", "GET", f"/v1/saved-searches/{search}/matches").json()["items"]
    assert [home["listing_id"] for home in homes] == [listing]


def test_a_price_drop_brings_a_search_in_and_a_withdrawal_takes_it_out(desk: Desk) -> None:
    desk.search(desk.person("Dreamer", "sl"), areas=[{"place": {"city": "Koper"}}], list_price_max=200_000)
    listing = desk.home(city="Koper", list_price=215_000)
    desk.quiet()
    assert desk.mails_to("Dreamer") == []
    assert len(people(desk, listing, "near")) == 1
    desk.post("properties", f"/v1/listings/{listing}/price-changes", {"list_price": 199_000})
    mails = desk.world.eventually(lambda: desk.mails_to("Dreamer"), 30)
    assert "215.000" in mails[0].get_body(("plain",)).get_content()
    assert len(people(desk, listing, "match")) == 1
    desk.post("properties", f"/v1/listings/{listing}/status-changes", {"standard_status": "withdrawn"})
    desk.quiet()
    assert people(desk, listing, "match") == []
    assert len(desk.mails_to("Dreamer")) == 1


def test_one_click_stops_alerts_and_looking_at_the_page_does_not(desk: Desk) -> None:
    contact = desk.person("Enough", "en")
    desk.search(contact, areas=[{"place": {"city": "Malmö"}}], currency="EUR")
    desk.home(city="Malmö", list_price=100_000)
    mail = desk.world.eventually(lambda: desk.mails_to("Enough"), 30)[0]
    link = re.fullmatch(r"<(\S+)>", str(mail["List-Unsubscribe"]).replace("\n", "").replace(" ", ""))
    assert link is not None
    assert requests.get(link[1], timeout=10).status_code == 200
    now = desk.call("leads", "GET", f"/v1/contacts/{contact}/consents/current").json()
    assert "granted" in json.dumps(now)
    told = requests.post(link[1], {"List-Unsubscribe": "One-Click"}, allow_redirects=False, timeout=10)
    assert told.status_code == 200
    assert not told.cookies
    desk.quiet()
    desk.home(city="Malmö", list_price=90_000)
    desk.quiet()
    assert len(desk.mails_to("Enough")) == 1


def test_an_erased_person_gets_nothing_and_leaves_nothing(desk: Desk) -> None:
    contact = desk.person("Forgotten", "sv")
    desk.search(contact, areas=[{"place": {"city": "Lund"}}])
    desk.quiet()
    assert desk.call("leads", "POST", f"/v1/contacts/{contact}/erasure", json={}).status_code == 200
    desk.quiet()
    desk.home(city="Lund", list_price=100_000)
    desk.quiet()
    assert desk.mails_to("Forgotten") == []
    for service in desk.world.services:
        for collection in desk.world.mongo[service].list_collection_names():
            for row in desk.world.rows(service, collection):
                assert "forgotten@example.com" not in json.dumps(row, default=str).lower()


def test_another_agency_sees_none_of_it(desk: Desk, world: World, platform: str) -> None:
    other = open_desk(world, platform, "lintel-two")
    listing = desk.home(city="Bristol")
    desk.quiet()
    assert other.call("properties", "GET", f"/v1/listings/{listing}").status_code == 404
    assert other.call("matching", "GET", f"/v1/listings/{listing}/matches").status_code == 404
    for service, path in (
        ("properties", "/v1/listings"),
        ("matching", "/v1/saved-searches"),
        ("leads", "/v1/contacts"),
        ("notifications", "/v1/deliveries"),
    ):
        assert other.call(service, "GET", path).json()["items"] == []


def test_a_message_that_nobody_can_read_is_buried_with_its_reason_and_the_next_one_is_handled(
    desk: Desk, platform: str
) -> None:
    publisher = Publisher(desk.world.place.amqp_url, "stranger")
    publisher.publish([Outgoing("x1", "properties.listing.changed", b"\xff not json", True)])
    publisher.close()
    desk.search(desk.person("Patient"), areas=[{"place": {"city": "Ptuj"}}])
    desk.home(city="Ptuj")
    desk.world.eventually(lambda: desk.mails_to("Patient"), 30)
    operator = replace(desk, token=platform)
    for service in ("matching", "leads", "gateway"):
        entries = operator.call(service, "GET", "/v1/dead-entries").json()["items"]
        assert [entry["error"] for entry in entries] == ["not JSON: UnicodeDecodeError"]
        assert desk.call(service, "GET", "/v1/dead-entries").json()["items"] == []
        path = f"/v1/dead-entries/{entries[0]['id']}/discard"
        assert operator.call(service, "POST", path, json={"reason": "a stranger's"}).status_code == 204
        assert operator.call(service, "GET", "/v1/dead-entries").json()["items"] == []
