"""A file's bytes as rows; a row that cannot be read has a fault and does not stop the next ones."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from services.properties import codes
from services.properties.feeds.mapping import FeedMapping
from shared.codes import FieldError
from shared.errors import Invalid

MOST_BROKEN = 1000  # more broken rows than this mean another delimiter or no CSV at all


@dataclass(frozen=True)
class Row:
    """One row by its number (the header is row 1, as in spreadsheets); `fault` is the reason why it cannot be read."""

    number: int
    cells: Mapping[str, str]
    fault: FieldError | None = None


def decode(content: bytes, mapping: FeedMapping) -> str:
    """The text of a file; Invalid names the place where its encoding is broken."""
    encoding = str(mapping.file["encoding"])
    try:
        return content.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise _wrong(codes.WRONG_ENCODING(line=line, encoding=encoding, byte=error.start)) from None


def check(content: bytes, mapping: FeedMapping) -> int:
    """Refuse a file that cannot be imported; returns its number of rows."""
    text = decode(content, mapping)
    header = _header(text, mapping)
    if missing := sorted(mapping.columns - set(header)):
        raise _wrong(codes.COLUMNS_MISSING(columns=missing))
    if twice := sorted({name for name in header if header.count(name) > 1} & mapping.columns):
        raise _wrong(codes.COLUMNS_TWICE(columns=twice))
    total = broken = 0
    for row in table_rows(text, mapping):
        total, broken = total + 1, broken + bool(row.fault)
        if broken > MOST_BROKEN:
            raise _wrong(codes.TOO_MANY_BROKEN(most=MOST_BROKEN, row=row.number))
    if not total:
        raise _wrong(codes.NO_ROWS())
    return total


def table_rows(text: str, mapping: FeedMapping) -> Iterator[Row]:
    """Every row below the header, with the mapping's columns only; blank rows count but are left out."""
    header = _header(text, mapping)
    wanted = {name: place for place, name in enumerate(header) if name in mapping.columns}
    records = _records(text, mapping)
    next(records)
    for number, (cells, fault) in enumerate(records, 2):
        if not fault and len(cells) != len(header) and cells:
            fault = codes.CELLS_DIFFER(cells=len(cells), columns=len(header))
        if fault:
            yield Row(number, {}, fault)
        elif any(cells):
            yield Row(number, {name: cells[place].strip() for name, place in wanted.items()})


def _header(text: str, mapping: FeedMapping) -> list[str]:
    cells, fault = next(_records(text, mapping), ([], None))
    if fault or not cells:
        raise _wrong(codes.NO_HEADER(why=str(fault)) if fault else codes.COLUMNS_NOT_NAMED())
    return [cell.strip() for cell in cells]


def _records(text: str, mapping: FeedMapping) -> Iterator[tuple[list[str], FieldError | None]]:
    """Records, each with its fault or None; after a broken record the next line is read as a new one."""
    lines = io.StringIO(text, newline="")
    # Any: the arguments of the csv module
    options: dict[str, Any] = {"delimiter": mapping.file["delimiter"], "strict": True}
    while True:
        reader, start = csv.reader(lines, **options), lines.tell()
        try:
            for cells in reader:
                yield cells, None
                start = lines.tell()
            return
        except csv.Error as error:
            lines.seek(start)
            lines.readline()
            yield [], codes.NO_CSV(why=str(error))


def _wrong(error: FieldError) -> Invalid:
    return Invalid("The file cannot be imported.", {"file": [error]})
