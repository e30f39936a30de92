"""The homes that fit a prospect's wishes, one home in full, and the prospect's answers."""

from __future__ import annotations

from pathlib import Path

from services.gateway.pages.portal.homes import answers, routes
from services.gateway.web.feature import Feature

FEATURE = Feature(
    Path(__file__).parent,
    (routes.blp, answers.blp),
    bundles={"portal.css": "*.css", "portal.js": "*.js"},
    prefixes=("me", "me/homes"),
)
