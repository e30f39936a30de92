"""Importing listings in four steps: the file, its columns, what would become of each row, taking it in."""

from __future__ import annotations

import csv
import io
from typing import Any
from urllib.parse import quote

from flask import Response, make_response, redirect, request

from services.gateway.pages.imports.mapping_form import Wrong, choices, mapping_typed
from services.gateway.web.answers import Row
from services.gateway.web.blueprint import is_partial, new_blueprint
from services.gateway.web.sessions import session_policy
from services.gateway.web.view import Faults, asking, show, trying
from services.gateway.web.words import gettext as _
from shared.http.claims import STAFF
from shared.http.web import takes

blp = new_blueprint("imports", guarded=True)
FILE_LIMIT = 21 * 1024 * 1024
SHOWN, MOST_REFUSED = 50, 200
VERDICTS = ("created", "updated", "unchanged", "refused")


@blp.get("/imports")
@session_policy(*STAFF)
def show_imports() -> Response:
    """Step 1: choose a file; below it what was taken in before."""
    return _first_step(Faults())


@blp.post("/imports")
@session_policy(*STAFF)
@takes(FILE_LIMIT)
def hand_in() -> Any:
    """Keep the file for a day and go on to its columns."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return _first_step(Faults({"file": _("Choose a file.")}), 422)
    parts = {"file": (file.filename, file.read())}
    kept, faults = trying(lambda: asking().hand_in("properties", "imports", "files", parts=parts))
    if kept is None:
        return _first_step(faults, 422)
    return redirect(f"/imports/files/{quote(kept['id'], safe='')}", 303)


@blp.get("/imports/files/<file_id>")
@session_policy(*STAFF)
def show_file(file_id: str) -> Response:
    """Step 2: what the columns are."""
    return _second_step(file_id, {}, Faults())


@blp.post("/imports/files/<file_id>")
@session_policy(*STAFF)
@takes(FILE_LIMIT)
def try_file(file_id: str) -> Any:
    """Judge every row without taking any in."""
    typed, file = request.form.to_dict(), asking().get("properties", "imports", "files", file_id)
    try:
        mapping = _mapping(typed, file)
    except Wrong as wrong:
        return _second_step(file_id, typed, wrong.faults, 422)
    parts = {"file_id": (None, file_id), "dry_run": (None, "true"), "mapping": mapping}
    job, faults = trying(lambda: asking().hand_in("properties", "imports", parts=parts, once=typed.get("once", "")))
    if job is None:
        return _second_step(file_id, typed, faults, 422)
    return redirect(f"/imports/{quote(job['id'], safe='')}", 303)


@blp.get("/imports/<import_id>")
@session_policy(*STAFF)
def show_import(import_id: str) -> Any:
    """Steps 3 and 4: how far it is, and what becomes of each row."""
    return _import(import_id, Faults())


@blp.post("/imports/<import_id>/run")
@session_policy(*STAFF)
def run_import(import_id: str) -> Any:
    """Take in what was tried."""
    once = request.form.get("once", "")
    job, faults = trying(lambda: asking().post("properties", "imports", import_id, "runs", once=once))
    if job is None:
        return _import(import_id, faults, 422)
    return redirect(f"/imports/{quote(job['id'], safe='')}", 303)


@blp.get("/imports/<import_id>/refused.csv")
@session_policy(*STAFF)
def download_refused(import_id: str) -> Response:
    """The refused rows with what is wrong in them, to correct and hand in again."""
    ask, cursor = asking(), None
    rows: list[Row] = []
    while True:
        page = _rows(ask, import_id, "refused", cursor, MOST_REFUSED)
        rows += page["items"]
        if (cursor := page["next_cursor"]) is None:
            break
    answer = make_response(_csv(rows))
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    answer.headers["Content-Disposition"] = 'attachment; filename="refused.csv"'
    return answer


def _first_step(faults: Faults, status: int = 200) -> Response:
    page = asking().get("properties", "imports", limit=12)
    return show("imports/index.html", status=status, faults=faults, jobs=page["items"])


def _second_step(file_id: str, typed: Row, faults: Faults, status: int = 200) -> Response:
    ask = asking()
    found = ask.get("properties", "imports", "files", file_id)
    shipped = ask.get("properties", "imports", "mappings")["items"]
    fitting = [each["name"] for each in shipped if {*each["columns"]} <= {one["name"] for one in found["columns"]}]
    told: Row = {"file": found, "typed": typed, "faults": faults, "fitting": fitting, "choices": choices()}
    return show("imports/columns.html", status=status, **told)


def _mapping(typed: Row, file: Row) -> tuple[str | None, Any]:
    """How the file is read: by a shipped mapping, a file of the agency's own, or as chosen on the page."""
    how, own = typed.get("how", ""), request.files.get("mapping_file")
    if how.startswith("shipped:"):
        return None, how.removeprefix("shipped:")
    if how == "file":
        if own is None or not own.filename:
            raise Wrong(Faults({"mapping_file": _("Choose a mapping file.")}))
        return own.filename, own.read()
    return "page.toml", mapping_typed(typed, file).encode()


def _import(import_id: str, faults: Faults, status: int = 200) -> Any:
    ask, verdict = asking(), request.args.get("verdict", "")
    verdict = verdict if verdict in VERDICTS else ""
    job = ask.get("properties", "imports", import_id)
    page = _rows(ask, import_id, verdict, request.args.get("cursor"), SHOWN)
    path = f"/imports/{quote(import_id, safe='')}"
    told: Row = {"job": job, "rows": page["items"], "verdict": verdict, "path": path, "faults": faults}
    told["more"] = f"{path}?verdict={verdict}&cursor={page['next_cursor']}" if page["next_cursor"] else None
    told["tabs_"] = _tabs(path, job)
    if is_partial() and request.args.get("progress"):
        return show("imports/show.html", "imports/_progress.html", status=status, **told)
    return show("imports/show.html", "imports/_import.html", status=status, **told)


def _rows(ask: Any, import_id: str, verdict: str, cursor: str | None, limit: int) -> Row:
    found: Row = ask.get("properties", "imports", import_id, "rows", verdict=verdict, cursor=cursor, limit=limit)
    return found


def _tabs(path: str, job: Row) -> list[Row]:
    dry, counts = job["dry_run"], job["counts"]
    texts = {
        "": _("All"),
        "created": _("Would be new") if dry else _("New"),
        "updated": _("Would change") if dry else _("Changed"),
        "unchanged": _("Unchanged"),
        "refused": _("Refused"),
    }
    counted = {**counts, "": sum(counts.values())}
    return [
        {"name": name, "text": text, "count": counted[name], "path": f"{path}?verdict={name}"}
        for name, text in texts.items()
    ]


def _csv(rows: list[Row]) -> str:
    """Rows as a spreadsheet reads them; a cell that a spreadsheet would calculate is kept a text."""
    columns = list(dict.fromkeys(name for row in rows for name in row.get("cells") or {}))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_("Row"), *columns, _("What is wrong")])
    for row in rows:
        cells = row.get("cells") or {}
        wrong = " ".join(sentence for told in row["errors"].values() for sentence in told)
        writer.writerow([row["row"], *(_harmless(cells.get(name, "")) for name in columns), _harmless(wrong)])
    return "\ufeff" + out.getvalue()


def _harmless(cell: str) -> str:
    is_number = cell.lstrip("+-").replace(".", "", 1).replace(",", "").isdigit()
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") and not is_number else cell
