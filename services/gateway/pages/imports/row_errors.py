"""What is wrong with the rows of a file, in the reader's language."""

from __future__ import annotations

from services.gateway.upstream.field_fault import FieldFault
from services.gateway.upstream.properties import ImportRow
from services.gateway.web.forms.wording import sentence_of
from services.gateway.web.language import gettext as _


def row_sentences(row: ImportRow) -> list[str]:
    """A sentence for each error of a row."""
    return [error_sentence(error) for errors in (row.get("errors") or {}).values() for error in errors]


def error_sentence(error: FieldFault | None) -> str:
    """One error as a sentence, behind the name of its column where it has one; no error has no words."""
    if not error:
        return ""
    if column := error.get("column"):
        return _("Column %(column)s: %(sentence)s") % {"column": column, "sentence": sentence_of(error)}
    return sentence_of(error)
