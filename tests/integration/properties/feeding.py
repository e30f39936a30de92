"""Imports in tests: hand a file in over HTTP, run a worker's turns, read the report."""

from __future__ import annotations

import io
from typing import Any

from services.properties.feeds.importer import Importer
from shared.running.context import new_id
from tests.integration.rooms import Room


def hand_in(
    room: Room, content: bytes, mapping: str | bytes = "king_county", agency: str = "agency-a", **form: Any
) -> Any:
    """POST a file; the answer's body, which must be a 202."""
    answer = offer(room, content, mapping, agency, **form)
    assert answer.status_code == 202, answer.json
    return answer.json


def offer(
    room: Room, content: bytes, mapping: str | bytes = "king_county", agency: str = "agency-a", **form: Any
) -> Any:
    """POST a file; the answer."""
    data = {"file": (io.BytesIO(content), "homes.csv"), **form}
    data["mapping"] = mapping if isinstance(mapping, str) else (io.BytesIO(mapping), "own.toml")
    return room.call("POST", "/v1/imports", agency=agency, data=data, content_type="multipart/form-data")


def run(room: Room, job: dict[str, Any], agency: str = "agency-a", **options: Any) -> dict[str, Any]:
    """Take turns until nothing waits; the import as it is then."""
    importer = an_importer(room, **options)
    while importer.turn():
        pass
    found: dict[str, Any] = room.call("GET", f"/v1/imports/{job['id']}", agency=agency).json
    return found


def an_importer(room: Room, **options: Any) -> Importer:
    """The importer of another worker."""
    return Importer(room.client.application.extensions["lintel"]["deps"], new_id(), **options)


def report(
    room: Room, job: dict[str, Any], verdict: str | None = None, agency: str = "agency-a"
) -> list[dict[str, Any]]:
    """Every row's verdict, in the order of the file."""
    rows: list[dict[str, Any]] = []
    query: dict[str, Any] = {"limit": 200} | ({"verdict": verdict} if verdict else {})
    while True:
        page = room.call("GET", f"/v1/imports/{job['id']}/rows", agency=agency, query_string=query).json
        rows += page["items"]
        if page["next_cursor"] is None:
            return rows
        query["cursor"] = page["next_cursor"]


def inspect_file(room: Room, content: bytes, agency: str = "agency-a") -> Any:
    """POST a file to be looked at; the answer."""
    data = {"file": (io.BytesIO(content), "homes.csv")}
    return room.call("POST", "/v1/imports/files", agency=agency, data=data, content_type="multipart/form-data")
