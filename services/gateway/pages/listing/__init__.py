"""One listing: facts, people by fit, demand, price and status changes."""

from __future__ import annotations

from pathlib import Path

from services.gateway.pages.listing import answers, details, price_changes, routes, status_changes
from services.gateway.web.feature import Feature

FEATURE = Feature(
    Path(__file__).parent,
    (details.blp, routes.blp, answers.blp, price_changes.blp, status_changes.blp),
    prefixes=("listings",),
)
