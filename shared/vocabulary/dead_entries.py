"""Dead entries: why an event could not be handled."""

from __future__ import annotations

from shared.vocabulary.subject import Subject

# By the name of the error that the inbox wrote down.
DEAD_ENTRY_CAUSES = Subject(
    "cause of a dead entry",
    {
        "_Died": "the process ended each time it handled this.",
        "NotYetKnown": "it refers to something that has not arrived.",
        "NotFound": "it refers to something that does not exist.",
        "Conflict": "it contradicts what is stored.",
        "Invalid": "it breaks a rule.",
        "DuplicateKeyError": "it already exists, and there may be only one.",
        "WriteError": "the database refused to write it.",
        "BulkWriteError": "the database refused to write it.",
        "not_json": "the message cannot be read: it is not JSON.",
        "broken_contract": "the event lacks a field of its contract, or a field has a wrong value.",
        "foreign_type": "this service does not handle events of this type.",
        "Malformed": "the message is not one of our events.",
        "unforeseen": "the program hit an unexpected error.",
    },
    nothing="no cause was recorded.",
)
