"""How many people a listing would fit, and how many of them would get a mail at once."""

from __future__ import annotations

from pathlib import Path

from services.gateway.web.feature import Component

COMPONENT = Component(Path(__file__).parent)
