"""Boundaries and sizes that import-linter cannot see."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(path for folder in ("shared", "services", "deploy", "tests") for path in (ROOT / folder).rglob("*.py"))
IN_SERVICES = [path for path in SOURCES if path.is_relative_to(ROOT / "services")]
IN_PRODUCT = [path for path in SOURCES if not path.is_relative_to(ROOT / "tests")]
LONGEST_FILE = 350
LONGEST_FUNCTION = 50
# The launcher builds its children's environments; bootstrap runs before any library is there.
READ_THE_ENVIRONMENT = {
    ROOT / "shared/running/settings.py",
    ROOT / "deploy/local/environment.py",
    ROOT / "deploy/local/bootstrap.py",
}

WATCH_AN_IMPORT = """
import importlib, sys

def forbid(event, arguments):
    if event == "socket.bind" and arguments[1][:2] == ("::1", 0):
        return  # urllib3 asks the machine whether it knows IPv6
    if event in ("socket.connect", "socket.bind", "subprocess.Popen", "os.system"):
        raise SystemExit(f"{event} {arguments[1:]}")
    if event == "open":
        path = str(arguments[0])
        ours = path.startswith(sys.argv[2]) and "/.venv/" not in path
        if ours and not path.endswith((".py", ".pyc")):
            raise SystemExit(f"opens {path}")

sys.addaudithook(forbid)
for name in sys.argv[1].split(","):
    importlib.import_module(name)
"""


def names(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


@pytest.mark.parametrize("path", SOURCES, ids=names(SOURCES))
def test_files_are_short(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("path", SOURCES, ids=names(SOURCES))
def test_functions_are_short(path: Path) -> None:
    functions = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)]
    long = [node.name for node in functions if (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION]
    assert long == []


@pytest.mark.parametrize("path", IN_PRODUCT, ids=names(IN_PRODUCT))
def test_only_settings_read_the_environment(path: Path) -> None:
    if path not in READ_THE_ENVIRONMENT:
        read = [
            node.lineno
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv", "environb")
            if isinstance(node.value, ast.Name) and node.value.id == "os"
        ]
        assert read == []


@pytest.mark.parametrize("path", IN_PRODUCT, ids=names(IN_PRODUCT))
def test_nothing_is_left_to_do(path: Path) -> None:
    marks = [word for word in ("TO" + "DO", "FIX" + "ME", "X" * 3) if word in path.read_text()]
    assert marks == []


def test_importing_everything_connects_to_nothing_and_reads_no_file() -> None:
    skipped = {"__main__", "gunicorn.conf", "leash", "bootstrap"}
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in IN_PRODUCT
        if path.stem not in skipped
    ]
    done = subprocess.run(
        [sys.executable, "-c", WATCH_AN_IMPORT, ",".join(modules), str(ROOT)],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_models_use_the_standard_library_and_codes_only() -> None:
    models = [path for path in IN_SERVICES if path.stem == "model" or path.parent.name == "model"]
    assert foreign_imports(models, ("services", "shared.vocabulary", "shared.codes")) == set()


def test_codes_and_the_tables_of_the_vocabulary_use_the_standard_library_only() -> None:
    tables = [path for path in (ROOT / "shared/vocabulary").glob("*.py") if path.stem not in ("i18n", "wording")]
    assert foreign_imports([*tables, ROOT / "shared/codes.py"], ("shared.vocabulary",)) == set()


def test_every_service_has_its_layers_checked() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layered = [contract for contract in contracts if contract["type"] == "layers" and contract.get("exhaustive")]
    containers = {container for contract in layered for container in contract["containers"]}
    services = sorted(f"services.{path.parent.name}" for path in (ROOT / "services").glob("*/app.py"))
    assert sorted(one for one in containers if one.startswith("services.") and one.count(".") == 1) == services


def foreign_imports(paths: list[Path], allowed: tuple[str, ...]) -> set[str]:
    """Imports of neither the standard library nor these packages; what needs Babel is never a table of codes."""
    needs_babel = {"shared.vocabulary.i18n", "shared.vocabulary.wording"}
    return {
        f"{path.relative_to(ROOT)}: {name}"
        for path in paths
        for name in imported(path)
        if name.partition(".")[0] not in sys.stdlib_module_names
        if name in needs_babel or not name.startswith(allowed)
    }


def imported(path: Path) -> set[str]:
    """The module behind every absolute import; `from package import name` may mean either, so both are given."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names
