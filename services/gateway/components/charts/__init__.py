"""Charts drawn on the server: prices over time, demand at each price, shares."""

from __future__ import annotations

from pathlib import Path

from services.gateway.web.feature import Component

COMPONENT = Component(Path(__file__).parent)
