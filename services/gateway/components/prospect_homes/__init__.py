"""A home on a card as prospects see it, with the three answers below it."""

from __future__ import annotations

from pathlib import Path

from services.gateway.web.feature import Component

COMPONENT = Component(Path(__file__).parent, bundles={"portal.css": "*.css", "portal.js": "js/*.js"})
