"""The door of imports: looks file and mapping over before a worker sees them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from services.properties.feeds import mapping, table
from services.properties.handlers import Deps
from shared.errors import Invalid


@dataclass(frozen=True)
class Handed:
    """What somebody handed in; the mapping by name or as a file of their own."""

    file_name: str
    content: bytes
    mapping_name: str | None
    mapping_text: bytes | None
    dry_run: bool
    by: str


def take_in(deps: Deps, agency_id: str, handed: Handed) -> dict[str, Any]:
    """Keep a good file for a worker; Invalid names what is wrong with file or mapping, and nothing is kept."""
    text = _mapping_text(handed)
    about = {
        "file_name": handed.file_name,
        "mapping_name": handed.mapping_name or "own",
        "mapping": text,
        "dry_run": handed.dry_run,
        "by": handed.by,
        "rows_total": table.check(handed.content, mapping.read(text)),
    }
    return deps.imports.of(agency_id).begin(about, handed.content)


def _mapping_text(handed: Handed) -> str:
    if (handed.mapping_name is None) == (handed.mapping_text is None):
        sentence = "Send it as a file, or name a shipped one: one of the two."
        raise Invalid("How are the columns to be read?", {"mapping": [sentence]})
    if handed.mapping_text is None:
        return mapping.shipped(str(handed.mapping_name))
    try:
        return handed.mapping_text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid("The mapping is not UTF-8.", {"mapping": [f"Not UTF-8 at byte {error.start}."]}) from None
