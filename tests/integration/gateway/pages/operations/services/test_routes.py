"""How the services are, and how many work: as an admin and the operator see it."""

from __future__ import annotations

import json
import re
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from services.gateway.upstream.supervision import Supervisor
from shared.running.processes import Presence
from shared.running.rates import HANDLED, PUBLISHED, Tally
from tests.integration.gateway.gateway_client import GatewayClient
from tests.integration.gateway.pages.operations.dead_entries.buried import bury, post
from tests.integration.gateway.services_world import ServicesWorld


class Door:
    """Stands in for the launcher: keeps a number, at a socket, for whoever knows the word."""

    def __init__(self, path: Path) -> None:
        self.wanted = {"leads": 1, "properties": 1, "matching": 2, "notifications": 1, "gateway": 1}
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.bind(str(path))
        self._socket.listen()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            caller, _ = self._socket.accept()
            with caller:
                asked = json.loads(caller.makefile("rb").readline())
                if "service" in asked:
                    self.wanted[asked["service"]] = asked["workers"]
                right = asked["key"] == "the word"
                told = {"wanted": self.wanted, "most": 8} if right else {"refused": "the key is not right"}
                caller.sendall(json.dumps(told).encode() + b"\n")


@pytest.fixture
def door(gateway: GatewayClient, tmp_path: Path) -> Iterator[Door]:
    before = gateway.deps.supervisor
    object.__setattr__(gateway.deps, "supervisor", Supervisor(str(tmp_path / "door"), "the word"))
    yield Door(tmp_path / "door")
    object.__setattr__(gateway.deps, "supervisor", before)


def test_instances_versions_backlogs_and_rates_are_told(services_world: ServicesWorld, admin: tuple[str, Any]) -> None:
    room = services_world.rooms["leads"]
    tally = Tally()
    Presence(room.db, "one", "leads", "worker", tally).announce("consuming")
    Presence(room.db, "two", "leads", "worker").announce("not ready")
    Presence(room.db, "three", "leads", "web").announce("serving")
    tally.add(HANDLED, 40)
    tally.add(PUBLISHED, 20)
    tally.record(room.db)
    page = admin[1].get("/services?open=leads").text
    assert "leads-worker-2" in page
    assert "leads-web-1" in page
    assert "starting up" in page
    assert "0.1.0" in page
    assert "one running, one starting" in page
    assert "docker compose up -d --no-recreate --scale leads-worker=3" in page
    assert "kubectl -n lintel scale deploy/leads-worker --replicas=3" in page
    told = room.call("GET", "/v1/status", "admin").json
    assert told["rates"]["now"][HANDLED] > told["rates"]["now"][PUBLISHED] > 0
    assert len(told["rates"]["handled"]) == 60


def test_the_queues_are_told_and_a_broker_that_is_away_too(
    services_world: ServicesWorld, admin: tuple[str, Any]
) -> None:
    assert "RabbitMQ and MongoDB answer" in admin[1].get("/services").text
    depths, before = services_world.gateway.deps.depths, services_world.gateway.deps.depths._url
    depths._url, depths._connection = "amqp://127.0.0.1:1", None
    page = admin[1].get("/services").text
    depths._url = before
    assert "MongoDB answers, RabbitMQ does not" in page
    assert "unknown" in page


def test_a_service_that_is_away_is_told_and_spoils_nothing(
    services_world: ServicesWorld, admin: tuple[str, Any]
) -> None:
    with services_world.without("leads"):
        page = admin[1].get("/services")
    assert page.status_code == 200
    assert "<b>leads is not answering.</b>" in page.text
    assert "notifications is not answering" not in page.text


def test_the_operator_meets_nobodys_data_on_any_route_of_any_service(
    services_world: ServicesWorld, operator: Any
) -> None:
    made = services_world.agency()
    person = services_world.person(made["id"], "Canary Person")
    canaries = ("Canary", "ana@example.com", made["admin"]["email"], person)
    bury(services_world, made["id"])

    def address(rule: Any) -> str:
        return re.sub(r"<[^>]+>", person, rule.rule)

    asked = 0
    for room in (services_world.gateway.room, *services_world.rooms.values()):
        app = room.client.application
        for rule in app.url_map.iter_rules():
            if "GET" not in (rule.methods or ()):
                continue
            pages = hasattr(app.view_functions[rule.endpoint], "session_roles")
            answer = operator.get(address(rule)) if pages else room.call("GET", address(rule), "operator")
            assert answer.status_code != 500, rule.rule
            told = answer.text.replace(address(rule), "")
            assert not [each for each in canaries if each in told], (room.name, rule.rule)
            asked += 1
    assert asked > 60


def test_an_agent_has_no_services_to_see_and_nothing_to_act_on(
    services_world: ServicesWorld, admin: tuple[str, Any]
) -> None:
    agent = services_world.gateway.signed_in(services_world.gateway.member(admin[0])["email"])
    for path in ("/services", "/dead", "/dead/leads", "/dead/leads/x"):
        assert agent.get(path).status_code == 403
    for path in ("/dead/leads/x/replay", "/dead/leads/x/discard", "/services/leads/workers"):
        assert post(agent, path, workers="2", reason="x").status_code == 403


def test_workers_are_kept_by_the_supervisor_and_it_is_written_down_who_wanted_it(
    door: Door, admin: tuple[str, Any], operator: Any
) -> None:
    answer = post(admin[1], "/services/matching/workers", workers="3")
    assert answer.status_code == 303
    assert door.wanted["matching"] == 3
    page = admin[1].get("/services?open=matching").text
    assert "2 to 3 workers" in page
    assert "Inés" in page
    assert "make scale SERVICE=matching N=3" in page
    theirs = operator.get("/services").text
    assert "2 to 3 workers" in theirs
    assert "Inés" not in theirs
    assert post(operator, "/services/matching/workers", workers="1").status_code == 303
    assert door.wanted["matching"] == 1


def test_elsewhere_an_admin_reads_the_command_and_scales_nothing(
    gateway: GatewayClient, door: Door, admin: tuple[str, Any]
) -> None:
    lintel = gateway.room.client.application.extensions["lintel"]
    before = lintel["settings"]
    lintel["settings"] = replace(before, mode="production")
    page = admin[1].get("/services?open=matching").text
    refused = post(admin[1], "/services/matching/workers", workers="3")
    lintel["settings"] = before
    assert 'class="stepper"' not in page
    assert "docker compose up" in page
    assert refused.status_code == 403
    assert door.wanted["matching"] == 2


def test_a_number_that_is_none_and_a_service_that_is_none_change_nothing(door: Door, operator: Any) -> None:
    assert post(operator, "/services/matching/workers", workers="many").status_code == 422
    assert post(operator, "/services/nowhere/workers", workers="2").status_code == 404
    assert door.wanted["matching"] == 2


def test_a_supervisor_that_refuses_or_is_gone_is_told(gateway: GatewayClient, operator: Any, tmp_path: Path) -> None:
    assert Supervisor(str(tmp_path / "nobody"), "x").kept() is None
    Door(tmp_path / "other")
    wrong = Supervisor(str(tmp_path / "other"), "another word")
    assert wrong.kept() is None
    before = gateway.deps.supervisor
    object.__setattr__(gateway.deps, "supervisor", wrong)
    answer = post(operator, "/services/matching/workers", workers="2")
    object.__setattr__(gateway.deps, "supervisor", before)
    assert answer.status_code == 422
    assert Supervisor("", "").kept() is None
