"""The manifests are valid and say what the launcher does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from deploy.local import plan
from shared.running.services import SERVICES
from tests.architecture.test_settings_told import settings

FOLDER = Path(__file__).resolve().parents[2] / "deploy/kubernetes"
VERSION = "1.33"


def documents(path: Path) -> list[dict[str, Any]]:
    return list(yaml.safe_load_all(path.read_text()))


MANIFESTS = [*sorted((FOLDER / "base").glob("[!k]*.yaml")), FOLDER / "gateway/stream.yaml"]
BASE = [document for path in MANIFESTS for document in documents(path)]


@pytest.mark.parametrize("document", BASE, ids=lambda document: f"{document['kind']}-{document['metadata']['name']}")
def test_manifests_meet_the_schema(document: dict[str, Any]) -> None:
    kubernetes_validate.validate(document, VERSION, strict=True)


def test_an_unknown_field_would_be_noticed() -> None:
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate({**BASE[0], "speck": {}}, VERSION, strict=True)


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("kustomization.yaml")), ids=lambda path: path.parent.name)
def test_kustomizations_name_what_exists(path: Path) -> None:
    found = documents(path)[0]
    named = [*found.get("resources", []), *found.get("components", [])]
    assert named
    assert all((path.parent / name).exists() for name in named)


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_is_deployed_from_its_own_image(service: str) -> None:
    found = documents(FOLDER / service / "kustomization.yaml")[0]
    assert service in documents(FOLDER / "kustomization.yaml")[0]["resources"]
    assert found["namePrefix"] == f"{service}-"
    assert found["images"] == [{"name": "lintel", "newName": f"lintel-{service}"}]
    assert found["labels"][0]["includeSelectors"]


@pytest.mark.parametrize("kind", ["setup", *plan.KINDS, plan.STREAM[1]])
def test_containers_run_the_launchers_commands(kind: str) -> None:
    container = next(each for each in BASE if each["metadata"]["name"] == kind)["spec"]["template"]["spec"][
        "containers"
    ][0]
    assert container["args"] == [kind]
    assert "command" not in container
    assert container["securityContext"]["readOnlyRootFilesystem"]


@pytest.mark.parametrize("service", SERVICES)
def test_workers_scale_by_their_own_queue(service: str) -> None:
    scaled = {each["metadata"]["name"]: each["spec"] for each in documents(FOLDER / "keda/scaled-objects.yaml")}
    assert set(scaled) == {f"{each}-worker" for each in SERVICES}
    found = scaled[f"{service}-worker"]
    assert found["scaleTargetRef"] == {"name": f"{service}-worker"}
    assert found["triggers"][0]["metadata"]["queueName"] == f"{service}.events.v1"


def test_settings_are_known_ones_and_no_secret_is_committed() -> None:
    literals = documents(FOLDER / "kustomization.yaml")[0]["configMapGenerator"][0]["literals"]
    names = {literal.partition("=")[0] for literal in literals}
    assert names <= settings()
    assert not names & {"SECRET_KEY", "MONGO_URL", "AMQP_URL", "SMTP_URL"}
    assert not any(each["kind"] == "Secret" for each in BASE)
