"""Events that a service could not handle: the list and one entry, on the services page and on pages of their own."""

from __future__ import annotations

from pathlib import Path

from services.gateway.components.dead_entries import present
from services.gateway.web.feature import Component

COMPONENT = Component(Path(__file__).parent, register=present.register)
