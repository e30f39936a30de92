"""The published language as tests see it: samples, fields, and the page that lists them.

`python -m tests.contract.published` renews fields.json and docs/events.md after a field was added.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from marshmallow import Schema, fields

from shared.contracts import CONTRACTS, Contract

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "shared" / "contracts" / "samples"
FIELDS = SAMPLES / "fields.json"
PAGE = ROOT / "docs" / "events.md"
Told = dict[str, dict[str, str]]


def sample(type_: str) -> str:
    """The text of a type's sample event."""
    return (SAMPLES / f"{type_}.json").read_text()


def snapshot() -> Told:
    """The fields that were promised."""
    found: Told = json.loads(FIELDS.read_text())
    return found


def told() -> Told:
    """What the schemas say now: for each type, each field's path with its kind, `!` where it is required."""
    return {type_: dict(paths(contract.schema)) for type_, contract in sorted(CONTRACTS.items())}


def paths(schema: Schema, above: str = "") -> Iterator[tuple[str, str]]:
    """Every field of a schema and of what is nested in it."""
    for name, field in schema.fields.items():
        path = f"{above}{name}"
        yield path, type(field).__name__ + ("!" if field.required else "")
        inner = getattr(field, "inner", None) or getattr(field, "value_field", None) or field
        if isinstance(inner, fields.Nested):
            yield from paths(inner.schema, f"{path}[]." if inner is not field else f"{path}.")


def broken(before: Told, after: Told) -> list[str]:
    """What consumers or producers of yesterday would stumble over: fields gone, changed or newly required."""
    found = [f"{type_} is gone" for type_ in before if type_ not in after]
    for type_, known in before.items():
        now = after.get(type_, known)
        found += [f"{type_}: {path} is gone" for path in known if path not in now]
        found += [f"{type_}: {path} was {kind}" for path, kind in known.items() if now.get(path, kind) != kind]
        new = [path for path, kind in now.items() if path not in known and kind.endswith("!")]
        # inside something that is new itself a field may be required
        found += [
            f"{type_}: {path} is new and required" for path in new if path.rpartition(".")[0].rstrip("[]") in known
        ]
        found += [f"{type_}: {path} is new and required" for path in new if "." not in path]
    return found


def page() -> str:
    """docs/events.md."""
    lines = ["# Events", "", INTRODUCTION, ""]
    for type_, contract in sorted(CONTRACTS.items()):
        lines += section(type_, contract)
    return "\n".join(lines).rstrip() + "\n"


def section(type_: str, contract: Contract) -> list[str]:
    """One event's part of the page."""
    lines = [f"## {type_}", "", first_sentence(contract.schema)]
    lines += ["Holds personal data: masked wherever dead entries are shown."] if contract.personal else []
    lines += ["", f"- Producer: {type_.split('.')[0]}", f"- Consumers: {', '.join(sorted(contract.consumers))}"]
    lines += [f"- Speaks of one person: {contract.contact}"] if contract.contact else []
    listed = [f"`{path}`{' (required)' if kind.endswith('!') else ''}" for path, kind in paths(contract.schema)]
    lines += [f"- Fields: {', '.join(listed) or 'none; the subject says it all'}"]
    return [*lines, f"- [Sample](../shared/contracts/samples/{type_}.json)", ""]


def first_sentence(schema: Schema) -> str:
    """What the schema says of itself."""
    return (type(schema).__doc__ or "").strip().splitlines()[0]


INTRODUCTION = """Every event is a CloudEvent 1.0 in structured JSON on the exchange `lintel.events`; its type is the
routing key. `subject` is the aggregate's id, `sequence` its version, `agencyid` the tenant. Fields are only added; a
break is a new type ending in `.v2` beside the old one. This page is made from `shared/contracts` by
`python -m tests.contract.published`, and a test keeps it so."""


def renew() -> None:
    """Write the snapshot and the page; refuses when a promise would be broken."""
    after: dict[str, Any] = told()
    if FIELDS.exists() and (faults := broken(snapshot(), after)):
        raise SystemExit("Promises would be broken:\n  " + "\n  ".join(faults))
    FIELDS.write_text(json.dumps(after, indent=1) + "\n")
    PAGE.write_text(page())


if __name__ == "__main__":
    renew()
