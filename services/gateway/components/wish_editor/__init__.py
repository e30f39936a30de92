"""The wishes editor, for members and for prospects."""

from __future__ import annotations

from pathlib import Path

from services.gateway.web.feature import Component

COMPONENT = Component(Path(__file__).parent, bundles={"wishes.css": "*.css", "wishes.js": "js/*.js"})
