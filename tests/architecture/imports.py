"""Who imports whom in our code, by the text alone: imports for types only and inside functions count too."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

Graph = dict[str, set[str]]


def graph_of(root: Path, folders: tuple[str, ...]) -> Graph:
    """The modules below these folders, each with the modules of ours that it imports."""
    paths = {name_of(path, root): path for folder in folders for path in (root / folder).rglob("*.py")}
    return {name: set(imported(path, name, paths)) - {name} for name, path in paths.items()}


def name_of(path: Path, root: Path) -> str:
    """A module's dotted name."""
    return ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")


def imported(path: Path, name: str, known: Mapping[str, Path]) -> Iterator[str]:
    """The modules that a file imports: of `from package import name` the submodule, where there is one."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield from (one for one in (inner if inner in known else node.module,) if one in known)


def cycles(graph: Graph) -> list[list[str]]:
    """Groups of modules that import each other, round about (Tarjan's strongly connected components)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    path: list[str] = []
    found: list[list[str]] = []

    def visit(module: str) -> None:
        index[module] = low[module] = len(index)
        path.append(module)
        for other in sorted(graph.get(module, ())):
            if other not in index:
                visit(other)
                low[module] = min(low[module], low[other])
            elif other in path:
                low[module] = min(low[module], index[other])
        if low[module] == index[module]:
            group = path[path.index(module) :]
            del path[path.index(module) :]
            if len(group) > 1:
                found.append(sorted(group))

    for module in sorted(graph):
        if module not in index:
            visit(module)
    return sorted(found)
