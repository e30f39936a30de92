"""deploy/env.example lists every setting there is."""

from __future__ import annotations

import ast
from pathlib import Path

from shared.running.services import SERVICES

ROOT = Path(__file__).resolve().parents[2]
COMPOSE_ONLY = {"RABBITMQ_PASSWORD"}


def test_env_example_lists_every_setting() -> None:
    lines = (ROOT / "deploy/env.example").read_text().splitlines()
    listed = {line.partition("=")[0] for line in lines if "=" in line and not line.startswith("#")}
    assert listed - COMPOSE_ONLY == settings()


def test_env_example_gives_no_secret() -> None:
    text = (ROOT / "deploy/env.example").read_text().splitlines()
    assert {"SECRET_KEY=", "RABBITMQ_PASSWORD=", "AMQP_URL="} <= set(text)


def settings() -> set[str]:
    """The names that shared/running/settings.py reads."""
    names = {
        str(call.args[0].value)
        for call in ast.walk(ast.parse((ROOT / "shared/running/settings.py").read_text()))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
        if isinstance(call.func.value, ast.Name) and call.func.value.id == "env"
        if call.args and isinstance(call.args[0], ast.Constant)
    }
    return names | {f"{service.upper()}_URL" for service in SERVICES}
