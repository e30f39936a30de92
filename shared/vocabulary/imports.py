"""Imports of listings: what happened to a row, and how far a run is."""

from __future__ import annotations

from shared.vocabulary.subject import Subject

IMPORT_VERDICTS = Subject(
    "result of an imported row",
    {"created": "new", "updated": "changed", "unchanged": "unchanged", "refused": "refused"},
)
# The same codes in a preview, before anything is written.
PREVIEW_VERDICTS = Subject(
    "expected result of an imported row",
    {"created": "would be new", "updated": "would change", "unchanged": "unchanged", "refused": "refused"},
)
IMPORT_STATES = Subject("state of an import", {"open": "running", "finished": "finished", "failed": "failed"})
