"""Every service keeps what its OpenAPI document promises, whatever it is sent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import StopReason, events, from_schema

from shared.running.services import SERVICES
from tests.integration.rooms import Room, open_room
from tests.integration.serving import served

SEED, EXAMPLES = 20261122, 25
# A body that is right by itself may still be refused for what is there already, and If-Match for what it names.
MAY_BE_REFUSED = ["2xx", "401", "403", "404", "409", "412", "422", "428", "429"]


@pytest.fixture(scope="module", params=SERVICES)
def room(
    request: pytest.FixtureRequest,
    mongo_url: str,
    module_mongo_prefix: str,
    module_amqp_url: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Room]:
    folder: Path = tmp_path_factory.mktemp(request.param)
    keys = {"signing_key_file": str(folder / "signing.json")}
    found = open_room(request.param, folder, mongo_url, module_mongo_prefix, module_amqp_url, **keys)
    with found.serving():
        yield found


def settings(room: Room, headers: dict[str, str]) -> SchemathesisConfig:
    """As the command line would be told: all phases, all checks, one seed; the operator's calls by an operator."""
    operator = {"Authorization": f"Bearer {room.issuer.token('operator', '', seconds=3600)}", **headers}
    admin = {"Authorization": f"Bearer {room.issuer.token('admin', seconds=3600)}", **headers}
    return SchemathesisConfig.from_dict(
        {
            "seed": SEED,
            "cache": {"enabled": False},
            "headers": admin,
            "generation": {"max-examples": EXAMPLES, "database": "none"},
            "checks": {"positive_data_acceptance": {"expected-statuses": MAY_BE_REFUSED}},
            "phases": {"stateful": {"generation": {"max-examples": 10}}},
            "operations": [{"include-path": "/v1/agencies", "headers": operator}],
        }
    )


def test_the_document_is_valid(room: Room) -> None:
    OpenAPIV31SpecValidator(room.client.get("/openapi.json").json).validate()


def test_the_service_keeps_its_promises(room: Room) -> None:
    config = settings(room, {"If-Match": '"1"'})
    broken: dict[str, str] = {}
    tried = 0
    for event in run(room, config):
        if isinstance(event, events.FatalError | events.NonFatalError):
            raise AssertionError(f"the run itself failed: {event}")
        if isinstance(event, events.ScenarioFinished):
            tried += len(event.recorder.cases)
            broken |= broken_promises(event.recorder)
        if isinstance(event, events.EngineFinished):
            assert event.stop_reason == StopReason.COMPLETED
    assert tried > EXAMPLES
    assert not broken, "\n\n".join(broken.values())


def run(room: Room, config: SchemathesisConfig) -> Iterator[Any]:
    """What happens while the service, behind a port of its own, is sent right and wrong requests."""
    with served(room.client.application) as address:
        yield from from_schema(schemathesis.openapi.from_url(f"{address}/openapi.json", config=config)).execute()


def broken_promises(recorder: Any) -> dict[str, str]:
    """One line and one example for each kind of failure of each operation."""
    found = {}
    for case_id, checks in recorder.checks.items():
        for check in checks:
            if check.failure_info is not None:
                failure = check.failure_info.failure
                case, answer = recorder.cases[case_id].value, recorder.find_response(case_id=case_id)
                told = f"{case.operation.label}: {failure.title}\n{failure.message}\n{case.as_curl_command()}"
                found[f"{case.operation.label} {check.name}"] = f"{told}\n{answer and answer.text[:500]}"
    return found
