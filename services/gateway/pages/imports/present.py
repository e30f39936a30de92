"""What the pages of an import show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from flask import Flask

from services.gateway.pages.imports import forms
from services.gateway.pages.imports.forms import SHIPPED, MappingForm
from services.gateway.pages.imports.read import FileColumns, ImportPage
from services.gateway.pages.imports.row_errors import error_sentence, row_sentences
from services.gateway.upstream.properties import ImportCounts, ImportJob, ImportRow, UploadedFile
from services.gateway.web.formats import number
from services.gateway.web.language import gettext as _
from services.gateway.web.language import language, ngettext
from services.gateway.web.tabs import Tab
from services.gateway.web.vocabulary import feature_name, kinds_of_home
from shared.vocabulary.imports import IMPORT_STATES, IMPORT_VERDICTS, PREVIEW_VERDICTS
from shared.vocabulary.listings import LISTING_FIELDS
from shared.vocabulary.wording import label, word

VERDICTS = IMPORT_VERDICTS.codes
COLOURS = {"created": "pass", "updated": "accent", "refused": "fail"}
Options = list[tuple[str, str]]


@dataclass(frozen=True)
class Choices:
    """What the form of the columns offers."""

    fields: Options
    encodings: Options
    delimiters: Options
    dates: Options
    kinds: Options


@dataclass(frozen=True)
class ColumnsPage:
    """The second step: a file, what its columns may be, and the shipped mappings that read it."""

    file: UploadedFile
    form: MappingForm
    shipped: tuple[str, ...]
    choices: Choices

    @property
    def how(self) -> str:
        """The way to read the file that is chosen, or that fits it best."""
        if self.form.how or not self.shipped:
            return self.form.how or "page"
        return SHIPPED + (self.file["mapping"] or self.shipped[0])


@dataclass(frozen=True)
class ImportView:
    """The third and fourth step: how far an import is, and the result of each row of one verdict."""

    job: ImportJob
    verdict: str
    tabs: tuple[Tab, ...]
    rows: tuple[ImportRow, ...]
    next_path: str | None = None

    @property
    def path(self) -> str:
        """The address of the import."""
        return import_path(self.job["id"])

    @property
    def is_preview(self) -> bool:
        """Whether nothing is written yet."""
        return self.job["dry_run"]

    @property
    def is_finished(self) -> bool:
        """Whether every row has its result."""
        return self.job["state"] == "finished"

    @property
    def importable(self) -> int:
        """How many rows would be imported after this preview; 0 where the file is not kept any more."""
        counts = self.job["counts"]
        return counts["created"] + counts["updated"] if self.job.get("file_id") else 0

    @property
    def summary(self) -> str:
        """How many rows had each result."""
        return counts_in_words(self.job["counts"])


def import_path(import_id: str) -> str:
    """The address of an import."""
    return f"/imports/{quote(import_id, safe='')}"


def file_path(file_id: str) -> str:
    """The address of an uploaded file's columns."""
    return f"/imports/files/{quote(file_id, safe='')}"


def columns_page(found: FileColumns, form: MappingForm) -> ColumnsPage:
    """The second step for a file."""
    names = {column["name"] for column in found.file["columns"]}
    shipped = tuple(each["name"] for each in found.mappings if {*each["columns"]} <= names)
    return ColumnsPage(found.file, form, shipped, choices())


def choices() -> Choices:
    """What the form of the columns offers, in the reader's language."""
    fields = [(name, label(LISTING_FIELDS, name, language())) for name in forms.FIELDS]
    features = [(f"feature:{word}", _("Has: %(thing)s") % {"thing": feature_name(word)}) for word in forms.FEATURES]
    return Choices(
        fields=[("", _("Do not import")), *fields, *features],
        encodings=[(name, name) for name in forms.ENCODINGS],
        delimiters=[(",", _("Comma")), (";", _("Semicolon")), ("\t", _("Tab")), ("|", _("Vertical bar"))],
        dates=[(form, form.replace("%Y", "2026").replace("%m", "11").replace("%d", "24")) for form in forms.DATES],
        kinds=[("", _("As in the file, or not stated")), *kinds_of_home()],
    )


def import_view(page: ImportPage, verdict: str) -> ImportView:
    """The import as its page shows it."""
    path, cursor = import_path(page.job["id"]), page.rows["next_cursor"]
    following = f"{path}?{urlencode({'verdict': verdict, 'cursor': cursor})}" if cursor else None
    return ImportView(page.job, verdict, tuple(_tabs(page.job)), tuple(page.rows["items"]), following)


def counts_in_words(counts: ImportCounts) -> str:
    """How many rows had each result, as one list."""
    parts = (
        (counts["created"], ngettext("%(n)s new home", "%(n)s new homes", counts["created"])),
        (counts["updated"], ngettext("%(n)s changed", "%(n)s changed", counts["updated"])),
        (counts["unchanged"], ngettext("%(n)s unchanged", "%(n)s unchanged", counts["unchanged"])),
        (counts["refused"], ngettext("%(n)s row refused", "%(n)s rows refused", counts["refused"])),
    )
    return ", ".join(text % {"n": number(count)} for count, text in parts)


def verdict_name(verdict: str, *, is_preview: bool) -> str:
    """What happened to a row, or would happen."""
    return label(PREVIEW_VERDICTS if is_preview else IMPORT_VERDICTS, verdict, language())


def state_name(job: ImportJob) -> str:
    """How far an import is: running, failed, a preview, or imported."""
    if job["state"] != "finished":
        return word(IMPORT_STATES, job["state"], language())
    return _("preview") if job["dry_run"] else _("imported")


def state_colour(job: ImportJob) -> str:
    """The colour of that."""
    if job["state"] == "finished":
        return "" if job["dry_run"] else "pass"
    return {"failed": "fail", "open": "near"}[job["state"]]


def verdict_colour(verdict: str) -> str:
    """The colour of a row's result."""
    return COLOURS.get(verdict, "")


def register(app: Flask) -> None:
    """Give the templates the words of imports."""
    app.jinja_env.filters.update(import_state=state_name, import_colour=state_colour)
    app.jinja_env.filters.update(row_sentences=row_sentences, error_sentence=error_sentence)
    app.jinja_env.filters.update(verdict_name=verdict_name, verdict_colour=verdict_colour)


def _tabs(job: ImportJob) -> Iterable[Tab]:
    path, counts = import_path(job["id"]), job["counts"]
    by_verdict = {
        "created": counts["created"],
        "updated": counts["updated"],
        "unchanged": counts["unchanged"],
        "refused": counts["refused"],
    }
    yield Tab("", _("All"), f"{path}?verdict=", sum(by_verdict.values()))
    for verdict, count in by_verdict.items():
        text = verdict_name(verdict, is_preview=job["dry_run"])
        yield Tab(verdict, text, f"{path}?verdict={verdict}", count)
