"""Roles and sign-ins of members in words, on the pages of members, clients and sign-ins."""

from __future__ import annotations

from pathlib import Path

from services.gateway.components.members import present
from services.gateway.web.feature import Component

COMPONENT = Component(Path(__file__).parent, register=present.register)
