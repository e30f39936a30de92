"""Public names are nouns of the field; docs/glossary.md says which words are avoided and what is said instead."""

from __future__ import annotations

import ast
import re
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Participles and metaphors: they say that something happened to a thing, not what the thing is.
FORBIDDEN = frozenset({"found", "finding", "told", "telling", "tell", "asked", "asking", "away", "gone", "so_far"})
FORBIDDEN |= {"morgue", "desk", "town", "morning"}
# Fine beside a noun ("person_rows"), empty alone.
EMPTY_ALONE = frozenset({"rows", "around", "would"})
# What HTTP calls it, and the event matching.matches.found: the name of an event never changes.
KEPT = frozenset({"NotFound", "MatchesFound"})
# Names that are still there, one a line; the list may only shrink.
STILL_THERE = Path(__file__).parent / "names_still_there.txt"


def public_names(path: Path) -> set[str]:
    """The module, its classes and its functions; those of a template are its file's name alone."""
    names = {path.stem.lstrip("_")}
    if path.suffix == ".py":
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        names |= {node.name for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, kinds)}
    return {name for name in names if not name.startswith("_")}


def avoided(name: str) -> set[str]:
    """The forbidden words that a name is made of, in snake_case or CamelCase."""
    parts = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().split("_")
    pairs = {f"{first}_{second}" for first, second in pairwise(parts)}
    return (FORBIDDEN & {*parts, *pairs}) | (EMPTY_ALONE & {name})


def names_in_use() -> set[str]:
    """Every public name of services and shared that holds an avoided word."""
    paths = [path for folder in ("services", "shared") for path in (ROOT / folder).rglob("*") if path.is_file()]
    sources = [path for path in paths if path.suffix in (".py", ".html", ".j2")]
    return {name for path in sources for name in public_names(path) - KEPT if avoided(name)}


def test_no_public_name_holds_an_avoided_word() -> None:
    assert sorted(names_in_use() - set(STILL_THERE.read_text().split())) == [], "see docs/glossary.md"


def test_the_list_of_names_that_are_still_there_only_shrinks() -> None:
    assert sorted(set(STILL_THERE.read_text().split()) - names_in_use()) == [], "gone: take it off the list"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("found_pairs", {"found"}),
        ("MatchesFound", {"found"}),
        ("latest_so_far", {"so_far"}),
        ("foundation", set()),
        ("rows", {"rows"}),
        ("person_rows", set()),
        ("deliveries", set()),
    ],
)
def test_a_word_counts_as_a_part_of_a_name_only(name: str, words: set[str]) -> None:
    assert avoided(name) == words
