"""Search over people, homes, wishes and pages."""

from __future__ import annotations

from pathlib import Path

from services.gateway.pages.search import routes
from services.gateway.web.feature import Feature

FEATURE = Feature(Path(__file__).parent, (routes.blp,))
