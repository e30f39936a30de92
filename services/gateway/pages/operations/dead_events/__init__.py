"""Dead entries: events that could not be handled."""

from __future__ import annotations

from pathlib import Path

from services.gateway.pages.operations.dead_events import causes, routes
from services.gateway.web.feature import Feature

FEATURE = Feature(
    Path(__file__).parent,
    (routes.blp,),
    register=causes.register,
    prefixes=("dead",),
)
