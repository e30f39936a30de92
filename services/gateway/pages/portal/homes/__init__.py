"""A prospect's homes, and one home in full."""

from __future__ import annotations

from pathlib import Path

from services.gateway.pages.portal.homes import home, routes
from services.gateway.web.feature import Feature

FEATURE = Feature(
    Path(__file__).parent,
    (home.blp, routes.blp),
    bundles={"portal.css": "*.css", "portal.js": "*.js"},
    prefixes=("me",),
)
