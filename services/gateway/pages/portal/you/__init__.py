"""A prospect's own settings: alerts, language, consents, data."""

from __future__ import annotations

from pathlib import Path

from services.gateway.pages.portal.you import data, routes
from services.gateway.web.feature import Feature

FEATURE = Feature(
    Path(__file__).parent,
    (routes.blp, data.blp),
    bundles={"portal.css": "*.css"},
    prefixes=("me/you",),
)
