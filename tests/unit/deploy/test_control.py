"""The launcher's door for scaling: a word opens it, and it takes nothing but a service and a number."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from deploy.local.processes.control import MOST, Door
from services.gateway.upstream.supervision import Supervisor
from shared.errors import Invalid

KEY = "the word"


def asked(path: Path, kept: dict[str, int], line: bytes) -> dict[str, Any]:
    """What the door answers to one line; `kept` is what the launcher keeps."""

    def keep(program: str, count: int) -> bool:
        return program in kept and kept.update({program: count}) is None

    async def ask() -> dict[str, Any]:
        door = Door(path, KEY, lambda: kept, keep)
        await door.open()
        assert oct(path.stat().st_mode)[-3:] == "600"
        reader, writer = await asyncio.open_unix_connection(str(path))
        writer.write(line + b"\n")
        answer: dict[str, Any] = json.loads(await reader.readline())
        writer.close()
        await door.close()
        return answer

    answer = asyncio.run(ask())
    assert not path.exists()
    return answer


def test_whoever_knows_the_word_reads_and_changes_how_many_work(tmp_path: Path) -> None:
    kept = {"matching-worker": 1}
    line = json.dumps({"key": KEY, "service": "matching", "workers": 3}).encode()
    answer = asked(tmp_path / "door", kept, line)
    assert (answer["wanted"]["matching"], answer["wanted"]["leads"], kept) == (3, 0, {"matching-worker": 3})


@pytest.mark.parametrize(
    "told",
    [
        {"key": "another", "service": "matching", "workers": 3},
        {"service": "matching", "workers": 3},
        {"key": KEY, "service": "mongod", "workers": 3},
        {"key": KEY, "service": "matching", "workers": 0},
        {"key": KEY, "service": "matching", "workers": MOST + 1},
        {"key": KEY, "service": "matching", "workers": True},
        {"key": KEY, "service": "leads", "workers": 2},
        ["no object"],
    ],
)
def test_anything_else_is_refused_and_changes_nothing(tmp_path: Path, told: Any) -> None:
    kept = {"matching-worker": 1}
    assert "refused" in asked(tmp_path / "door", kept, json.dumps(told).encode())
    assert kept == {"matching-worker": 1}


def test_a_line_that_is_no_json_or_has_no_end_is_refused(tmp_path: Path) -> None:
    assert "refused" in asked(tmp_path / "door", {}, b"{")
    assert "refused" in asked(tmp_path / "door", {}, b"x" * 5000)


def test_the_gateway_passes_a_refusal_on(tmp_path: Path) -> None:
    kept = {"matching-worker": 1}

    async def ask() -> None:
        door = Door(tmp_path / "door", KEY, lambda: kept, lambda _program, _count: False)
        await door.open()
        supervisor = Supervisor(str(tmp_path / "door"), KEY)
        found = await asyncio.to_thread(supervisor.kept)
        assert found is not None
        assert (found.wanted["matching"], found.most) == (1, MOST)
        with pytest.raises(Invalid, match="not running yet"):
            await asyncio.to_thread(supervisor.scale, "matching", 2)
        await door.close()

    asyncio.run(ask())
