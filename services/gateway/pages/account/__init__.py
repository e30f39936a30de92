"""The account of the signed-in member."""

from __future__ import annotations

from pathlib import Path

from services.gateway.pages.account import routes
from services.gateway.web.feature import Feature

FEATURE = Feature(Path(__file__).parent, (routes.blp,))
