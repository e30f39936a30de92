"""The last two steps of an import: the preview of each row, and the import itself."""

from __future__ import annotations

from flask import Response, make_response, redirect, request

from services.gateway.pages.imports import present, read
from services.gateway.pages.imports.refused_rows import as_csv
from services.gateway.web import respond
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.clients import clients
from services.gateway.web.forms.page_form import FormErrors, submit
from services.gateway.web.session import session_policy
from shared.http.claims import STAFF

blp = new_blueprint("imports", guarded=True)


@blp.get("/imports/<import_id>")
@session_policy(*STAFF)
def show(import_id: str) -> Response:
    """How far it is, and the result of each row."""
    return _page(import_id, FormErrors())


@blp.post("/imports/<import_id>/run")
@session_policy(*STAFF)
def run(import_id: str) -> Response:
    """Import what was tried."""
    key = request.form.get("once", "")
    job, errors = submit(lambda: clients().properties.import_after_dry_run(import_id, idempotency_key=key))
    if job is None:
        return _page(import_id, errors, 422)
    return make_response(redirect(present.import_path(job["id"]), 303))


@blp.get("/imports/<import_id>/refused.csv")
@session_policy(*STAFF)
def download_refused(import_id: str) -> Response:
    """The refused rows with what is wrong in them, to correct and upload again."""
    answer = make_response(as_csv(read.refused_rows(import_id)))
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    answer.headers["Content-Disposition"] = 'attachment; filename="refused.csv"'
    return answer


def _page(import_id: str, errors: FormErrors, status: int = 200) -> Response:
    verdict = request.args.get("verdict", "")
    verdict = verdict if verdict in present.VERDICTS else ""
    page = read.import_page(import_id, verdict, request.args.get("cursor"))
    view = present.import_view(page, verdict)
    return respond.page("imports/show.html", "job", status=status, view=view, errors=errors)
