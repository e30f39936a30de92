"""The door at which the gateway asks for more or fewer workers: that and nothing else, with a word that opens it.

The supervisor's own socket could start any program, so no service is told of it. This one is in a folder and has a
mode for this user alone; one line of JSON in, one line out.
"""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from shared.running.services import SERVICES

MOST = 8
LONGEST = 4096
Keep = Callable[[str, int], bool]


class Door:
    """Listens while Lintel runs; `wanted` returns the number of workers of each program, `keep` changes it."""

    def __init__(self, path: Path, key: str, wanted: Callable[[], Mapping[str, int]], keep: Keep) -> None:
        self._path, self._key, self._wanted, self._keep = path, key, wanted, keep
        self._server: asyncio.Server | None = None

    async def open(self) -> None:
        """Start listening; an old socket is unused, since the launcher holds the lock."""
        self._path.unlink(missing_ok=True)
        self._server = await asyncio.start_unix_server(self._serve, str(self._path), limit=LONGEST)
        self._path.chmod(0o600)

    async def close(self) -> None:
        """Stop listening."""
        if self._server is not None:
            self._server.close()
        self._path.unlink(missing_ok=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            try:
                line = await asyncio.wait_for(reader.readline(), 5)
                answer = self._answer(line)
            except (ValueError, TimeoutError) as error:
                answer = {"refused": f"not understood: {type(error).__name__}"}
            writer.write(json.dumps(answer).encode() + b"\n")
            await writer.drain()
        writer.close()

    def _answer(self, line: bytes) -> dict[str, Any]:
        asked = json.loads(line)
        key = asked.get("key") if isinstance(asked, dict) else None
        if not isinstance(key, str) or not hmac.compare_digest(key.encode(), self._key.encode()):
            return {"refused": "the key is not right"}
        if "service" in asked:
            service, count = asked["service"], asked.get("workers")
            if service not in SERVICES or type(count) is not int or not 1 <= count <= MOST:
                return {"refused": f"service must be one of ours, workers 1 to {MOST}"}
            if not self._keep(f"{service}-worker", count):
                return {"refused": "not running yet"}
        return {"wanted": {service: self._wanted().get(f"{service}-worker", 0) for service in SERVICES}, "most": MOST}
