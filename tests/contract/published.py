"""The published language as tests see it: samples, fields, and the page that lists them.

`python -m tests.contract.published` renews fields.json and docs/events.md after a field was added.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter

from shared.contracts import CONTRACTS, Contract

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "shared" / "contracts" / "samples"
FIELDS = SAMPLES / "fields.json"
PAGE = ROOT / "docs" / "events.md"
KINDS = {
    **{str: "String", Literal: "String", int: "Integer", float: "Float", bool: "Boolean"},
    **{list: "List", dict: "Dict"},
}
Told = dict[str, dict[str, str]]


def sample(type_: str) -> str:
    """The text of a type's sample event."""
    return (SAMPLES / f"{type_}.json").read_text()


def snapshot() -> Told:
    """The fields that were promised."""
    found: Told = json.loads(FIELDS.read_text())
    return found


def told() -> Told:
    """What the contracts say now: for each type, each field's path with its kind, `!` where it is required."""
    return {type_: dict(paths(contract.data)) for type_, contract in sorted(CONTRACTS.items())}


def paths(data: type, above: str = "") -> Iterator[tuple[str, str]]:
    """Every field of a class and of what is nested in it."""
    hints = get_type_hints(data)
    for field in fields(data):
        path, hint = f"{above}{field.name}", stated(hints[field.name])
        required = field.default is MISSING and field.default_factory is MISSING
        yield path, kind_of(hint) + ("!" if required else "")
        inner = get_args(hint)[-1] if get_args(hint) else hint
        if is_dataclass(inner) and isinstance(inner, type):
            yield from paths(inner, f"{path}[]." if inner is not hint else f"{path}.")


def stated(hint: Any) -> Any:
    """The type of a field without None; the two kinds of numbers count as float."""
    alternatives = [one for one in get_args(hint) if one is not NoneType] if is_union(hint) else [hint]
    return float if set(alternatives) == {int, float} else alternatives[0]


def is_union(hint: Any) -> bool:
    """Whether a hint names alternatives."""
    return get_origin(hint) in (Union, UnionType)


def kind_of(hint: Any) -> str:
    """The kind of a field, by the name under which it was promised."""
    origin = get_origin(hint) or hint
    return "Nested" if is_dataclass(origin) else KINDS[origin]


def check_contract(type_: str, data: dict[str, Any]) -> None:
    """Raises unless data keeps the contract of its type and has no field beyond it."""
    TypeAdapter(CONTRACTS[type_].data).validate_python(data, extra="forbid")


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


def section(type_: str, contract: Contract[Any]) -> list[str]:
    """One event's part of the page."""
    lines = [f"## {type_}", "", first_sentence(contract.data)]
    lines += ["Holds personal data: masked wherever dead entries are shown."] if contract.personal else []
    lines += ["", f"- Producer: {type_.split('.')[0]}", f"- Consumers: {', '.join(sorted(contract.consumers))}"]
    lines += [f"- Speaks of one person: {contract.contact}"] if contract.contact else []
    listed = [f"`{path}`{' (required)' if kind.endswith('!') else ''}" for path, kind in paths(contract.data)]
    lines += [f"- Fields: {', '.join(listed) or 'none; the subject says it all'}"]
    return [*lines, f"- [Sample](../shared/contracts/samples/{type_}.json)", ""]


def first_sentence(data: type) -> str:
    """What the class of an event's data says of itself."""
    return (data.__doc__ or "").strip().splitlines()[0]


INTRODUCTION = """Every event is a CloudEvent 1.0 in structured JSON on the exchange `lintel.events`; its type is the
routing key. `subject` is the aggregate's id, `sequence` its version, `agencyid` the tenant. Fields are only ever added;
a breaking change is a new type ending in `.v2` beside the old one. This page is generated from `shared/contracts` by
`python -m tests.contract.published`, and a test checks that it is up to date."""


def renew() -> None:
    """Write the snapshot and the page; refuses when a promise would be broken."""
    after: dict[str, Any] = told()
    if FIELDS.exists() and (faults := broken(snapshot(), after)):
        raise SystemExit("Promises would be broken:\n  " + "\n  ".join(faults))
    FIELDS.write_text(json.dumps(after, indent=1) + "\n")
    PAGE.write_text(page())


if __name__ == "__main__":
    renew()
