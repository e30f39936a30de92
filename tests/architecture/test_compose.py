"""docker-compose.yml says what the launcher does; these tests keep the two from drifting apart."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import compose_spec
import pytest
import yaml

from deploy.local import plan
from deploy.local.checkout import Checkout
from deploy.local.processes import ready
from shared.running.services import PORTS, SERVICES

ROOT = Path(__file__).resolve().parents[2]
# What only the launcher has: a supervisor and a mail catcher's folder; containers have replicas and a catcher's pages.
LAUNCHER_ONLY = {"CONTROL_ENDPOINT", "CONTROL_KEY", "MAIL_DIR"}
COMPOSE_ONLY = {"MAILBOX_URL"}


@pytest.fixture(scope="module")
def text() -> str:
    return (ROOT / "docker-compose.yml").read_text()


@pytest.fixture(scope="module")
def services(text: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(text)["services"]
    return found


@pytest.fixture
def place(tmp_path: Path) -> plan.Place:
    checkout = Checkout(tmp_path)
    checkout.prepare()
    return plan.Place(checkout, "mongodb://m/", "amqp://a/", PORTS, plan.MAIL_PORT)


def test_compose_file_meets_the_specification(text: str) -> None:
    # Merged by the YAML reader first: this parser does not merge what was itself merged.
    project = compose_spec.PyCompose.from_yaml(yaml.safe_dump(yaml.safe_load(text)))
    project.validate()
    assert len(project) == 3 + len(SERVICES) * 3 + 1


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("kind", ["setup", *plan.KINDS])
def test_every_process_of_the_launcher_is_a_service(services: dict[str, Any], service: str, kind: str) -> None:
    found = services[f"{service}-{kind}"]
    assert found["command"] == [kind]
    assert found["build"] == {"context": ".", "dockerfile": "deploy/Dockerfile", "args": {"SERVICE": service}}
    assert "entrypoint" not in found


@pytest.mark.parametrize("kind", ["setup", *plan.KINDS, "alive"])
def test_entrypoint_runs_the_launchers_command(tmp_path: Path, kind: str) -> None:
    stand_in = tmp_path / "python"
    stand_in.write_text('#!/bin/sh\necho "$@"\n')
    stand_in.chmod(0o755)
    env = {"PATH": f"{tmp_path}:{os.defpath}", "SERVICE": "leads"}
    said = subprocess.run([ROOT / "deploy/entrypoint.sh", kind], env=env, capture_output=True, text=True, check=True)
    assert tuple(said.stdout.split()) == plan.command("leads", kind)


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("kind", plan.KINDS)
def test_variables_are_the_launchers(services: dict[str, Any], place: plan.Place, service: str, kind: str) -> None:
    told = services[f"{service}-{kind}"]["environment"]
    optional = {name for name, value in told.items() if value is None}
    assert optional <= set(plan.FROM_CALLER)
    assert set(told) - optional - COMPOSE_ONLY == set(plan.variables(place, service)) - LAUNCHER_ONLY


@pytest.mark.parametrize("service", SERVICES)
def test_ports_are_the_launchers(services: dict[str, Any], service: str) -> None:
    port = PORTS[service]
    web = services[f"{service}-web"]
    assert web["environment"]["BIND"] == f"0.0.0.0:{port}"
    assert web["ports"] == [f"127.0.0.1:{port}:{port}"]
    assert web["healthcheck"]["test"] == ["CMD", "deploy/ready.py", str(port)]
    urls = services["gateway-web"]["environment"]
    assert urls[f"{service.upper()}_URL"] == f"http://{service}-web:{port}"


def test_paths_exist_in_the_image(services: dict[str, Any]) -> None:
    dockerfile = (ROOT / "deploy/Dockerfile").read_text()
    for path in ("deploy/entrypoint.sh", "deploy/ready.py"):
        assert os.access(ROOT / path, os.X_OK)
        assert path in dockerfile
    named = {value for found in services.values() for value in found.get("environment", {}).values() if value}
    folders = {str(Path(value).parent) for value in named if str(value).startswith("/keys/")}
    assert folders == {"/keys/public", "/keys/signing"}
    assert all(folder in dockerfile for folder in folders)


def test_health_is_asked_where_the_launcher_asks() -> None:
    path = re.compile(r"/readyz\b")
    assert path.search((ROOT / "deploy/ready.py").read_text())
    assert path.search(Path(ready.__file__).read_text())


@pytest.mark.parametrize("service", SERVICES)
def test_workers_can_be_scaled(services: dict[str, Any], service: str) -> None:
    worker = services[f"{service}-worker"]
    assert not {"container_name", "hostname", "ports"} & set(worker)
    assert worker["healthcheck"]["test"] == ["CMD", "deploy/entrypoint.sh", "alive"]


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("kind", plan.KINDS)
def test_nothing_runs_before_every_setup_is_through(services: dict[str, Any], service: str, kind: str) -> None:
    through = {"condition": "service_completed_successfully"}
    assert services[f"{service}-{kind}"]["depends_on"] == {f"{each}-setup": through for each in SERVICES}


def test_only_gateway_sees_the_signing_key(services: dict[str, Any]) -> None:
    with_key = {name for name, found in services.items() if "signing-key" in str(found.get("volumes", ""))}
    assert with_key == {f"gateway-{kind}" for kind in ("setup", *plan.KINDS, "stream")}


def test_stream_is_the_launchers(services: dict[str, Any], place: plan.Place) -> None:
    found, program = services["-".join(plan.STREAM)], plan.program(place, *plan.STREAM)
    assert tuple(program.argv[1:]) == plan.command(*plan.STREAM)
    assert found["command"] == [plan.STREAM[1]]
    assert found["build"] == services["gateway-web"]["build"]
    port = plan.STREAM_PORT
    assert (program.env["BIND"], found["environment"]["BIND"]) == (f"127.0.0.1:{port}", f"0.0.0.0:{port}")
    assert found["ports"] == [f"127.0.0.1:{port}:{port}"]
    assert found["healthcheck"]["test"] == ["CMD", "deploy/ready.py", str(port)]
    assert set(found["environment"]) == set(services["gateway-web"]["environment"])
    assert program.env["STREAM_URL"] == f"http://127.0.0.1:{port}"


def test_secrets_have_no_default(text: str) -> None:
    assert re.findall(r"\$\{(?:SECRET_KEY|RABBITMQ_PASSWORD)(?!:\?)", text) == []
    assert not re.search(r"guest|changeme", text)


def test_image_copies_what_is_sent_to_the_builder() -> None:
    sent = (ROOT / "deploy/Dockerfile.dockerignore").read_text().splitlines()
    allowed = [line.removeprefix("!") for line in sent if line.startswith("!")]
    lines = [line for line in (ROOT / "deploy/Dockerfile").read_text().splitlines() if line.startswith("COPY ")]
    copied = [word for line in lines if "--from" not in line for word in line.split()[1:-1]]
    assert copied
    assert all(any(path == root or path.startswith(f"{root}/") for root in allowed) for path in copied)
    assert "USER 10001:10001" in (ROOT / "deploy/Dockerfile").read_text()
