"""Every kind of bad input against one write endpoint: each must be refused by name and change nothing.

`refuses_bad_input(room, "POST", "/v1/listings", a_valid_body)` tries them all; the valid body itself is never sent.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bson import json_util

from shared.codes import CODES, INVALID
from shared.running.processes import PROCESSES
from tests.integration.rooms import Room

OPERATOR = {"$ne": None}
TWO_MEGABYTES = 2 * 1024 * 1024
PROBLEM = "application/problem+json"


@dataclass(frozen=True)
class Bad:
    """One bad request: what is sent, the status it deserves, the field that the answer must name."""

    kind: str
    body: bytes
    status: int = 422
    names: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def refuses_bad_input(
    room: Room,
    method: str,
    path: str,
    valid: Mapping[str, Any],
    *,
    headers: Mapping[str, str] | None = None,
    role: str = "agent",
    wrong_role: str = "prospect",
    agency: str = "agency-a",
    out_of_range: Mapping[str, Any] | None = None,
) -> None:
    """Try everything on one endpoint.

    `valid` should state as many fields as can be; `headers` go with each request (If-Match);
    `out_of_range` adds values that are too large, small or long, by field.
    """
    mine = room.issuer.headers(role, agency) | dict(headers or {})
    bad = [*bodies(valid), *ranges(valid, out_of_range or {}), *strangers(room, valid, wrong_role, agency)]
    if has_id(path):
        bad.append(Bad("another agency's id", dump(valid), 404, headers=room.issuer.headers(role, "agency-of-others")))
    before = contents(room)
    for one in bad:
        send(room, method, path, mine, one)
    assert contents(room) == before, f"bad input to {method} {path} changed something"


def bodies(valid: Mapping[str, Any]) -> Iterator[Bad]:
    """Bodies that are broken or of the wrong shape."""
    yield Bad("unknown field", dump({**valid, "surprise": 1}), names="surprise")
    yield Bad("operator as a field", dump({**valid, "$where": "1"}), names="$where")
    yield Bad("not JSON", b"{nope", 400)
    yield Bad("broken UTF-8", dump(valid)[:-1] + b', "city": "C\xe1diz"}', 400)
    yield Bad("a list instead of an object", b"[]")
    yield Bad("a text instead of an object", b'"hello"')
    yield Bad("nested too deeply", b'{"surprise": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", 400)
    yield Bad("2 MB", b'{"surprise": "' + b"x" * TWO_MEGABYTES + b'"}', 413)
    for name in valid:
        yield Bad(f"operator object in {name}", dump({**valid, name: OPERATOR}), names=name)
        yield Bad(f"wrong type in {name}", dump({**valid, name: [[]]}), names=name)
        yield Bad(f"NaN in {name}", dump({**valid, name: float("nan")}), names=name)
        if isinstance(valid[name], str):
            yield Bad(f"half a character in {name}", dump({**valid, name: "\ud800"}), names=name)


def ranges(valid: Mapping[str, Any], out_of_range: Mapping[str, Any]) -> Iterator[Bad]:
    """Numbers nobody means, and what the caller adds."""
    for name, value in valid.items():
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            for extreme in (1e18, -1e18, float("inf"), 10**400, "12"):
                yield Bad(f"{name} = {str(extreme)[:20]}", dump({**valid, name: extreme}), names=name)
    for name, value in out_of_range.items():
        yield Bad(f"{name} out of range", dump({**valid, name: value}), names=name)


def strangers(room: Room, valid: Mapping[str, Any], wrong_role: str, agency: str) -> Iterator[Bad]:
    """A valid body from somebody who may not send it."""
    body, issuer = dump(valid), room.issuer
    yield Bad("no token", body, 401, headers={"Authorization": ""})
    yield Bad("expired token", body, 401, headers=issuer.headers(agency_id=agency, seconds=-3600))
    yield Bad("forged token", body, 401, headers={"Authorization": issuer.headers()["Authorization"][:-8] + "AAAAAAAA"})
    yield Bad("token for somebody else", body, 401, headers=issuer.headers(agency_id=agency, aud="elsewhere"))
    yield Bad("wrong role", body, 403, headers=issuer.headers(wrong_role, "" if wrong_role == "operator" else agency))


def send(room: Room, method: str, path: str, mine: Mapping[str, str], bad: Bad) -> None:
    """Send one and look at the answer."""
    headers = {**mine, "Content-Type": "application/json", **bad.headers}
    answer = room.client.open(path, method=method, data=bad.body, headers=headers)
    told = f"{method} {path}, {bad.kind}: {answer.status_code} {answer.get_data(as_text=True)[:500]}"
    assert answer.status_code == bad.status, told
    assert answer.mimetype == PROBLEM, told
    assert answer.get_json()["status"] == bad.status, told
    assert answer.get_json()["code"], told
    if bad.names is not None:
        assert bad.names in answer.get_json().get("errors", {}), told
    for error in field_errors(answer.get_json().get("errors", {})):
        assert error["code"] in CODES, told
        assert error["code"] != INVALID.code, told
        assert error["detail"], told


def field_errors(errors: Any) -> Iterator[dict[str, Any]]:
    """Every error in an answer, however deep its field lies."""
    if isinstance(errors, list):
        yield from errors
    else:
        for inner in errors.values():
            yield from field_errors(inner)


def has_id(path: str) -> bool:
    """Whether the path names one thing: /v1/things/<id>, /v1/things/<id>/acts."""
    return len(path.strip("/").split("/")) > 2


def dump(body: Mapping[str, Any]) -> bytes:
    """JSON, and what only looks like it (NaN, Infinity)."""
    return json.dumps(body).encode()


def contents(room: Room) -> dict[str, list[str]]:
    """Everything in the service's database, to compare."""
    return {
        name: sorted(json_util.dumps(row) for row in room.db[name].find())
        for name in room.db.list_collection_names()
        if name != PROCESSES
    }
