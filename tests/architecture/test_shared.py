"""shared knows mechanism only: the nouns of the trade stand in contracts, in the vocabulary and in services."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from shared.messaging import faults
from shared.running import logs

ROOT = Path(__file__).resolve().parents[2]
NOUNS = re.compile(
    r"(?<![a-z])(listing|contact|prospect|wish|saved_search|home|price|buyer|seller|bedroom|alert)(e?s)?(?![a-z])", re.I
)
# Erasing a person reaches the parked events of every service, and a token may be a person's own; this may only shrink.
KNOWN = {
    "shared/messaging/inbox.py": {"contact"},
    "shared/http/auth.py": {"contact"},
    "shared/http/claims.py": {"prospect"},
}
SOURCES = [
    path
    for path in (ROOT / "shared").rglob("*.py")
    if path.relative_to(ROOT / "shared").parts[0] not in ("contracts", "vocabulary") and path.name != "__init__.py"
]


@pytest.mark.parametrize("path", SOURCES, ids=[str(path.relative_to(ROOT)) for path in SOURCES])
def test_shared_names_nothing_of_the_trade(path: Path) -> None:
    found = {match.group(1).lower() for match in NOUNS.finditer(path.read_text())}
    assert found == KNOWN.get(str(path.relative_to(ROOT)), set())


def test_a_service_adds_its_own_fault_points_and_log_fields(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faults, "POINTS", {1: "web.after_commit"})
    monkeypatch.setattr(logs, "ALLOWED", {"service"})
    faults.register("oven.after_fire", "web.after_commit")
    logs.register("loaf_id")
    assert faults.POINTS == {1: "web.after_commit", 2: "oven.after_fire"}
    assert {"service", "loaf_id"} == logs.ALLOWED
