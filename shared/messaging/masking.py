"""Masks a message that could not be handled: its subject is shown, personal values are not."""

from __future__ import annotations

import json
from typing import Any

ENVELOPE = frozenset({"specversion", "id", "source", "type", "time", "agencyid", "sequence", "datacontenttype"})
DEEPEST = 4
LONGEST = 64


def outline(body: str) -> Any:
    """The shape of a message: its envelope unchanged, other values by type and size."""
    try:
        wire = json.loads(body)
    except (ValueError, RecursionError):
        return f"{len(body)} characters that are not JSON"
    if not isinstance(wire, dict):
        return shape(wire)
    return {
        name[:LONGEST]: value if name in ENVELOPE and _is_short(value) else shape(value) for name, value in wire.items()
    }


def shape(value: Any, depth: int = 0) -> Any:
    """The type of a value; fields of objects by name, since names come from the program and values from people."""
    if isinstance(value, dict):
        if depth >= DEEPEST:
            return f"an object of {len(value)} fields"
        return {name[:LONGEST]: shape(inner, depth + 1) for name, inner in value.items()}
    if isinstance(value, list):
        return f"a list of {len(value)}"
    if isinstance(value, str):
        return f"text of {len(value)}"
    return {bool: "yes or no", type(None): "nothing"}.get(type(value), "a number")


def _is_short(value: Any) -> bool:
    return value is None or isinstance(value, (int, float)) or (isinstance(value, str) and len(value) <= LONGEST)
