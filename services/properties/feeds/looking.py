"""The first inspection of a file: its encoding and delimiter, its columns with samples, and a mapping that fits."""

from __future__ import annotations

import csv
import io
from itertools import islice
from typing import Any

from services.properties import codes
from services.properties.feeds import mapping
from services.properties.feeds.naming import guessed
from shared.codes import FieldError
from shared.errors import Invalid

LOOKED_AT = 256 * 1024
SAMPLES, LONGEST = 3, 80
DELIMITERS = (",", ";", "\t", "|")
MOST_COLUMNS = 300


def look(content: bytes) -> dict[str, Any]:
    """The detected format of a file; Invalid when it cannot be a table. A person may correct all of it."""
    encoding, text = _decoded(content)
    delimiter = max(DELIMITERS, key=lambda mark: text.partition("\n")[0].count(mark))
    header, rows = _table(text, delimiter)
    samples = {name: _samples(rows, place) for place, name in enumerate(header)}
    decimal = "," if delimiter == ";" and _commas(samples) else "."
    columns = [{"name": name, "samples": told, "field": guessed(name)} for name, told in samples.items()]
    return {
        "encoding": encoding,
        "delimiter": delimiter,
        "decimal": decimal,
        "columns": _once(columns),
        "mapping": _fitting(set(header)),
    }


def shipped() -> list[dict[str, Any]]:
    """The mappings that come with Lintel and the columns that each reads."""
    names = sorted(path.stem for path in mapping.SHIPPED.glob("*.toml"))
    return [{"name": name, "columns": sorted(mapping.read(mapping.shipped(name)).columns)} for name in names]


def _decoded(content: bytes) -> tuple[str, str]:
    """The first rows as text; a file that is not UTF-8 is most likely from a Windows spreadsheet."""
    start = content[:LOOKED_AT]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16", start.decode("utf-16", errors="ignore")
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "windows-1252", start.decode("windows-1252", errors="replace")
    return "utf-8", start.decode("utf-8-sig", errors="ignore")


def _table(text: str, delimiter: str) -> tuple[list[str], list[list[str]]]:
    try:
        header, *rows = islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 50)
    except (csv.Error, ValueError) as error:
        raise _wrong(codes.NO_CSV(why=str(error))) from None
    names = [name.strip() for name in header]
    if len([name for name in names if name]) < 2:
        raise _wrong(codes.COLUMNS_NOT_NAMED())
    if len(names) > MOST_COLUMNS:
        raise _wrong(codes.TOO_MANY_COLUMNS(found=len(names), most=MOST_COLUMNS))
    if "\0" in text or not rows:
        raise _wrong(codes.NO_ROWS() if not rows else codes.NO_TEXT())
    return names, rows


def _samples(rows: list[list[str]], place: int) -> list[str]:
    cells = (row[place].strip()[:LONGEST] for row in rows if len(row) > place)
    return list(dict.fromkeys(cell for cell in cells if cell))[:SAMPLES]


def _commas(samples: dict[str, list[str]]) -> bool:
    cells = [cell for told in samples.values() for cell in told]
    return any("," in cell and cell.replace(",", "", 1).isdigit() for cell in cells)


def _once(columns: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same, with each field assigned to one column only."""
    seen: set[str] = set()
    for column in columns:
        column["field"] = None if column["field"] in seen else column["field"]
        seen.add(column["field"])
    return columns


def _fitting(header: set[str]) -> str | None:
    return next((one["name"] for one in shipped() if set(one["columns"]) <= header), None)


def _wrong(error: FieldError) -> Invalid:
    return Invalid("The file cannot be imported.", {"file": [error]})
