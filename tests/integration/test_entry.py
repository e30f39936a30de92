"""How a service's command begins: what is lacking is named before anything runs."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from deploy.local import plan
from shared.running.services import SERVICES


def run(service: str, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", f"services.{service}", *words]
    env = {"PATH": os.environ["PATH"]}
    return subprocess.run(command, cwd=plan.root(), env=env, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("kind", plan.KINDS)
def test_a_process_without_settings_names_every_one_that_it_lacks(kind: str) -> None:
    ended = run("leads", kind)
    assert ended.returncode == 1
    assert "Lintel cannot start" in ended.stderr
    assert all(name in ended.stderr for name in ("MONGO_URL", "AMQP_URL", "SECRET_KEY"))
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_tells_the_same_commands(service: str) -> None:
    told = run(service, "--help").stdout
    assert all(command in told for command in ("setup", "web", "worker", "alive", "dead"))
