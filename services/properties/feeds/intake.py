"""Receives imports: checks file and mapping before a worker gets them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from services.properties import codes
from services.properties.feeds import looking, mapping, table
from services.properties.handlers import Deps
from shared.errors import Conflict, Invalid, NotFound


@dataclass(frozen=True)
class ImportRequest:
    """A request for an import: a file or the id of an uploaded one, and a mapping by its name or as TOML."""

    file_name: str
    content: bytes | None
    file_id: str | None
    mapping_name: str | None
    mapping_text: bytes | None
    dry_run: bool
    by: str


def inspect_file(deps: Deps, agency_id: str, file_name: str, content: bytes) -> dict[str, Any]:
    """Store a file for a day and return its columns, so that a person can map them."""
    return deps.files.of(agency_id).keep({"file_name": file_name, **looking.look(content)}, content)


def run_after_dry_run(deps: Deps, agency_id: str, import_id: str, by: str) -> dict[str, Any]:
    """Import the file of a finished dry run with the same mapping."""
    tried = deps.imports.of(agency_id).document(import_id)
    if not tried["dry_run"] or tried["state"] != "finished" or not tried.get("file_id"):
        raise Conflict(codes.NOTHING_TRIED())
    about = {name: tried[name] for name in ("file_name", "file_id", "mapping_name", "mapping")}
    return _begin(deps, agency_id, about | {"dry_run": False, "by": by}, _kept(deps, agency_id, tried["file_id"]))


def begin_import(deps: Deps, agency_id: str, request: ImportRequest) -> dict[str, Any]:
    """Store a file for a worker; raises Invalid, and stores nothing, when the file or the mapping is wrong."""
    if (request.content is None) == (request.file_id is None):
        raise Invalid("No file was given.", {"file": [codes.FILE_OR_ITS_ID()]})
    about: dict[str, Any] = {
        "file_name": request.file_name,
        "file_id": request.file_id,
        "mapping_name": request.mapping_name or "own",
        "mapping": _mapping_text(request),
        "dry_run": request.dry_run,
        "by": request.by,
    }
    if request.file_id is not None:
        about["file_name"] = _known(deps, agency_id, request.file_id)["file_name"]
    content = _kept(deps, agency_id, request.file_id) if request.content is None else request.content
    return _begin(deps, agency_id, about, content)


def _begin(deps: Deps, agency_id: str, about: dict[str, Any], content: bytes) -> dict[str, Any]:
    total = table.check(content, mapping.read(about["mapping"]))
    return deps.imports.of(agency_id).begin(about | {"rows_total": total}, content)


def _known(deps: Deps, agency_id: str, file_id: str) -> dict[str, Any]:
    try:
        return deps.files.of(agency_id).document(file_id)
    except NotFound:
        raise Invalid("No file was given.", {"file_id": [codes.FILE_IS_GONE()]}) from None


def _kept(deps: Deps, agency_id: str, file_id: str | None) -> bytes:
    return deps.files.of(agency_id).content(str(_known(deps, agency_id, str(file_id))["_id"]))


def _mapping_text(request: ImportRequest) -> str:
    if (request.mapping_name is None) == (request.mapping_text is None):
        raise Invalid("No mapping was given.", {"mapping": [codes.MAPPING_OR_ITS_NAME()]})
    if request.mapping_text is None:
        return mapping.shipped(str(request.mapping_name))
    try:
        return request.mapping_text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid("The mapping is not UTF-8.", {"mapping": [codes.MAPPING_NOT_UTF8(byte=error.start)]}) from None
