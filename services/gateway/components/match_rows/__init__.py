"""Rows of matches with their person or their listing."""

from __future__ import annotations

from pathlib import Path

from services.gateway.components.match_rows import present
from services.gateway.web.feature import Component

COMPONENT = Component(Path(__file__).parent, register=present.register)
