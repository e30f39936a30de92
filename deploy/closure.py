"""Cuts one service's share out of the one lock: `python deploy/closure.py matching > requirements.txt`.

The lock says after each library for whom it is there ("# via"); the share is what pyproject.toml names for every
service and for this one, and whatever those brought. pip then refuses the image's build if anything were left out,
because with hashes it installs nothing that is not listed.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

PROJECT = "lintel"


@dataclass(frozen=True)
class Locked:
    """One library of the lock: its lines (pin and hashes) and the libraries that require it."""

    name: str
    text: str
    wanted_by: frozenset[str]


def share(lock: str, roots: Iterable[str]) -> str:
    """The lock's entries for these libraries and all that they need."""
    entries = list(_entries(lock))
    taken = {_name(root) for root in roots}
    while more := {entry.name for entry in entries if entry.wanted_by & taken} - taken:
        taken |= more
    return "".join(entry.text for entry in entries if entry.name in taken)


def roots(pyproject: str, extra: str) -> list[str]:
    """The requirements in pyproject.toml for every service and for this one; raises KeyError for an unknown one."""
    project = tomllib.loads(pyproject)["project"]
    return [*project["dependencies"], *project["optional-dependencies"][extra]]


def _entries(lock: str) -> Iterable[Locked]:
    for block in re.split(r"^(?=[A-Za-z0-9])", lock, flags=re.MULTILINE):
        if "==" in block:
            comments = re.findall(r"^ +#(?: +via)? *(.*)$", block, flags=re.MULTILINE)
            names = frozenset(_name(comment) for comment in comments if comment and not comment.startswith(PROJECT))
            yield Locked(_name(block), re.sub(r"^ *#.*\n?", "", block, flags=re.MULTILINE), names)


def _name(requirement: str) -> str:
    """A requirement's bare name, spelled as in the lock."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^A-Za-z0-9._-]", requirement.strip(), maxsplit=1)[0]).lower()


if __name__ == "__main__":
    here = Path.cwd()
    wanted = roots((here / "pyproject.toml").read_text(), sys.argv[1])
    sys.stdout.write(share((here / "requirements.lock").read_text(), wanted))
