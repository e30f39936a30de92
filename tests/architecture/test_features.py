"""Features of the pages: found in ten seconds, removable by one `rm -r`, with short lines and types."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from services.gateway import components, pages
from services.gateway.web.feature import Component, Feature, declared_in

ROOT = Path(__file__).resolve().parents[2]
GATEWAY = ROOT / "services" / "gateway"
PAGES = GATEWAY / "pages"
FEATURES = declared_in(pages, "FEATURE", Feature)
COMPONENTS = declared_in(components, "COMPONENT", Component)
TEMPLATES = sorted(GATEWAY.rglob("*.html"))
LONGEST_LINE = 120
MOST_LINES = 600
MOST_ANY = 40
# Only shrinks: explain is one page at one address, without a part that another noun would hold.
TOO_LARGE = {"pages/explain"}
# Only shrinks: templates with lines that are longer, features whose tests are not in their folder yet.
LONG_LINES = ROOT / "tests" / "architecture" / "long_lines.txt"
UNTESTED = ROOT / "tests" / "architecture" / "features_without_tests.txt"
TYPED_FOLDERS = [PAGES, *sorted((ROOT / "services").glob("*/handlers*")), *sorted(ROOT.glob("services/*/*/handlers*"))]
CREATE_APP = """
from services.gateway.app import create_app
from tests.issuer import test_settings
app = create_app(test_settings(jwks_file="none", signing_key_file="none"))
assert not [rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/explain")]
"""


def name_of(part: Component) -> str:
    return str(part.folder.relative_to(GATEWAY))


def listed(path: Path) -> set[str]:
    return set(path.read_text().split()) if path.exists() else set()


@pytest.mark.parametrize("feature", FEATURES, ids=name_of)
def test_a_url_begins_with_the_name_of_its_features_folder_or_a_declared_prefix(feature: Feature) -> None:
    app = Flask("pages", static_folder=None)
    for blueprint in feature.blueprints:
        app.register_blueprint(blueprint)
    prefixes = feature.prefixes or (feature.folder.name.replace("_", "-"),)
    strays = [rule.rule for rule in app.url_map.iter_rules() if not begins(rule.rule, prefixes)]
    assert strays == []


def begins(rule: str, prefixes: tuple[str, ...]) -> bool:
    """Whether a URL is a prefix or lies below it; the empty prefix is the first page alone."""
    path = rule.strip("/")
    return any(path == prefix or (prefix and path.startswith(f"{prefix}/")) for prefix in prefixes)


@pytest.mark.parametrize("part", [*FEATURES, *COMPONENTS], ids=name_of)
def test_templates_lie_in_a_folder_called_like_their_package(part: Component) -> None:
    above = PAGES if part.folder.is_relative_to(PAGES) else GATEWAY / "components"
    own = part.folder / "templates" / part.folder.relative_to(above)
    assert [path for path in part.folder.rglob("*.html") if not path.is_relative_to(own)] == []


def test_the_tests_of_a_feature_lie_in_a_folder_called_like_it() -> None:
    missing = {name_of(feature) for feature in FEATURES if not has_tests(feature)}
    assert sorted(missing - listed(UNTESTED)) == []
    assert sorted(listed(UNTESTED) - missing) == [], "take it off the list"


def has_tests(feature: Feature) -> bool:
    folders = (ROOT / "tests" / level / "gateway" / name_of(feature) for level in ("unit", "integration"))
    return any(list(folder.glob("test_*.py")) for folder in folders)


@pytest.mark.parametrize("feature", FEATURES, ids=name_of)
def test_a_feature_that_grows_is_split(feature: Feature) -> None:
    lines = sum(len(path.read_text().splitlines()) for path in feature.folder.rglob("*.py"))
    assert (lines > MOST_LINES) == (name_of(feature) in TOO_LARGE)


def test_no_view_lies_beside_the_features_of_a_section() -> None:
    sections = [path.parent for path in PAGES.glob("*/*/__init__.py")]
    assert {path.name for section in sections for path in section.parent.glob("*.py")} == {"__init__.py"}


def test_lines_of_templates_are_short() -> None:
    long = {
        str(path.relative_to(GATEWAY))
        for path in TEMPLATES
        if any(len(line) > LONGEST_LINE for line in path.read_text().splitlines())
    }
    assert sorted(long - listed(LONG_LINES)) == []
    assert sorted(listed(LONG_LINES) - long) == [], "take it off the list"


def test_any_is_rare_in_pages_and_use_cases_and_each_has_its_reason() -> None:
    paths = {path for folder in TYPED_FOLDERS for path in ([folder] if folder.is_file() else folder.rglob("*.py"))}
    paths = {path for path in paths if path.suffix == ".py"}
    uses = [use for path in sorted(paths) for use in uses_of_any(path)]
    assert len(uses) < MOST_ANY, "\n".join(uses)
    assert [use for use in uses if "#" not in use] == []


def uses_of_any(path: Path) -> list[str]:
    """The lines that name Any, each with the comment on it or right above it."""
    lines = path.read_text().splitlines()
    numbers = {node.lineno for node in ast.walk(ast.parse(path.read_text())) if is_any(node)}
    told = []
    for number in sorted(numbers):
        above = lines[number - 2].strip() if number > 1 else ""
        comment = above if above.startswith("#") else ""
        told.append(f"{path.relative_to(ROOT)}:{number}: {lines[number - 1].strip()} {comment}")
    return told


def is_any(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id == "Any"


def test_a_feature_can_be_removed(tmp_path: Path) -> None:
    copy = tmp_path / "tree"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".*", "node_modules", "__pycache__", "vendor"))
    for folder in ("services/gateway/pages", "tests/unit/gateway/pages", "tests/integration/gateway/pages"):
        shutil.rmtree(copy / folder / "explain", ignore_errors=True)
    for listed_names in (LONG_LINES, UNTESTED):
        forget(copy / listed_names.relative_to(ROOT), "pages/explain")
    run(copy, "-c", CREATE_APP)
    modules = [module_of(path, copy) for path in sorted((copy / "services" / "gateway").rglob("*.py"))]
    run(copy, "-c", "import importlib\n" + "\n".join(f"importlib.import_module({name!r})" for name in modules))
    skip = "not removed and not connects_to_nothing"
    run(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", skip, "tests/architecture/test_features.py")


def forget(path: Path, name: str) -> None:
    """Take what is no longer there off a list."""
    path.write_text("\n".join(line for line in path.read_text().splitlines() if not line.startswith(name)) + "\n")


def module_of(path: Path, root: Path) -> str:
    return re.sub(r"\.(__init__|__main__)$", "", ".".join(path.relative_to(root).with_suffix("").parts))


def run(folder: Path, *command: str) -> None:
    """Run Python in a copy of the tree, which must succeed."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, *command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
