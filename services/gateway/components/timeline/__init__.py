"""Sentences for a timeline: what happened, wishes, consents."""

from __future__ import annotations

from pathlib import Path

from services.gateway.components.timeline import telling
from services.gateway.web.feature import Component

COMPONENT = Component(Path(__file__).parent, register=telling.register)
