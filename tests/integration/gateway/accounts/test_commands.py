"""The commands that open an installation, as its operator runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from services.gateway.app import SERVICE
from shared.running.settings import Settings
from tests.integration.gateway.gateway_client import GatewayClient, sign_in


@pytest.fixture
def commands(gateway: GatewayClient, monkeypatch: pytest.MonkeyPatch) -> object:
    import typer

    monkeypatch.setattr(Settings, "from_env", classmethod(lambda cls: gateway.room.settings))
    program = typer.Typer()
    for name, command in SERVICE.commands.items():
        program.command(name)(command)
    return program


def run(program: object, *arguments: str, **environment: str) -> object:
    return CliRunner().invoke(program, arguments, env=environment)  # type: ignore[arg-type]


def test_an_operator_is_made_once_and_signs_in(gateway: GatewayClient, commands: object, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("a long enough password\n")
    first = run(commands, "create-operator", "--email", "op@example.com", "--password-file", str(secret))
    again = run(commands, "create-operator", "--email", "OP@example.com", OPERATOR_PASSWORD="another good password")
    told = [json.loads(result.stdout) for result in (first, again)]  # type: ignore[attr-defined]
    assert [line["created"] for line in told] == [True, False]
    assert told[0]["member_id"] == told[1]["member_id"]
    assert sign_in(gateway.browser(), "op@example.com", "another good password").status_code == 303


def test_a_short_password_and_a_members_address_are_refused(gateway: GatewayClient, commands: object) -> None:
    short = run(commands, "create-operator", "--email", "op2@example.com", OPERATOR_PASSWORD="short")
    taken = gateway.agency()["admin"]["email"]
    member = run(commands, "create-operator", "--email", taken, OPERATOR_PASSWORD="a long enough password")
    assert (short.exit_code, member.exit_code) == (2, 1)  # type: ignore[attr-defined]
    assert gateway.room.db["members"].count_documents({"email": "op2@example.com"}) == 0


@pytest.mark.parametrize("role", ["operator", "admin"])
def test_a_client_made_here_gets_its_token(gateway: GatewayClient, commands: object, role: str) -> None:
    agency = [] if role == "operator" else ["--agency", gateway.agency()["id"]]
    made = run(commands, "create-client", "--role", role, "--name", "seed", *agency)
    client = json.loads(made.stdout)  # type: ignore[attr-defined]
    answer = gateway.browser().post("/oauth/token", data={"grant_type": "client_credentials", **client})
    assert answer.status_code == 200
    headers = {"Authorization": f"Bearer {answer.json['access_token']}"}
    assert gateway.browser().get("/v1/agencies", headers=headers).status_code == (200 if role == "operator" else 403)
    assert gateway.browser().get("/v1/status", headers=headers).status_code == 200
