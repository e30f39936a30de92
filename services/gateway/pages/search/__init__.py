"""Search over people, listings, wishes and pages."""

from __future__ import annotations

from pathlib import Path

from services.gateway.web.feature import Feature

FEATURE = Feature(
    Path(__file__).parent,
)
