"""No module imports itself round about, not even for types only or inside a function."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.architecture.imports import cycles, graph_of

ROOT = Path(__file__).resolve().parents[2]


def test_there_is_no_cycle_of_imports_anywhere() -> None:
    assert cycles(graph_of(ROOT, ("shared", "services", "deploy"))) == []


@pytest.mark.parametrize(
    ("sources", "found"),
    [
        ({"a": "import p.b", "b": "import p.c", "c": ""}, []),
        ({"a": "from p import b", "b": "from p.a import x"}, [["p.a", "p.b"]]),
        (
            {"a": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import p.b", "b": "import p.a"},
            [["p.a", "p.b"]],
        ),
        (
            {"a": "def f():\n    from p.b import x", "b": "import p.c", "c": "import p.a", "d": "import p.a"},
            [["p.a", "p.b", "p.c"]],
        ),
    ],
)
def test_a_cycle_is_seen_wherever_it_hides(tmp_path: Path, sources: dict[str, str], found: list[list[str]]) -> None:
    for name, text in {"__init__": "", **sources}.items():
        path = tmp_path / "p" / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    assert cycles(graph_of(tmp_path, ("p",))) == found
