"""docs/new-service.md is true: a service that is added by it runs, and leaves nothing behind when it goes."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.imports import cycles, graph_of

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/new-service.md"
COPIED = ("shared", "services", "deploy", "pyproject.toml", "tests")
STEP = re.compile(r"^(?P<words>.*`.*)\n```(?:python|toml|text)\n(?P<text>[\s\S]*?)^```$", re.MULTILINE)

LINT = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
TRY = """
import json, sys
from pathlib import Path
from openapi_spec_validator import OpenAPIV31SpecValidator
from services.bakery.app import SERVICE, create_app, create_worker
from shared.contracts import CONTRACTS, consumed_by
from shared.running.services import PORTS, SERVICES
from tests.issuer import Issuer, test_settings

issuer = Issuer(Path(sys.argv[1]))
nowhere = {"mongo_url": "mongodb://127.0.0.1:9/", "amqp_url": "amqp://127.0.0.1:9//"}
settings = test_settings(**nowhere, jwks_file=str(issuer.jwks_file))
app = create_app(settings)
client = app.test_client()
assert client.get("/healthz").status_code == 200
document = client.get("/openapi.json").json
OpenAPIV31SpecValidator(document).validate()
assert "/v1/loaves" in document["paths"]
assert client.post("/v1/loaves", json={"kind": "rye"}).status_code == 401
refused = client.post("/v1/loaves", json={"kind": " "}, headers=issuer.headers("agent", "agency-a"))
assert refused.json["errors"]["kind"][0]["code"] == "blank", refused.json
assert create_worker(settings).service == SERVICE.name == "bakery"
assert "bakery" in SERVICES and PORTS["bakery"] == 8006
assert set(SERVICE.consumes) == consumed_by("bakery") == {"gateway.agency.changed"}
assert CONTRACTS["bakery.loaf.baked"].load({"kind": "rye"}).kind == "rye"
from deploy.local.plan import command
assert command("bakery", "web") == ("-m", "services.bakery", "web")
"""


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree as it is."""
    folder = tmp_path_factory.mktemp("tree") / "lintel"
    folder.mkdir()
    for name in COPIED:
        source = ROOT / name
        ignored = shutil.ignore_patterns("__pycache__", "vendor", "locale", "templates")
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=ignored)
        else:
            shutil.copy(source, folder / name)
    return folder


@pytest.fixture(scope="module")
def tree(before: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree with the service of the page in it."""
    folder = tmp_path_factory.mktemp("bakery") / "lintel"
    shutil.copytree(before, folder)
    for step in STEP.finditer(PAGE.read_text()):
        follow(folder, step["words"], step["text"])
    return folder


def follow(folder: Path, words: str, text: str) -> None:
    """Do one step of the page: write a file, add to its end, or add after some words of it."""
    names = re.findall(r"`([^`]+)`", words)
    path = folder / names[0]
    if words.startswith("In `"):
        assert path.read_text().count(names[1]) == 1, words
        path.write_text(path.read_text().replace(names[1], names[1] + inserted(text)))
    elif words.startswith("Add to `"):
        path.write_text(path.read_text() + inserted(text))
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def inserted(text: str) -> str:
    """What a step puts into a file behind a line of it."""
    return "\n" + text.removesuffix("\n")


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a copy of the tree, with nothing of this one."""
    env = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run([sys.executable, *words], cwd=folder, env=env, capture_output=True, text=True, check=False)


def test_the_service_of_the_page_starts_and_keeps_every_rule_of_the_house(tree: Path) -> None:
    done = run(tree, "-c", TRY, str(tree))
    assert done.returncode == 0, done.stderr


def test_the_service_of_the_page_has_a_floor_for_each_module_and_imports_nothing_round_about(tree: Path) -> None:
    linted = run(
        tree, "-c", "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    )
    assert linted.returncode == 0, linted.stdout
    assert "Inside bakery KEPT" in linted.stdout
    assert cycles(graph_of(tree, ("shared", "services", "deploy"))) == []


def test_a_service_that_goes_leaves_nothing(tree: Path, before: Path, tmp_path: Path) -> None:
    tree = Path(shutil.copytree(tree, tmp_path / "lintel", ignore=shutil.ignore_patterns("__pycache__")))
    shutil.rmtree(tree / "services/bakery")
    (tree / "shared/contracts/bakery.py").unlink()
    for step in STEP.finditer(PAGE.read_text()):
        if step["words"].startswith(("In `", "Add to `")):
            path = tree / re.findall(r"`([^`]+)`", step["words"])[0]
            path.write_text(path.read_text().replace(inserted(step["text"]), "", 1))
    for path in before.rglob("*"):
        if path.is_file():
            assert (tree / path.relative_to(before)).read_text("latin-1").rstrip() == path.read_text("latin-1").rstrip()
