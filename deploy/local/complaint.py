"""The one error the launcher shows: a sentence for a person, no traceback."""

from __future__ import annotations


class Complaint(SystemExit):
    """Something the person at the terminal can act on; ends the command with this sentence and exit code 1."""
