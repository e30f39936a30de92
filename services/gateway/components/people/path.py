"""The address of a contact's page."""

from __future__ import annotations

from urllib.parse import quote


def contact_path(contact_id: str) -> str:
    """Where the page of a contact is."""
    return f"/contacts/{quote(contact_id, safe='')}"
