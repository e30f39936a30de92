"""A prospect's alerts, language, agreements and data."""

from __future__ import annotations

from pathlib import Path

from services.gateway.pages.portal.you import routes
from services.gateway.web.feature import Feature

FEATURE = Feature(
    Path(__file__).parent,
    (routes.blp,),
    bundles={"portal.css": "*.css"},
    prefixes=("me/you", "me/erasure"),
)
