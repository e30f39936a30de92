"""Maps: outlines, districts, pins and drawing tools."""

from __future__ import annotations

from pathlib import Path

from services.gateway.components.map import present
from services.gateway.web.feature import Component

COMPONENT = Component(
    Path(__file__).parent,
    bundles={"map.css": "*.css", "map.js": "js/*.js"},
    files={"geo": "geo"},
    register=present.register,
)
