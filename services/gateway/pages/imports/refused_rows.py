"""The refused rows of an import as a file for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from services.gateway.pages.imports.row_errors import row_sentences
from services.gateway.upstream.properties import ImportRow
from services.gateway.web.language import gettext as _

# What a spreadsheet takes for the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(rows: Sequence[ImportRow]) -> str:
    """The rows with their cells and what is wrong in them; a cell that would be calculated is kept a text."""
    columns = list(dict.fromkeys(name for row in rows for name in row.get("cells") or {}))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_("Row"), *columns, _("What is wrong")])
    for row in rows:
        cells, wrong = row.get("cells") or {}, " ".join(row_sentences(row))
        writer.writerow([row["row"], *(_as_text(cells.get(name, "")) for name in columns), _as_text(wrong)])
    return "\ufeff" + out.getvalue()


def _as_text(cell: str) -> str:
    is_number = cell.lstrip("+-").replace(".", "", 1).replace(",", "").isdigit()
    return f"'{cell}" if cell.startswith(FORMULA) and not is_number else cell
