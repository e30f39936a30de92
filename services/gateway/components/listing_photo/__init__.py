"""The picture that stands for a listing."""

from __future__ import annotations

from pathlib import Path

from services.gateway.components.listing_photo import present
from services.gateway.web.feature import Component

COMPONENT = Component(Path(__file__).parent, register=present.register)
