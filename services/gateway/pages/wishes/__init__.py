"""The wishes of a person, written down and changed by a member."""

from __future__ import annotations

from pathlib import Path

from services.gateway.pages.wishes import routes
from services.gateway.web.feature import Feature

FEATURE = Feature(Path(__file__).parent, (routes.blp,), prefixes=("wishes", "contacts/<contact_id>/wishes"))
