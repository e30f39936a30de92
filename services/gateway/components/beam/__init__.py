"""The beam of a match: how much each group of criteria weighs and how well it is met."""

from __future__ import annotations

from pathlib import Path

from services.gateway.components.beam import present
from services.gateway.web.feature import Component

COMPONENT = Component(Path(__file__).parent, register=present.register)
