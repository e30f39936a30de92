"""The page of an invitation: choose a password."""

from __future__ import annotations

from pathlib import Path

from services.gateway.pages.welcome import routes
from services.gateway.web.feature import Feature

FEATURE = Feature(
    Path(__file__).parent,
    (routes.blp,),
)
