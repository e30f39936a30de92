"""Rows of matches with their person and what may be sent."""

from __future__ import annotations

from pathlib import Path

from services.gateway.components.match_rows import rows
from services.gateway.web.feature import Component

COMPONENT = Component(Path(__file__).parent, register=rows.register)
