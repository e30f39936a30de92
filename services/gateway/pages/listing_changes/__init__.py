"""Another price or status of a listing: the dialogs, and what a price would do."""

from __future__ import annotations

from pathlib import Path

from services.gateway.pages.listing_changes import price_changes, status_changes
from services.gateway.web.feature import Feature

FEATURE = Feature(
    Path(__file__).parent,
    (
        price_changes.blp,
        status_changes.blp,
    ),
    prefixes=("listings",),
)
