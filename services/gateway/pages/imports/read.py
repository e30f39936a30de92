"""What the pages of an import are made of."""

from __future__ import annotations

from dataclasses import dataclass

from services.gateway.upstream.properties import ImportJob, ImportMapping, ImportRow, ImportRowPage, UploadedFile
from services.gateway.web.clients import clients

LATEST, ROWS, REFUSED_AT_ONCE = 12, 50, 200


@dataclass(frozen=True)
class FileColumns:
    """An uploaded file and the mappings that come with Lintel."""

    file: UploadedFile
    mappings: list[ImportMapping]


@dataclass(frozen=True)
class ImportPage:
    """One import and some of its rows."""

    job: ImportJob
    rows: ImportRowPage


def latest_imports() -> list[ImportJob]:
    """The latest imports, newest first."""
    return clients().properties.imports(limit=LATEST)["items"]


def uploaded_file(file_id: str) -> UploadedFile:
    """A file that waits for its mapping."""
    return clients().properties.uploaded_file(file_id)


def file_columns(file: UploadedFile) -> FileColumns:
    """The file with the mappings that there are."""
    return FileColumns(file, clients().properties.import_mappings())


def import_page(import_id: str, verdict: str, cursor: str | None) -> ImportPage:
    """An import with its rows of one verdict, or of all."""
    properties = clients().properties
    job = properties.import_job(import_id)
    return ImportPage(job, properties.import_rows(import_id, verdict=verdict, limit=ROWS, cursor=cursor))


def refused_rows(import_id: str) -> list[ImportRow]:
    """All rows that were refused."""
    properties, rows, cursor = clients().properties, list[ImportRow](), None
    while True:
        page = properties.import_rows(import_id, verdict="refused", limit=REFUSED_AT_ONCE, cursor=cursor)
        rows += page["items"]
        if (cursor := page["next_cursor"]) is None:
            return rows
