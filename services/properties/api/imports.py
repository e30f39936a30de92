"""Imports over HTTP: upload a file, follow its progress, read the result of each row."""

from __future__ import annotations

from typing import Any

from werkzeug.datastructures import FileStorage

from services.properties.api.deps import deps
from services.properties.api.listings import who
from services.properties.api.uploads import HandedFile, ImportFiles, ImportForm, ImportParts
from services.properties.feeds.intake import ImportRequest, begin_import, inspect_file, run_after_dry_run
from services.properties.feeds.looking import shipped
from services.properties.schemas import (
    FileOut,
    ImportOut,
    Mappings,
    RowQuery,
    RowVerdict,
)
from shared.http.auth import policy
from shared.http.claims import STAFF
from shared.http.schemas import Nothing, PageQuery, page_of
from shared.http.web import Blueprint, agency_id, takes, writes
from shared.storage.paging import Page

FILE_LIMIT = 20 * 1024 * 1024
blp = Blueprint("imports", __name__, url_prefix="/v1/imports", description="Listings from CSV files.")


@blp.route("", methods=["POST"])
@policy(*STAFF)
@takes(FILE_LIMIT)
@writes
@blp.arguments(ImportFiles, location="files")
@blp.ARGUMENTS_PARSER.use_args(ImportForm, location="form")
@blp.doc(requestBody={"content": {"multipart/form-data": {"schema": ImportParts}}})
@blp.response(202, ImportOut)
def start_import(files: dict[str, FileStorage], form: dict[str, Any]) -> Any:
    """Start an import; a worker imports the rows, one import after another for each agency."""
    own, file = files.get("mapping"), files.get("file")
    order = ImportRequest(
        file_name=_name(file),
        content=_read(file) if file else None,
        file_id=form.get("file_id"),
        mapping_name=form.get("mapping"),
        mapping_text=_read(own) if own else None,
        dry_run=form["dry_run"],
        by=who(),
    )
    job = begin_import(deps(), agency_id(), order)
    return job, {"Location": f"/v1/imports/{job['_id']}"}


@blp.route("")
@policy(*STAFF)
@blp.arguments(PageQuery, location="query")
@blp.response(200, page_of(ImportOut))
def list_imports(query: dict[str, Any]) -> Page:
    """List imports, newest first; reports are kept for 90 days."""
    page: Page = deps().imports.of(agency_id()).page({}, **query)
    return page


@blp.route("/mappings")
@policy(*STAFF)
@blp.response(200, Mappings)
def list_mappings() -> Any:
    """List the mappings that come with Lintel."""
    return {"items": shipped()}


@blp.route("/files", methods=["POST"])
@policy(*STAFF)
@takes(FILE_LIMIT)
@writes
@blp.arguments(HandedFile, location="files")
@blp.doc(requestBody={"content": {"multipart/form-data": {"schema": HandedFile}}})
@blp.response(201, FileOut)
def upload_file(files: dict[str, FileStorage]) -> Any:
    """Upload a file; returns its columns with sample cells, its encoding and delimiter."""
    kept = inspect_file(deps(), agency_id(), _name(files["file"]), _read(files["file"]))
    return kept, {"Location": f"/v1/imports/files/{kept['_id']}"}


@blp.route("/files/<file_id>")
@policy(*STAFF)
@blp.response(200, FileOut)
def show_file(file_id: str) -> Any:
    """Show the columns of a file that was uploaded within the last day."""
    return deps().files.of(agency_id()).document(file_id)


@blp.route("/<import_id>/runs", methods=["POST"])
@policy(*STAFF)
@writes
@blp.arguments(Nothing, required=False)
@blp.response(202, ImportOut)
def run_import(_nothing: dict[str, Any], import_id: str) -> Any:
    """Import the file of a finished dry run."""
    job = run_after_dry_run(deps(), agency_id(), import_id, who())
    return job, {"Location": f"/v1/imports/{job['_id']}"}


@blp.route("/<import_id>")
@policy(*STAFF)
@blp.response(200, ImportOut)
def show_import(import_id: str) -> Any:
    """Show the progress and the results of an import."""
    return deps().imports.of(agency_id()).document(import_id)


@blp.route("/<import_id>/rows")
@policy(*STAFF)
@blp.arguments(RowQuery, location="query")
@blp.response(200, page_of(RowVerdict))
def list_rows(query: dict[str, Any], import_id: str) -> Page:
    """List the results of rows, in the order of the file."""
    verdict = query.pop("verdict", None)
    page: Page = deps().imports.of(agency_id()).verdicts(import_id, verdict, **query)
    return page


def _name(file: FileStorage | None) -> str:
    return ((file.filename if file else None) or "file")[-200:]


def _read(file: FileStorage) -> bytes:
    file.stream.seek(0)  # the view may run again
    content: bytes = file.stream.read()
    return content
