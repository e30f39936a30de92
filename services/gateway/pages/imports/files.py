"""The first two steps of an import: the file, and what its columns are."""

from __future__ import annotations

from flask import Response, make_response, redirect, request

from services.gateway.pages.imports import present, read
from services.gateway.pages.imports.forms import MappingForm
from services.gateway.web import respond
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.clients import clients
from services.gateway.web.forms.page_form import FormErrors, submit
from services.gateway.web.language import gettext as _
from services.gateway.web.session import session_policy
from shared.http.claims import STAFF
from shared.http.web import takes

blp = new_blueprint("import_files", guarded=True)
FILE_LIMIT = 21 * 1024 * 1024


@blp.get("/imports")
@session_policy(*STAFF)
def index() -> Response:
    """Step 1: choose a file; below it the imports so far."""
    return _first_step(FormErrors())


@blp.post("/imports")
@session_policy(*STAFF)
@takes(FILE_LIMIT)
def upload() -> Response:
    """Keep the file for a day and go on to its columns."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return _first_step(FormErrors({"file": _("Choose a file.")}), 422)
    name, content = file.filename, file.read()
    kept, errors = submit(lambda: clients().properties.upload_file(name, content))
    if kept is None:
        return _first_step(errors, 422)
    return make_response(redirect(present.file_path(kept["id"]), 303))


@blp.get("/imports/files/<file_id>")
@session_policy(*STAFF)
def columns(file_id: str) -> Response:
    """Step 2: what the columns are."""
    return _second_step(read.file_columns(read.uploaded_file(file_id)), MappingForm({}))


@blp.post("/imports/files/<file_id>")
@session_policy(*STAFF)
@takes(FILE_LIMIT)
def preview(file_id: str) -> Response:
    """Try every row without importing any."""
    file = read.uploaded_file(file_id)
    form = MappingForm.from_form(request.form, file)
    mapping = _mapping(form)
    if mapping is None:
        errors = form.errors or FormErrors({"mapping_file": _("Choose a mapping file.")})
        return _second_step(read.file_columns(file), form.refused(errors), 422)
    key = request.form.get("once", "")
    job, errors = submit(
        lambda: clients().properties.start_import(file_id, mapping=mapping, dry_run=True, idempotency_key=key)
    )
    if job is None:
        return _second_step(read.file_columns(file), form.refused(errors), 422)
    return make_response(redirect(present.import_path(job["id"]), 303))


def _first_step(errors: FormErrors, status: int = 200) -> Response:
    return respond.page("imports/index.html", status=status, errors=errors, jobs=read.latest_imports())


def _second_step(found: read.FileColumns, form: MappingForm, status: int = 200) -> Response:
    return respond.page("imports/columns.html", status=status, page=present.columns_page(found, form))


def _mapping(form: MappingForm) -> str | bytes | None:
    """The name of a shipped mapping, or a mapping in TOML: a file of the agency's own or what was chosen."""
    if form.shipped:
        return form.shipped
    if form.how == "file":
        own = request.files.get("mapping_file")
        return own.read() if own and own.filename else None
    return form.mapping.toml().encode() if form.mapping else None
