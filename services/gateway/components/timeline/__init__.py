"""A person's timeline: its lines in words, and how they are drawn."""

from __future__ import annotations

from pathlib import Path

from services.gateway.web.feature import Component

COMPONENT = Component(Path(__file__).parent)
