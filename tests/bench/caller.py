"""An HTTP client on one connection that stays open, light enough to measure servers with."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit


class Caller:
    """One connection; for one thread."""

    def __init__(self, url: str, headers: Mapping[str, str] | None = None) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
        self._headers = {"Content-Type": "application/json", **(headers or {})}

    def __enter__(self) -> Caller:
        self._connection.connect()
        return self

    def __exit__(self, *_error: object) -> None:
        self._connection.close()

    def get(self, path: str) -> bytes:
        """The body of a GET that must succeed."""
        return self._call("GET", path, None, 200)

    def post(self, path: str, body: Mapping[str, Any]) -> bytes:
        """The body of a POST that must create something."""
        return self._call("POST", path, json.dumps(body).encode(), 201)

    def _call(self, method: str, path: str, body: bytes | None, wanted: int) -> bytes:
        self._connection.request(method, path, body, self._headers)
        answer = self._connection.getresponse()
        said = answer.read()
        if answer.status != wanted:
            raise RuntimeError(f"{method} {path}: {answer.status} {said[:300].decode(errors='replace')}")
        return said
