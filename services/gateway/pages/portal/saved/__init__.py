"""The homes that a prospect kept."""

from __future__ import annotations

from pathlib import Path

from services.gateway.pages.portal.saved import routes
from services.gateway.web.feature import Feature

FEATURE = Feature(Path(__file__).parent, (routes.blp,), prefixes=("me/saved",))
