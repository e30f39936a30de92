"""The address of a listing's page."""

from __future__ import annotations

from urllib.parse import quote


def listing_path(listing_id: str) -> str:
    """Where the page of a listing is."""
    return f"/listings/{quote(listing_id, safe='')}"
