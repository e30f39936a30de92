"""The one list of services is the only one: what else names services is compared with it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from shared.running.services import LINES, PROCESSES, SERVICES

ROOT = Path(__file__).resolve().parents[2]
LIST = ROOT / "shared/running/services.py"


def test_the_list_names_the_packages_below_services() -> None:
    assert sorted(SERVICES) == sorted(path.parent.name for path in (ROOT / "services").glob("*/app.py"))


def test_no_two_processes_share_a_port() -> None:
    ports = [port for line in LINES for port in (line.port, *(port for _, port in line.more_processes))]
    assert len(set(ports)) == len(ports)


def test_the_table_of_the_docs_is_the_list() -> None:
    rows = re.findall(
        r"^\| (\w+) \| (\d+) \| (.+) \|$", (ROOT / "docs/architecture.md").read_text(), flags=re.MULTILINE
    )
    expected = []
    for line in LINES:
        more = [f"{process} ({port})" for process, port in line.more_processes]
        expected.append((line.name, str(line.port), ", ".join([*PROCESSES, *more])))
    assert rows == expected


def test_no_other_list_of_all_services_stands_in_the_code() -> None:
    paths = [path for folder in ("shared", "services", "deploy") for path in (ROOT / folder).rglob("*.py")]
    assert [str(path.relative_to(ROOT)) for path in paths if path != LIST and names_all(path)] == []


def names_all(path: Path) -> bool:
    """Whether a tuple, list, set or dictionary of a file spells every service out."""
    nodes = list(ast.walk(ast.parse(path.read_text())))
    lists = [node.elts for node in nodes if isinstance(node, (ast.Tuple, ast.List, ast.Set))]
    lists += [node.keys for node in nodes if isinstance(node, ast.Dict)]
    return any(set(SERVICES) <= {one.value for one in each if isinstance(one, ast.Constant)} for each in lists)
