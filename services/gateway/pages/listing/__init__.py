"""One listing: facts, people by fit, demand, price and status changes."""

from __future__ import annotations

from pathlib import Path

from services.gateway.pages.listing import acts, routes
from services.gateway.web.feature import Feature

FEATURE = Feature(
    Path(__file__).parent,
    (acts.blp, routes.blp),
    prefixes=("listings",),
)
