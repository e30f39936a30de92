"""Fields that find people, wishes and listings while somebody types."""

from __future__ import annotations

from pathlib import Path

from services.gateway.components.picker import routes
from services.gateway.web.feature import Component

COMPONENT = Component(Path(__file__).parent, (routes.blp,), bundles={"lintel.js": "*.js"})
