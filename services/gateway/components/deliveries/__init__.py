"""Deliveries in words."""

from __future__ import annotations

from pathlib import Path

from services.gateway.components.deliveries import present
from services.gateway.web.feature import Component

COMPONENT = Component(Path(__file__).parent, register=present.register)
