"""Imports over HTTP: hand a file in, see how far it is and what became of each row."""

from __future__ import annotations

from typing import Any

from werkzeug.datastructures import FileStorage

from services.properties.api.listings import who
from services.properties.feeds.intake import Handed, take_in
from services.properties.schemas import ImportFiles, ImportForm, ImportOut, ImportParts, RowQuery, RowVerdict
from shared.auth import STAFF, policy
from shared.paging import Page
from shared.schemas import PageQuery, page_of
from shared.web import Blueprint, agency_id, deps, takes, writes

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
    """Hand a file in; a worker takes its rows in, one agency's imports one after another."""
    own = files.get("mapping")
    handed = Handed(
        file_name=(files["file"].filename or "file")[-200:],
        content=_read(files["file"]),
        mapping_name=form.get("mapping"),
        mapping_text=_read(own) if own else None,
        dry_run=form["dry_run"],
        by=who(),
    )
    job = take_in(deps(), agency_id(), handed)
    return job, {"Location": f"/v1/imports/{job['_id']}"}


@blp.route("")
@policy(*STAFF)
@blp.arguments(PageQuery, location="query")
@blp.response(200, page_of(ImportOut))
def list_imports(query: dict[str, Any]) -> Page:
    """List imports, newest first; reports are kept for 90 days."""
    page: Page = deps().imports.of(agency_id()).page({}, **query)
    return page


@blp.route("/<import_id>")
@policy(*STAFF)
@blp.response(200, ImportOut)
def show_import(import_id: str) -> Any:
    """Show how far an import is and what came of it."""
    return deps().imports.of(agency_id()).document(import_id)


@blp.route("/<import_id>/rows")
@policy(*STAFF)
@blp.arguments(RowQuery, location="query")
@blp.response(200, page_of(RowVerdict))
def list_rows(query: dict[str, Any], import_id: str) -> Page:
    """List the verdicts of rows, in the order of the file."""
    verdict = query.pop("verdict", None)
    page: Page = deps().imports.of(agency_id()).verdicts(import_id, verdict, **query)
    return page


def _read(file: FileStorage) -> bytes:
    file.stream.seek(0)  # the view may run again
    content: bytes = file.stream.read()
    return content
