"""The four steps of an import: what they show, and their words."""

from __future__ import annotations

import csv
import io

import pytest
import time_machine
from flask import Flask
from syrupy.assertion import SnapshotAssertion

from services.gateway.pages.imports import present
from services.gateway.pages.imports.forms import MappingForm
from services.gateway.pages.imports.present import ImportView
from services.gateway.pages.imports.read import FileColumns, ImportPage
from services.gateway.pages.imports.refused_rows import as_csv
from services.gateway.upstream.properties import ImportJob
from tests.builders import an_import_job, an_import_row, an_uploaded_file
from tests.unit.gateway.rendering import a_request, block, page, words_of

MAPPING = {"name": "king_county", "columns": ["id", "price"]}
FAULT = {"code": "cell_not_a_number", "detail": "“x” is not a number.", "cell": "x", "column": "Price"}
REFUSED = an_import_row(row=3, verdict="refused", listing_id=None, errors={"list_price": [FAULT]})
REFUSED["cells"] = {"Ref": "=X-2", "Price": "-12.5", "Note": "-x"}


def a_view(job: ImportJob | None = None, next_cursor: str | None = None) -> ImportView:
    rows = {"items": [an_import_row(), REFUSED], "next_cursor": next_cursor}
    return present.import_view(ImportPage(job or an_import_job(), rows), "")  # type: ignore[arg-type]


def a_preview(**changes: object) -> ImportJob:
    return an_import_job(dry_run=True, file_id="file-1", **changes)


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((1, 0, 0, 1), "1 new home, 0 changed, 0 unchanged, 1 row refused"),
        ((2, 1, 3, 0), "2 new homes, 1 changed, 3 unchanged, 0 rows refused"),
        ((1200, 0, 0, 0), "1,200 new homes, 0 changed, 0 unchanged, 0 rows refused"),
    ],
)
def test_one_home_is_no_plural(counts: tuple[int, int, int, int], words: str) -> None:
    created, updated, unchanged, refused = counts
    told = {"created": created, "updated": updated, "unchanged": unchanged, "refused": refused}
    assert present.counts_in_words(told) == words  # type: ignore[arg-type]


@pytest.mark.usefixtures("in_english")
def test_rows_can_be_imported_only_while_the_file_is_kept() -> None:
    assert a_view(a_preview()).importable == 3
    assert a_view(an_import_job(dry_run=True, file_id=None)).importable == 0


@pytest.mark.usefixtures("in_english")
def test_tabs_count_each_result_and_further_rows_keep_the_result() -> None:
    view = a_view(next_cursor="after")
    assert [(tab.name, tab.count) for tab in view.tabs] == [
        *[("", 4), ("created", 2), ("updated", 1), ("unchanged", 0), ("refused", 1)]
    ]
    assert view.next_path == "/imports/import-1?verdict=&cursor=after"


@pytest.mark.usefixtures("in_english")
def test_a_shipped_mapping_that_reads_the_file_is_chosen_first() -> None:
    columns = [{"name": name, "samples": [], "field": None} for name in ("id", "price", "more")]
    file = an_uploaded_file(columns=columns, mapping="king_county")
    shown = present.columns_page(FileColumns(file, [MAPPING, {"name": "other", "columns": ["x"]}]), MappingForm({}))  # type: ignore[list-item]
    assert (shown.shipped, shown.how) == (("king_county",), "shipped:king_county")
    assert present.columns_page(FileColumns(file, []), MappingForm({})).how == "page"


@pytest.mark.usefixtures("in_english")
def test_cells_that_a_spreadsheet_would_calculate_stay_texts() -> None:
    header, row = csv.reader(io.StringIO(as_csv([REFUSED]).removeprefix("\ufeff")))
    assert header == ["Row", "Ref", "Price", "Note", "What is wrong"]
    assert row == ["3", "'=X-2", "-12.5", "'-x", "Column Price: “x” is not a number."]


def test_only_an_import_that_runs_asks_again_by_itself(pages: Flask) -> None:
    with a_request(pages):
        running = block("imports/show.html", "job", view=a_view(an_import_job(state="open")), errors={})
        finished = block("imports/show.html", "job", view=a_view(), errors={})
    assert 'hx-get="/imports/import-1?verdict="' in running
    assert 'hx-trigger="load delay' not in finished


@pytest.mark.parametrize("language", ["en", "sl"])
@time_machine.travel("2026-03-22T12:00:00+00:00", tick=False)
def test_the_words_of_the_four_steps(pages: Flask, language: str, snapshot: SnapshotAssertion) -> None:
    file = an_uploaded_file()
    with a_request(pages, language):
        jobs = [
            an_import_job(),
            a_preview(),
            an_import_job(state="failed", failure={"code": "import_stopped", "detail": "", "times": 5, "row": 7}),
            a_preview(state="open"),
        ]
        steps = [
            page("imports/index.html", errors={}, jobs=jobs),
            page("imports/columns.html", page=present.columns_page(FileColumns(file, []), MappingForm({}))),
            *(page("imports/show.html", view=a_view(job), errors={}) for job in jobs),
        ]
        assert "\n\n".join(map(words_of, steps)) == snapshot
