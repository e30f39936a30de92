"""The one error the launcher shows: a sentence for a person, no traceback."""

from __future__ import annotations


class Complaint(SystemExit):
    """A problem that the person at the terminal can solve; ends the command with this sentence and exit code 1."""
