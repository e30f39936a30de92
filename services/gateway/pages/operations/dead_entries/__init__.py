"""Pages of the events that could not be handled."""

from __future__ import annotations

from pathlib import Path

from services.gateway.pages.operations.dead_entries import routes
from services.gateway.web.feature import Feature

FEATURE = Feature(Path(__file__).parent, (routes.blp,), prefixes=("dead",))
