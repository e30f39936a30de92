"""How people may be reached about homes: one call for all people of a page, and how it is drawn."""

from __future__ import annotations

from pathlib import Path

from services.gateway.web.feature import Component

COMPONENT = Component(Path(__file__).parent)
