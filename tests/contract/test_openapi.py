"""Every service keeps what its OpenAPI document promises, whatever it is sent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, seed, settings
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis.config import SchemathesisConfig

from shared.settings import SERVICES
from tests.integration.rooms import Room, open_room

ROOM = Path(__file__).parents[2] / "services"
SERVED = [name for name in SERVICES if (ROOM / name / "app.py").exists()]
EXAMPLES = 25
SECONDS_A_SERVICE = 120
AGENCY = {"name": "A", "languages": ["en"], "time_zone": "Europe/Lisbon", "currency": "EUR"}


@pytest.fixture(scope="module", params=SERVED)
def room(
    request: pytest.FixtureRequest,
    mongo_url: str,
    module_mongo_prefix: str,
    module_amqp_url: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Room]:
    folder: Path = tmp_path_factory.mktemp(request.param)
    keys = {"signing_key_file": str(folder / "signing.json")}
    yield open_room(request.param, folder, mongo_url, module_mongo_prefix, module_amqp_url, **keys)


def document(room: Room) -> dict[str, Any]:
    found: dict[str, Any] = room.client.get("/openapi.json").json
    return found


def role_for(operation: Any) -> str:
    """Who is allowed to call it, so that the calls get past the door."""
    return "operator" if operation.path.startswith("/v1/agencies") and operation.method in ("post", "get") else "admin"


def test_the_document_is_valid(room: Room) -> None:
    OpenAPIV31SpecValidator(document(room)).validate()


@pytest.mark.timeout(SECONDS_A_SERVICE + 30)
def test_the_service_keeps_its_promises(room: Room) -> None:
    config = SchemathesisConfig.from_dict({"generation": {"max-examples": EXAMPLES}})
    schema = schemathesis.openapi.from_wsgi("/openapi.json", app=room.client.application, config=config)
    failures = []
    for result in schema.get_all_operations():
        operation = result.ok()
        role = role_for(operation)
        headers = room.issuer.headers(role, "" if role == "operator" else "agency-a")
        headers["If-Match"] = '"1"'
        if (failure := broken_promise(operation, headers)) is not None:
            failures.append(f"{operation.label}\n{failure}")
    assert not failures, "\n\n".join(failures)


def broken_promise(operation: Any, headers: dict[str, str]) -> str | None:
    """Call one operation with many bodies, right and wrong; returns what went wrong first."""

    @seed(20261122)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=False,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @operation.as_strategy_given
    def call(case: Any) -> None:
        case.call_and_validate(headers=headers)

    return None
