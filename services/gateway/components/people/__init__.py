"""People: contacts by id, and their stages, consents and calls in words."""

from __future__ import annotations

from pathlib import Path

from services.gateway.components.people import words
from services.gateway.web.feature import Component

COMPONENT = Component(Path(__file__).parent, register=words.register)
