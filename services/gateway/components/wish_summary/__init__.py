"""Wishes in one line, and whether they are in force."""

from __future__ import annotations

from pathlib import Path

from services.gateway.components.wish_summary import present
from services.gateway.web.feature import Component

COMPONENT = Component(Path(__file__).parent, register=present.register)
