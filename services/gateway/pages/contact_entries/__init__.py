"""What members enter about a contact: calls, notes, consents."""

from __future__ import annotations

from pathlib import Path

from services.gateway.pages.contact_entries import calls, consents, notes
from services.gateway.web.feature import Feature

FEATURE = Feature(
    Path(__file__).parent,
    (
        calls.blp,
        notes.blp,
        consents.blp,
    ),
    prefixes=("contacts",),
)
